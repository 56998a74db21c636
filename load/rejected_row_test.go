//go:build duckdb_arrow

package load

import (
	"strings"
	"testing"
)

// TestEmployeeNames: a name means the employee who bears it, else the one who
// bears it without its accents; whom nobody or several bear is one person of
// its own, however spelled. SQL folds the names as Go does (dedupe.TestFoldAsSQL).
func TestEmployeeNames(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods.employee by name
select *, timestamptz '2024-01-01 00:00:00+00' as effective_at, false as is_deleted
from (values (1301, 'e1', 'Bartlomiej Lewandowski'), (1302, 'e2', 'Jörg Braun'), (1303, 'e3', 'Jorg Braun'),
    (1304, 'e4', 'Ann Same'), (1305, 'e5', 'Ann  same'), (1306, 'e6', '-')) as employee (row_id, employee_id, name)`)
	s.do(`insert into ods.lead by name
select row_number() over () as row_id, 'sales' as source_system, name as lead_id, name as employee_name, timestamptz '2024-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from (values ('Bartłomiej Lewandowski'), ('bartlomiej lewandowski'), ('JÖRG BRAUN'), ('Jorg  Braun'), ('Jòrg Braun'), ('Ann Same'),
    ('Zoë Nobody'), ('Zoe Nobody'), ('?'), ('!')) as sheet (name)`)
	s.shape(Everything)
	s.want(`select pursuit.lead_id, coalesce(employee.employee_id, employee.name) from warehouse.fact_pipeline as pursuit
inner join warehouse.dim_employee as employee using (employee_key) order by 1`,
		"!|!", "?|?", "Ann Same|Ann Same", "Bartłomiej Lewandowski|e1", "Jorg  Braun|e3", "JÖRG BRAUN|e2", "Jòrg Braun|Jòrg Braun",
		"Zoe Nobody|Zoe Nobody", "Zoë Nobody|Zoe Nobody", "bartlomiej lewandowski|e1")
	s.want("select name, folded, src.latin(name) from read_csv('../testdata/match/folded.csv') where src.latin(name) <> folded")
}

// TestRejectedRows: a sales person finds their refused rows by id or name,
// whether the row is kept by its columns or, refused for its key, by fields;
// no value leaves the quarantine.
func TestRejectedRows(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "kpi")
	s.do(`insert into warehouse.meta.feed_column by name
select * from (values
    ('leads', 'rows', 'Rep/Owner', 'lead', 'employee_name', ['Seller'], null, null, null), ('leads', 'rows', 'Worth', 'lead', 'estimated_amount', [], null, null, null),
    ('deals', 'rows', 'owner', 'opportunity', 'employee_id', [], null, null, null), ('lines', 'rows', 'sku', 'order_line', 'product_id', [], null, null, null),
    ('sellers', 'rows', 'seller', 'lead', 'employee_name', [], '$sheet', null, null), ('e1', 'rows', 'owner', 'opportunity', 'employee_id', [], null, null, 'e1'),
    ('teams', 'rows', 'seller', 'lead', 'employee_name', [], '$file', '- (.+)[.]csv$', null)
) as property (feed_name, object_name, column_name, entity, field, aliases, taken_from, taken_part, constant)`)
	s.do(`insert into warehouse.meta.feed by name select 'leads' as feed_name, 'sheets' as source_system`)
	s.do(`insert into warehouse.meta.delivery by name
select *, timestamptz '2026-01-01 00:00:00+00' as delivered_at, 'append' as mode
from (values (1, 'leads', 'a.xlsx', 'h1', 1), (2, 'deals', 'b.csv', 'h2', 2), (3, 'deals', 'b.csv', 'h3', 3)) as drop (file_key, feed_name, path, sha256, sequence)`)
	s.do(`insert into ods.quarantine.row by name
select * exclude (settled), coalesce(settled, false) as is_settled, 1 as run_id
from (values
    (1, 'leads', 'rows', 1, 'a.xlsx', 'March', 12, '{"Rep/Owner": "eve  SELLER", "Worth": "secret"}', null),
    (2, 'leads', 'rows', 1, 'a.xlsx', 'March', 13, '{"Rep/Owner": "Nobody", "Worth": "secret"}', null),
    (3, 'deals', 'rows', 3, 'b.csv', '', 4, '{"employee_id": "e2", "opportunity_id": "o"}', null),
    (4, 'deals', 'rows', 2, 'b.csv', '', 5, '{"owner": "e2"}', null),
    (5, 'deals', 'rows', 3, 'b.csv', '', 6, '{"owner": "e2"}', true),
    (6, 'lines', 'rows', 9, 'c.csv', '', 2, '{"sku": "x"}', null),
    (7, 'deals', '', 3, 'b.csv', '', 8, '{"owner', null),
    (8, 'sellers', 'rows', 4, 'c.xlsx', 'Èvé Seller', 29, '{"Worth": "secret"}', null),
    (9, 'leads', 'rows', 1, 'a.xlsx', 'March', 14, '{"Seller": "Max Closer"}', null),
    (10, 'e1', 'rows', 5, 'd.csv', '', 7, '{"Worth": "secret"}', null),
    (11, 'teams', 'rows', 6, 'in/Team - Eve Seller.csv', '', 3, '{"Worth": "secret"}', null)
) as refused (reject_id, feed, object, file_key, file, sheet, source_row, raw, settled)`)
	s.do(`insert into ods.quarantine.violation by name
select *, 'secret' as value
from (values (1, 'Worth', 'C12', 'is no number'), (1, 'Rep/Owner', 'A12', 'is too long'), (2, 'Worth', 'C13', 'is no number'),
    (3, '', '', 'the key comes twice'), (4, 'x', '', 'y'), (5, 'x', '', 'y'), (6, 'sku', '', 'is unknown'), (7, '', '', 'cannot be read'),
    (8, 'Worth', 'I29', 'is no number'), (9, '', '', 'y'), (10, '', '', 'y'), (11, '', '', 'y')
) as broken (reject_id, column_name, cell, reason)`)
	s.shape(Everything)
	s.want(`select reject_id, place, entity, columns, reason, employee.employee_id from warehouse.rejected_row
inner join warehouse.dim_employee as employee using (employee_key) order by 1`,
		"1|a.xlsx#March!A12|lead|Rep/Owner, Worth|is no number; is too long|e1",
		"2|a.xlsx#March!C13|lead|Worth|is no number|",
		"3|b.csv:4|opportunity||the key comes twice|e2",
		"6|c.csv:2|order_line|sku|is unknown|",
		"7|b.csv:8|||cannot be read|",
		"8|c.xlsx#Èvé Seller!I29|lead|Worth|is no number|e1",
		"9|a.xlsx#March!14|lead||y|e2",
		"10|d.csv:7|opportunity||y|e1",
		"11|in/Team - Eve Seller.csv:3|lead||y|e1")
	s.want(`select sales_person, team, place, problem, source_system from warehouse.sales_person_page where kind = 'refused row' order by 3`,
		"Max Closer|Red|a.xlsx#March!14|y|sheets",
		"Eve Seller|Blue|a.xlsx#March!A12|Rep/Owner, Worth: is no number; is too long|sheets",
		"(none)||a.xlsx#March!C13|Worth: is no number|sheets",
		"Max Closer|Red|b.csv:4|the key comes twice|",
		"Eve Seller|Blue|c.xlsx#Èvé Seller!I29|Worth: is no number|",
		"Eve Seller|Blue|d.csv:7|y|",
		"Eve Seller|Blue|in/Team - Eve Seller.csv:3|y|")
	for _, row := range s.rows("select cast(r as varchar) from warehouse.rejected_row as r union all select cast(p as varchar) from warehouse.sales_person_page as p") {
		if strings.Contains(row, "secret") {
			t.Errorf("a value left the quarantine: %s", row)
		}
	}
}
