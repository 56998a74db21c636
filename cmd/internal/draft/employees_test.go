package draft_test

import (
	"fmt"
	"testing"
)

// TestServants: doctors, whom visits name beside their patients, and whom no
// name calls customers, are the company's own; people with a job who name a firm
// of another table are not. Subscribers without the id of a customer have one of
// their own.
func TestServants(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"clinic/pacjenci.csv": "id_pacjenta,imie,nazwisko,telefon,email\n" + rows(1, 60, "#,Ewa,Lipska,+48 600 100 1#,ewa#@example.org"),
		"clinic/lekarze.csv":  "id_lekarza,imie,nazwisko,specjalizacja\n" + rows(1, 9, "#,Adam,Borek,kardiolog"),
		"clinic/wizyty.csv":   "id_wizyty,id_pacjenta,id_lekarza,termin,status\n" + rows(1, 9, "10#,#,#,2026-01-0# 10:00:00,zrealizowana\n20#,1#,#,2026-02-0# 10:00:00,zrealizowana\n30#,2#,#,2026-03-0# 10:00:00,zrealizowana"),
		"books/societe.csv":   "rowid,nom,address,town,code_client\n" + rows(1, 40, "#,Bergman # Ltd,Ring #,Graz,CU#"),
		"books/people.csv":    "rowid,fk_societe,lastname,firstname,job\n" + rows(1, 40, "#,#,Bergman,Ada,Buyer"),
		"news/subscriber.csv": "subscriber_id,store_id,customer_id,subscriber_email\n" + rows(100, 140, "#,1,0,ada#@example.org"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string][]string{
		"clinic_lekarze":  {"entity, value: employee}", "- name: id_lekarza\n        primaryKey: true"},
		"clinic_wizyty":   {"- name: id_lekarza\n        customProperties:\n          - {property: field, value: employee_id}"},
		"books_people":    {"entity, value: customer}", "{property: field, value: account_id}"},
		"news_subscriber": {"- name: subscriber_id\n        primaryKey: true\n        primaryKeyPosition: 1\n        customProperties:\n          - {property: field, value: customer_id}"},
	} {
		holds(t, text(t, dir, "contracts/"+file+".yaml"), want)
	}
}

// TestShortReferences: in one database a column that is called by the beginning
// of another table's name holds its keys, however short they are.
func TestShortReferences(t *testing.T) {
	t.Parallel()
	statements := []string{
		"create table x_entreprise (rowid integer primary key, firmenname text, ort text)",
		"create table x_commande (rowid integer primary key, ref text, fk_entr integer, date_commande text, total_ht numeric)",
	}
	for i := 1; i <= 40; i++ {
		statements = append(statements,
			fmt.Sprintf("insert into x_entreprise values (%d, 'Bergman %d GmbH', 'Graz')", i, i),
			fmt.Sprintf("insert into x_commande values (%d, 'CO%04d', %d, '2026-01-%02d', %d.50)", 100+i, i, i%30+1, i%28+1, i))
	}
	dir, _ := fromSQLite(t, "books", statements)
	holds(t, text(t, dir, "contracts/books_x_commande.yaml"), []string{
		"- name: rowid\n        primaryKey: true\n        primaryKeyPosition: 1\n        customProperties:\n          - {property: field, value: order_id}",
		"- name: fk_entr\n        customProperties:\n          - {property: field, value: customer_id}",
	})
}

// TestAppointments: what may be called leads or visits is visits where each row
// names a patient and a time of day, and no column tells stages of a pursuit.
func TestAppointments(t *testing.T) {
	t.Parallel()
	_, r, err := drops(t, map[string]string{
		"clinic/pacientes.csv": "cod_paciente;nome_completo;telemovel;email\n" + rows(10, 60, "#;Rui Costa;+351 912 345 6#;a#@mail.example"),
		"clinic/consultas.csv": "cod_consulta;cod_paciente;data_hora;tratamento;valor;estado\n" + rows(10, 60, "1#;#;05/01/2026 10:00;Limpeza;40,00;realizada\n2#;#;25/01/2026 11:00;Limpeza;60,00;cancelada"),
		"sales/consultas.csv":  "cod_consulta;cod_cliente;data_hora;valor;estado\n" + rows(10, 60, "1#;#;05/01/2026 10:00;40,00;Proposta\n2#;#;25/01/2026 11:00;60,00;Perdida"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Feeds {
		if want := map[string]string{"clinic_consultas": "activity", "sales_consultas": "lead"}[f.Name]; want != "" && f.Entities[0] != want {
			t.Errorf("%s is %v, want %s", f.Name, f.Entities, want)
		}
	}
}
