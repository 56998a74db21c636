package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestStageColumns: lists of sales people tell how far each row came in a column
// for each stage, with days or ticks below, or in one of stage words that no
// entity is called by.
func TestStageColumns(t *testing.T) {
	t.Parallel()
	made := func(head string, row func(i int) string) string {
		var b strings.Builder
		b.WriteString(head + "\n")
		for i := range 60 {
			b.WriteString(row(i) + "\n")
		}
		return b.String()
	}
	if1 := func(is bool, word string) string {
		if is {
			return word
		}
		return ""
	}
	for _, c := range []struct {
		name, file, text string
		want             []string
	}{
		{
			"days", "liste.csv", made("Nr.;Name;Vorname;Telefon;Erstkontakt;Probefahrt am;Angebot am;Angebotssumme;Kaufvertrag am", func(i int) string {
				day := func(is bool, month int) string { return if1(is, fmt.Sprintf("%02d.%02d.2026", 1+i%28, month)) }
				return fmt.Sprintf("%d;Berg%c;Ada;0171 55%05d;%s;%s;%s;%s;%s", i+1, 'a'+i%26, i*37, day(true, 1), day(i%3 > 0, 2), day(i%4 == 0, 3), if1(i%4 == 0, "12.500,00"), day(i%8 == 0, 4))
			}),
			[]string{"{property: entity, value: lead}", "name: stage_prospect", "name: stage_presentation", "name: stage_proposal", "name: stage_won"},
		},
		{
			"days and nothing else", "liste.csv", made("\"Na\"\"me: {x}\",E-Mail,Meeting 'date',Offer # sent: on,\"Won]\non\"", func(i int) string {
				day := func(is bool, month int) string { return if1(is, fmt.Sprintf("2026-%02d-%02d", month, 1+i%28)) }
				return fmt.Sprintf("Ada Berg%c,a%d@mail.example,%s,%s,%s", 'a'+i%26, i, day(i%2 > 0, 1), day(i%4 == 1, 2), day(i%8 == 1, 3))
			}),
			[]string{"{property: field, value: email}", "name: stage_appointment", "name: stage_proposal", "name: stage_won"},
		},
		{
			"days of one group", "seguimiento.csv", made("Nombre;Apellidos;Correo;Precio;Fechas Visita;Fechas Oferta;Fechas Firma;Fechas Primer contacto", func(i int) string {
				day := func(is bool, month int) string { return if1(is, fmt.Sprintf("%02d/%02d/2026", 1+i%28, month)) }
				return fmt.Sprintf("Lucía;Berg%c;lucia%d@correo.example;%d;%s;%s;%s;%s", 'a'+i%26, i, 90000+i, day(i%3 > 0, 2), day(i%4 == 0, 3), day(i%8 == 0, 4), day(true, 1))
			}),
			[]string{"- name: Fechas Primer contacto\n        logicalType: timestamp\n        customProperties:\n          - {property: field, value: created_at}", "name: stage_won", "name: stage_proposal"},
		},
		{
			"days and reasons", "enquiries.csv", made("Enquiry date,First name,Surname,Email,Survey date,Quote sent,Quote (£),Deposit paid,Lost reason", func(i int) string {
				day := func(is bool, month int) string { return if1(is, fmt.Sprintf("%02d/%02d/2026", 1+i%28, month)) }
				return fmt.Sprintf("%s,Ada,Berg%c,ada%d@post.example,%s,%s,%s,%s,%s", day(true, 1), 'a'+i%26, i, day(i%3 > 0, 2), day(i%4 == 0, 3), if1(i%4 == 0, fmt.Sprintf("\"£1,%03d\"", 2+i)), day(i%8 == 0, 4), if1(i%4 == 1, "Too dear"))
			}),
			[]string{
				"name: stage_appointment", "name: stage_proposal", "name: stage_won", "amounts of GBP have two decimals, not three: the mark parts thousands\n", "decimal: \".\"",
				"- name: status\n        customProperties:\n          - {property: field, value: status}\n          - {property: aliases, value: [Lost reason]}\n          - {property: words, value: {\"*\": lost}}",
			},
		},
		{
			"ticks and reasons", "prospects.csv", made("First Name,Last Name,Phone,Date,Called,Quoted,Bound,Lost reason", func(i int) string {
				return fmt.Sprintf("Ada,Berg%c,(312) 555-%04d,02/%02d/2026,%s,%s,%s,%s", 'a'+i%26, 1000+i, 1+i%28, if1(i%4 > 0, "x"), if1(i%2 > 0, "x"), if1(i%6 == 1, "x"), if1(i%6 == 3, "price"))
			}),
			[]string{"- {property: field, value: last_stage}\n          - {property: aliases, value: [Bound]}\n          - {property: else, value: [{column: Quoted, words: {x: proposal}}, {column: Called, words: {x: prospect}}]}\n          - {property: words, value: {x: proposal}}",
				"{property: else, value: [{column: Lost reason, words: {\"*\": lost}}, {column: Quoted, words: {x: proposal}}, {column: Called, words: {x: prospect}}]}"},
		},
		{
			"reasons before ticks", "prospects.csv", made("First Name,Last Name,Phone,Date,Called,Demo,Quoted,Lost reason", func(i int) string {
				return fmt.Sprintf("Ada,Berg%c,(312) 555-%04d,02/%02d/2026,%s,%s,%s,%s", 'a'+i%26, 1000+i, 1+i%28, if1(i%4 > 0, "x"), if1(i%3 > 0, "x"), if1(i%2 > 0, "x"), if1(i%6 == 3, "price"))
			}),
			[]string{"- {property: aliases, value: [Lost reason]}\n          - {property: else, value: [{column: Quoted, words: {x: proposal}}, {column: Demo, words: {x: presentation}}, {column: Called, words: {x: prospect}}]}\n          - {property: words, value: {\"*\": lost}}"},
		},
		{
			"ticks", "prospects.csv", made("First Name,Last Name,Phone,Date,Called,Quoted,Bound,Est. Premium", func(i int) string {
				return fmt.Sprintf("Ada,Berg%c,(312) 555-%04d,02/%02d/2026,%s,%s,%s,$%d00", 'a'+i%26, 1000+i, 1+i%28, if1(i%4 > 0, "x"), if1(i%2 > 0, "x"), if1(i%6 == 1, "x"), 3+i%20)
			}),
			[]string{
				"{property: entity, value: lead}", "- name: Bound\n        customProperties:\n          - {property: field, value: status}",
				"{property: else, value: [{column: Quoted, words: {x: proposal}}, {column: Called, words: {x: prospect}}]}", "{property: words, value: {x: won}}",
				"{property: delivery, value: snapshot}", "property: partition, value: 'file'",
			},
		},
		{
			"calls", "Telefonliste.csv", made("Firma;Ansprechpartner;Telefon;1. Anruf;Ergebnis 1;2. Anruf;Ergebnis 2;Termin am;Auftrag", func(i int) string {
				day := func(is bool, month int) string { return if1(is, fmt.Sprintf("%02d.%02d.2026", 1+i%28, month)) }
				return fmt.Sprintf("Berg%c GmbH %d;Ada Berg%c;0221 47%04d;%s;%s;%s;%s;%s;%s", 'a'+i%26, i, 'a'+i%25, 1000+i, day(true, 1), []string{"nicht erreicht", "Rückruf"}[i%2], day(i%2 > 0, 2), if1(i%2 > 0, "Interesse"), day(i%4 == 1, 3), if1(i%4 == 1, []string{"ja", "nein"}[i/4%2]))
			}),
			[]string{
				"{property: entity, value: lead}", "name: stage_appointment", "name: touch_call_1", "name: touch_call_2", "{property: entity, value: activity}", "{property: constant, value: \"2. Anruf\"}",
				"- name: Ergebnis 2\n        customProperties:\n          - {property: field, value: outcome}", "{property: delivery, value: snapshot}",
			},
		},
		{
			"touches and nothing else", "Relances.csv", made("Société;Contact;Téléphone;1ère relance;2ème relance", func(i int) string {
				return fmt.Sprintf("Ateliers Berg%c %d;Ada Berg%c;01 42 33 %02d %02d;%02d/03/2026;%s", 'a'+i%26, i, 'a'+i%25, 10+i%80, 20+i%70, 1+i%28, if1(i%3 == 0, "02/04/2026"))
			}),
			[]string{"{property: entity, value: lead}", "name: touch_relance_1", "name: touch_relance_2"},
		},
		{
			"visits of numbered customers", "Clients visites.csv", made("Code client;Raison sociale;Ville;1ère visite;2ème visite", func(i int) string {
				return fmt.Sprintf("C%03d;Ateliers Berg%c %d;Lyon;%02d/03/2026;%s", i, 'a'+i%26, i, 1+i%28, if1(i%3 == 0, "02/04/2026"))
			}),
			[]string{"{property: entity, value: customer}", "name: touch_visit_1", "name: touch_visit_2"},
		},
		{
			"quotes", "Angebote 2026.csv", made("Angebots-Nr.;Version;Datum;Kunde;E-Mail;Netto;Status", func(i int) string {
				state := []string{"offen", "angenommen", "abgelehnt", "abgelaufen"}[i/2%4]
				return fmt.Sprintf("AN-%d;%d;%02d.%02d.2026;Ada Berg%c;a%d@post.example;%d,00;%s", 1000+i/2, 1+i%2, 1+i%28, 1+i%2, 'a'+i/2%26, i/2, 100+i, if1(i%2 == 0, "ersetzt")+if1(i%2 == 1, state))
			}),
			[]string{
				"- name: Angebots-Nr.\n        primaryKey: true", "logicalType: integer\n        required: true\n        customProperties:\n          - {property: field, value: none}\n          - {property: version, value: true}",
				"{property: words, value: {abgelaufen: no decision, abgelehnt: lost, angenommen: won, offen: proposal}}", "name: stage_proposal", "- name: Datum\n        logicalType: timestamp\n        primaryKey: true\n        primaryKeyPosition: 3",
			},
		},
		{
			"quotes and drafts", "quote register.csv", made("Quote No,Issued,Customer,Contact email,Net total,VAT,Status", func(i int) string {
				return fmt.Sprintf("Q-2026-%04d,%02d-Jan-2026,Castle Homes %c Ltd,info@castle%d.example,\"%d,%03d.50\",\"2,%03d.10\",%s", i+1, 1+i%28, 'A'+i%26, i, 10+i, i, i, []string{"Sent", "Accepted", "Rejected", "Draft"}[i%4])
			}),
			[]string{
				"{property: words, value: {Accepted: won, Draft: prospect, Rejected: lost, Sent: proposal}}", "{property: when, value: [{column: Issued}, {column: Status, not: [Draft]}]}",
				"- name: Issued\n        logicalType: timestamp\n        customProperties:\n          - {property: field, value: created_at}", "- name: VAT\n        logicalType: number\n        customProperties:\n          - {property: field, value: none}",
			},
		},
		{
			"answers and none yet", "seguimiento.csv", made("Fecha llamada;Cliente;Teléfono;Presupuesto;¿Aceptado?", func(i int) string {
				return fmt.Sprintf("%02d/01/2026;Lucía Berg%c;612 555 %03d;%d,50;%s", 1+i%28, 'a'+i%26, 100+i, 1900+i, []string{"Sí", "No", ""}[i%3])
			}),
			[]string{"{property: words, value: {Sí: won, \"No\": lost}}"},
		},
		{
			"answers of all", "jobs.csv", made("Lead date,Customer,Phone,Zip,Contract amount,Sold", func(i int) string {
				return fmt.Sprintf("01/%02d/2026,Ada Berg%c,(312) 555-%04d,%05d,%d.50,%s", 1+i%28, 'a'+i%26, 1000+i, 60601+i, 1900+i, []string{"Y", "N"}[i%2])
			}),
			[]string{"{property: nulls, value: [\"N\"]}\n          - {property: words, value: {\"Y\": won}}", "no column names a row"},
		},
		{
			"more than quotes", "Angebote.csv", made("Nr;Angelegt am;Kunde;E-Mail;Wert;Phase", func(i int) string {
				return fmt.Sprintf("P-%d;%02d.02.2026;Ada Berg%c;a%d@post.example;%d,00;%s", 1000+i, 1+i%28, 'a'+i%26, i, 100+i, []string{"offen", "Erstkontakt", "Termin", "Angebot", "Auftrag"}[i%5])
			}),
			[]string{"{property: entity, value: opportunity}", "{property: words, value: {Angebot: proposal, Auftrag: won, Erstkontakt: prospect, Termin: appointment, offen: suspect}}"},
		},
		{
			"appointments whose outcome is written later", "Termine 2026.csv", made("Datum;Kunde;Straße;PLZ;Ort;Telefon;Vertreter;Ergebnis", func(i int) string {
				return fmt.Sprintf("%02d.%02d.2026;Ada Berg%c;Weg %d;20095;Hamburg;0171 55%05d;A. Vogt;%s", 1+i%28, 1+i/28, 'a'+i%26, i, i, if1(i < 40, []string{"verkauft", "nicht verkauft"}[i%2]))
			}),
			[]string{"{property: entity, value: activity}", "{property: delivery, value: snapshot}", "{property: partition, value: 'file'}", "{property: field, value: outcome}", "{property: field, value: phone}"},
		},
		{
			"words", "Prospection.csv", made("Réf;Date;Société;Contact;Courriel;Étape;Montant devis HT;Commercial", func(i int) string {
				stage := []string{"1 - Prise de contact", "2 - RDV", "3 - Devis envoyé", "4 - Signé", "Perdu"}[i%5]
				return fmt.Sprintf("P%03d;%02d/03/2026;Ateliers Berg%c SARL;Ada Berg%c;ada%d@courriel.example;%s;%s;M. Petit", i, 1+i%28, 'a'+i%26, 'a'+i%26, i, stage, if1(i%5 > 1, fmt.Sprintf("%d,00", 500+i)))
			}),
			[]string{"{property: entity, value: lead}", "- name: Étape\n        required: true\n        customProperties:\n          - {property: field, value: status}", "{property: field, value: estimated_amount}"},
		},
	} {
		dir, report, err := drops(t, map[string]string{c.file: c.text})
		if err != nil {
			t.Fatal(c.name, err)
		}
		holds(t, text(t, dir, report.Feeds[0].Contract), c.want)
	}
}
