//go:build duckdb_arrow

package load

import "testing"

// TestWordsWithAccents: words of status and kind mean the same with and without
// their accents, in the lists and as they are delivered, and codes that are no
// such words are listed. A name or an address in place of an employee's id is
// the employee's.
func TestWordsWithAccents(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.payment by name
select *, 'till' as source_system, 10::decimal(18, 4) as amount, 'EUR' as currency_code, timestamptz '2026-01-02 00:00:00+00' as effective_at, false as is_deleted
from (values (1, 'a', 'Échoué'), (2, 'b', 'ECHOUE'), (3, 'c', 'payé')) as payment (row_id, payment_id, status)`)
	s.do(`insert into ods.opportunity by name
select *, 'crm' as source_system, timestamptz '2026-01-02 00:00:00+00' as effective_at, false as is_deleted
from (values (11, 'a', 'Präsentation'), (12, 'b', 'Prasentation')) as deal (row_id, opportunity_id, status)`)
	s.do(`insert into ods.invoice by name
select *, 'books' as source_system, 'EUR' as currency_code, timestamptz '2026-01-02 00:00:00+00' as effective_at, false as is_deleted
from (values (21, 'a', 'Nota de crédito'), (22, 'b', 'Rechnung')) as document (row_id, invoice_id, type)`)
	s.do(`insert into ods.invoice_line by name
select *, '1' as line_id, 'books' as source_system, 10::decimal(18, 4) as line_amount, timestamptz '2026-01-02 00:00:00+00' as effective_at, false as is_deleted
from (values (31, 'a'), (32, 'b')) as line (row_id, invoice_id)`)
	s.do(`insert into ods.activity by name
select *, 'switch' as source_system, 'call' as type, timestamptz '2026-01-02 00:00:00+00' as effective_at, false as is_deleted
from (values (41, 'a', 'Entrante', 'Abandoned'), (42, 'b', 'émis', 'Manqué'), (43, 'c', 'OUT', 'answered'), (44, 'd', 'aside', null))
    as touch (row_id, activity_id, direction, outcome)`)
	s.do(`insert into ods.lead by name
select *, 'crm' as source_system, timestamptz '2026-01-02 00:00:00+00' as effective_at, false as is_deleted
from (values (51, 'a', 'Closed (Won)'), (52, 'b', '03. Proposal (40 %)'), (53, 'c', 'Gagné'), (54, 'd', 'Qualified lead [SQL]'), (55, 'e', 'Stage 4 - Negotiation'),
    (56, 'f', '2 develop'), (57, 'g', 'Møde aftalt'), (58, 'h', '40%'), (59, 'i', 'Someday (won)')) as lead (row_id, lead_id, status)`)
	s.do(`insert into ods.employee by name
select *, 'crm' as source_system, timestamptz '2026-01-02 00:00:00+00' as effective_at, false as is_deleted
from (values (71, 'e1', 'Jörg Böhm', 'jb@example.org')) as seller (row_id, employee_id, name, email)`)
	s.do(`insert into ods."order" by name
select *, 'till' as source_system, 1::decimal(18, 4) as total_amount, 'EUR' as currency_code, timestamptz '2026-01-02 00:00:00+00' as effective_at, false as is_deleted
from (values (81, 'a', 'e1', '7'), (82, 'b', 'Jörg Böhm', 'In Bearbeitung'), (83, 'c', 'JORG BOHM', 'Storniert'), (84, 'd', 'JB@example.org', 'bestätigt'), (85, 'e', 'Eve', 'X'))
    as sale (row_id, order_id, employee_id, status)`)
	s.do(`insert into ods.order_line by name
select row_id + 10 as row_id, order_id, '1' as line_id, 'till' as source_system, 1::decimal(18, 4) as line_amount, 'EUR' as currency_code, effective_at, false as is_deleted
from ods."order"`)
	s.shape(Everything)
	s.want("select lead_id, coalesce(stage_id, '?') from warehouse.fact_pipeline left join warehouse.dim_funnel_stage on stage_key = current_stage_key where lead_id is not null order by 1",
		"a|won", "b|proposal", "c|won", "d|qualified_lead", "e|proposal", "f|appointment", "g|appointment", "h|?", "i|?")
	s.want("select payment_id, is_failed from warehouse.fact_payment order by 1", "a|true", "b|true", "c|false")
	s.want("select stage_id from warehouse.fact_pipeline inner join warehouse.dim_funnel_stage on stage_key = current_stage_key where opportunity_id is not null", "presentation", "presentation")
	s.want("select invoice_id, line_amount from warehouse.fact_invoice_line order by 1", "a|-10", "b|10")
	s.want("select order_id, coalesce(name, employee_id), is_cancelled from warehouse.fact_order_line inner join warehouse.dim_employee using (employee_key) order by 1",
		"a|Jörg Böhm|false", "b|Jörg Böhm|false", "c|Jörg Böhm|true", "d|Jörg Böhm|false", "e|Eve|false")
	s.want("select count(*) from warehouse.dim_employee where employee_key > 0", "2")
	s.want("select word from warehouse.unmapped_word where used_for = 'order_status' order by 1", "7", "X")
	s.want("select activity_id, direction, is_two_way from warehouse.fact_touch order by 1", "a|in|false", "b|out|false", "c|out|true", "d||true")
}

// TestWordsMeanOneThing: a word that stood for two things would count each row twice.
func TestWordsMeanOneThing(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.shape(Everything)
	s.want("select subject, word from warehouse.meta.word_meaning group by all having count(*) > 1")
	s.want("select word from warehouse.meta.channel_word group by all having count(*) > 1")
	s.want("select word from warehouse.meta.touchpoint_word group by all having count(*) > 1")
	s.want("select funnel_name, source_system, entity, word from warehouse.meta.funnel_word group by all having count(*) > 1")
}

// TestChannelWords: lead sources as systems and people call them, with whatever
// brackets; what says of itself that nothing is known is unknown, and no word to map.
func TestChannelWords(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.lead by name
select row_id, row_id::varchar as lead_id, channel, 'crm' as source_system, timestamptz '2026-01-02 00:00:00+00' as effective_at, false as is_deleted
from (values (1, 'DIRECT_TRAFFIC'), (2, '(Other)'), (3, 'Partner Referral'), (4, 'Phone Inquiry'), (5, 'Référencement payant'), (6, 'Seminar - Internal'),
    (7, '(not set)'), (8, 'unbekannt'), (9, 'Carrier pigeon')) as lead (row_id, channel)`)
	s.shape(Everything)
	s.want("select lead_id, channel_id from warehouse.fact_pipeline inner join warehouse.dim_channel using (channel_key) order by 1",
		"1|direct", "2|other", "3|partner", "4|telephone", "5|paid_search", "6|trade_show", "7|unknown", "8|unknown", "9|unknown")
	s.want("select word from warehouse.unmapped_word where used_for = 'channel'", "Carrier pigeon")
	s.want("select channel_key from warehouse.dim_channel where channel_key < 0 order by 1", "-3", "-2", "-1")
}
