//go:build duckdb_arrow

package load

import (
	"fmt"
	"testing"
)

const stagesTold = `select event.event_number, stage.stage_id, strftime(event.entered_at at time zone 'UTC', '%m-%d %H'), event.reason, event.is_legal, event.is_skip
from warehouse.fact_stage_event as event
inner join warehouse.fact_pipeline as pursuit using (pursuit_key)
left join warehouse.dim_funnel_stage as stage on stage.stage_key = event.stage_key
where pursuit.opportunity_id = 'd1'
order by event_number`

// TestLostTwice: each loss of a pursuit has the reason that was told of it,
// also where the pursuit was taken up again since; a reason that came after
// the loss counts for it.
func TestLostTwice(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.opportunity_version by name
select *, 'crm' as source_system, timestamptz '2025-05-01 08:00:00+00' as created_at, false as is_deleted
from (values
    (1, 'd1', 'appointment', null, null, timestamptz '2025-05-02 08:00:00+00'),
    (1, 'd1', 'closed lost', null, null, timestamptz '2025-05-03 08:00:00+00'),
    (1, 'd1', 'closed lost', 'no budget', null, timestamptz '2025-05-04 08:00:00+00'),
    (1, 'd1', 'proposal', null, null, timestamptz '2025-05-05 08:00:00+00'),
    (1, 'd1', 'closed lost', 'price', 'Rival & Sons', timestamptz '2025-05-06 08:00:00+00'),
    (1, 'd1', 'presentation', null, null, timestamptz '2025-05-07 08:00:00+00'),
    (1, 'd1', 'closed lost', 'colour', null, timestamptz '2025-05-08 08:00:00+00')
) as deal (row_id, opportunity_id, status, lost_reason, competitor, effective_at)`)
	s.do("insert into ods.opportunity select * from ods.opportunity_version where lost_reason = 'colour'")
	s.do("delete from ods.opportunity_version where lost_reason = 'colour'")
	s.shape(Everything)
	s.want(stagesTold,
		"1|suspect|05-01 08|||false",
		"2|appointment|05-02 08|||false",
		"3|no_decision|05-03 08|no budget||false",
		"4|proposal|05-05 08|||false",
		"5|lost_to_competitor|05-06 08|price||false",
		"6|presentation|05-07 08|||false",
		"7|lost|05-08 08|colour||false")
}

// TestStageThatWasLeft: a log of changes that names the stage before tells
// where a pursuit stood since it was created; what its first change left is
// not told twice.
func TestStageThatWasLeft(t *testing.T) {
	t.Parallel()
	told := func(t *testing.T, created, changes string, want ...string) {
		t.Helper()
		s := newStar(t)
		s.do(`insert into ods.opportunity by name
select 1 as row_id, 'd1' as opportunity_id, 'crm' as source_system, timestamptz '2025-05-09 08:00:00+00' as effective_at,
    ` + created + ` as created_at, false as is_deleted`)
		s.do(`insert into ods.stage_event by name
select *, 'd1' as opportunity_id, 'crm' as source_system, timestamptz '2025-05-09 08:00:00+00' as effective_at, false as is_deleted
from (values ` + changes + `) as event (row_id, from_stage, stage, "at")`)
		s.shape(Everything)
		s.want(stagesTold, want...)
	}
	const created = "timestamptz '2025-05-01 08:00:00+00'"
	t.Run("the first change", func(t *testing.T) {
		t.Parallel()
		told(t, created, `(11, 'Qualified', 'Appointment', timestamptz '2025-05-02 08:00:00+00'), (12, 'Appointment', 'Presentation', timestamptz '2025-05-03 08:00:00+00')`,
			"1|qualified_lead|05-01 08|||false", "2|appointment|05-02 08||true|false", "3|presentation|05-03 08||true|false")
	})
	t.Run("several changes at one moment", func(t *testing.T) {
		t.Parallel()
		told(t, created, `(11, 'Appointment', 'Presentation', timestamptz '2025-05-02 08:00:00+00'), (12, 'Qualified', 'Appointment', timestamptz '2025-05-02 08:00:00+00')`,
			"1|qualified_lead|05-01 08|||false", "2|appointment|05-02 08||true|false", "3|presentation|05-02 08||true|false")
	})
	t.Run("nobody tells when it was created", func(t *testing.T) {
		t.Parallel()
		told(t, "null::timestamptz", `(11, 'Qualified', 'Appointment', timestamptz '2025-05-02 08:00:00+00')`,
			"1|qualified_lead||||false", "2|appointment|05-02 08||true|false")
	})
	t.Run("created after its first change", func(t *testing.T) {
		t.Parallel()
		told(t, "timestamptz '2025-05-07 08:00:00+00'", `(11, 'Qualified', 'Appointment', timestamptz '2025-05-02 08:00:00+00')`,
			"1|qualified_lead|05-02 08|||false", "2|appointment|05-02 08||true|false")
	})
	t.Run("a history cut off behind an end", func(t *testing.T) {
		t.Parallel()
		told(t, created, `(11, 'Closed Lost', 'Qualified', timestamptz '2025-05-02 08:00:00+00')`,
			"1|qualified_lead|05-02 08||true|false")
	})
	t.Run("its creation is a row", func(t *testing.T) {
		t.Parallel()
		told(t, created, `(11, null, 'Prospect', timestamptz '2025-05-01 08:00:00+00'), (12, 'Prospect', 'Qualified', timestamptz '2025-05-02 08:00:00+00')`,
			"1|prospect|05-01 08||true|false", "2|qualified_lead|05-02 08||true|false")
	})
	t.Run("a system without appointments", func(t *testing.T) {
		t.Parallel()
		told(t, created, `(11, null, 'Prospect', timestamptz '2025-05-01 08:00:00+00'), (12, 'Prospect', 'Presentation', timestamptz '2025-05-02 08:00:00+00'),
    (13, 'Presentation', 'Closed Won', timestamptz '2025-05-03 08:00:00+00')`,
			"1|prospect|05-01 08||true|false", "2|presentation|05-02 08||true|false", "3|won|05-03 08||true|false")
	})
	t.Run("one that has appointments", func(t *testing.T) {
		t.Parallel()
		told(t, created, `(11, null, 'Prospect', timestamptz '2025-05-01 08:00:00+00'), (12, 'Prospect', 'Presentation', timestamptz '2025-05-02 08:00:00+00'),
    (13, 'Presentation', 'Appointment', timestamptz '2025-05-03 08:00:00+00')`,
			"1|prospect|05-01 08||true|false", "2|presentation|05-02 08||false|true", "3|appointment|05-03 08||false|false")
	})
}

// TestLogOfEnds: where a log of stages begins with an end, what the deliveries
// of the deal told until then is the stage before; a deal that they told as
// lost and tell as open since, later than its log, was taken up again.
func TestLogOfEnds(t *testing.T) {
	t.Parallel()
	told := func(t *testing.T, states, changes string, want ...string) {
		t.Helper()
		s := newStar(t)
		s.do(`insert into ods.opportunity_version by name
select 1 as row_id, 'd1' as opportunity_id, 'crm' as source_system, timestamptz '2025-05-01 08:00:00+00' as created_at, false as is_deleted, *
from (values ` + states + `) as deal (status, last_stage, closed_at, effective_at)`)
		s.do("insert into ods.opportunity select * from ods.opportunity_version qualify effective_at = max(effective_at) over ()")
		s.do(`insert into ods.stage_event by name
select *, 'd1' as opportunity_id, 'crm' as source_system, timestamptz '2025-05-09 08:00:00+00' as effective_at, false as is_deleted
from (values ` + changes + `) as event (row_id, from_stage, stage, "at")`)
		s.shape(Everything)
		s.want(stagesTold, want...)
		s.sound()
	}
	day := func(n int) string { return fmt.Sprintf("timestamptz '2025-05-%02d 08:00:00+00'", n) }
	lost, reopened := `('lost', 'Qualified', `+day(3)+`, `+day(4)+`)`, `('Qualified', 'Qualified', null, `+day(6)+`)`
	t.Run("nothing but its end", func(t *testing.T) {
		t.Parallel()
		told(t, lost, `(11, null, 'lost', `+day(3)+`)`,
			"1|qualified_lead|05-01 08|||false", "2|lost|05-03 08||true|false")
	})
	t.Run("the stage that an earlier delivery told", func(t *testing.T) {
		t.Parallel()
		told(t, `('Prospect', null, null, `+day(2)+`), ('lost', null, `+day(3)+`, `+day(4)+`)`, `(11, null, 'lost', `+day(3)+`)`,
			"1|prospect|05-01 08|||false", "2|lost|05-03 08||true|false")
	})
	t.Run("a change after its end", func(t *testing.T) {
		t.Parallel()
		told(t, lost, `(11, null, 'lost', `+day(3)+`), (12, 'Prospect', 'Appointment', `+day(5)+`)`,
			"1|prospect|05-01 08|||false", "2|lost|05-03 08||true|false", "3|appointment|05-05 08||false|false")
	})
	t.Run("taken up again, which the log leaves out", func(t *testing.T) {
		t.Parallel()
		told(t, lost+`, `+reopened, `(10, null, 'Qualified', `+day(1)+`), (11, null, 'lost', `+day(3)+`)`,
			"1|qualified_lead|05-01 08||true|false", "2|lost|05-03 08||true|false", "3|qualified_lead|05-06 08|||false")
	})
	t.Run("a stage that stays as it was", func(t *testing.T) {
		t.Parallel()
		told(t, reopened, `(10, null, 'Qualified', `+day(1)+`), (11, null, 'lost', `+day(3)+`)`,
			"1|qualified_lead|05-01 08||true|false", "2|lost|05-03 08||true|false")
	})
}

// TestTakenUpAgain: "reopened", and "open" behind an end, mean the stage before;
// a deal whose table tells of losses and was changed since its last one is
// open; what a log of changes does not name was never changed.
func TestTakenUpAgain(t *testing.T) {
	t.Parallel()
	told := func(t *testing.T, changes string, want ...string) {
		t.Helper()
		s := newStar(t)
		s.do(`insert into ods.opportunity by name
select *, 'crm' as source_system, 'Qualified' as last_stage, timestamptz '2025-05-01 08:00:00+00' as created_at,
    timestamptz '2025-05-09 08:00:00+00' as effective_at, timestamptz '2025-05-08 08:00:00+00' as updated_at, false as is_deleted
from (values (1, 'd1', 'Qualified'), (2, 'd2', 'lost')) as deal (row_id, opportunity_id, status)`)
		s.do(`insert into ods.stage_event by name
select *, 'crm' as source_system, timestamptz '2025-05-09 08:00:00+00' as effective_at, false as is_deleted
from (values ` + changes + `) as event (row_id, opportunity_id, from_stage, stage, "at")`)
		s.shape(Everything)
		s.want(stagesTold, want...)
		s.sound()
	}
	day := func(n int) string { return fmt.Sprintf("timestamptz '2025-05-%02d 08:00:00+00'", n) }
	t.Run("told by the log", func(t *testing.T) {
		t.Parallel()
		told(t, `(10, 'd1', 'Qualified', 'Proposal', `+day(2)+`), (11, 'd1', 'open', 'lost', `+day(3)+`), (12, 'd1', 'lost', 're-opened', `+day(4)+`),
			(13, 'd1', 'open', 'lost', `+day(5)+`), (14, 'd1', 'lost', 'open', `+day(6)+`), (15, 'd1', 'Proposal', 'Qualified', `+day(7)+`)`,
			"1|qualified_lead|05-01 08|||false", "2|proposal|05-02 08||true|false", "3|lost|05-03 08||true|false", "4|proposal|05-04 08||false|false",
			"5|lost|05-05 08||true|false", "6|proposal|05-06 08||false|false", "7|qualified_lead|05-07 08||false|false")
	})
	t.Run("nothing but the end and after", func(t *testing.T) {
		t.Parallel()
		told(t, `(11, 'd1', 'open', 'lost', `+day(3)+`), (12, 'd1', 'lost', 'reopened', `+day(4)+`)`,
			"1|qualified_lead|05-01 08|||false", "2|lost|05-03 08||true|false", "3|qualified_lead|05-04 08||false|false")
	})
	t.Run("left out by the log", func(t *testing.T) {
		t.Parallel()
		told(t, `(10, 'd1', 'Qualified', 'Proposal', `+day(2)+`), (11, 'd1', 'open', 'lost', `+day(3)+`)`,
			"1|qualified_lead|05-01 08|||false", "2|proposal|05-02 08||false|true", "3|lost|05-03 08||true|false", "4|qualified_lead|05-08 08|||false")
	})
	t.Run("never changed", func(t *testing.T) {
		t.Parallel()
		told(t, `(10, 'd2', 'Qualified', 'Proposal', `+day(2)+`)`, "1|qualified_lead|05-01 08|||false")
	})
}

// TestLeadBeforeDeal: the statuses in which a lead was delivered before it
// became a deal are stages of the pursuit; what it is called since is not.
func TestLeadBeforeDeal(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.lead_version by name
select 1 as row_id, 'l1' as lead_id, 'crm' as source_system, timestamptz '2025-05-01 08:00:00+00' as created_at, false as is_deleted, *
from (values
    ('Contacted', null, timestamptz '2025-05-02 08:00:00+00'), ('Qualified', null, timestamptz '2025-05-03 08:00:00+00'),
    ('Disqualified', 'd1', timestamptz '2025-05-05 23:00:00+00')
) as lead (status, opportunity_id, effective_at)`)
	s.do("insert into ods.lead select * from ods.lead_version where opportunity_id = 'd1'")
	s.do(`insert into ods.opportunity by name
select 2 as row_id, 'd1' as opportunity_id, 'crm' as source_system, 'Proposal' as status, timestamptz '2025-05-05 08:00:00+00' as created_at,
    timestamptz '2025-05-05 22:00:00+00' as effective_at, false as is_deleted`)
	s.shape(Everything)
	s.want(stagesTold, "1|suspect|05-01 08|||false", "2|prospect|05-02 08|||false", "3|qualified_lead|05-03 08|||false", "4|proposal|05-05 22|||false")
	s.sound()
}

// TestGoneAndBack: the state that says that a row is gone from a delivery tells
// no stage; a contract may read the lost and the open deals of one table apart.
func TestGoneAndBack(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.opportunity_version by name
select 1 as row_id, 'd1' as opportunity_id, 'crm' as source_system, timestamptz '2025-05-01 08:00:00+00' as created_at, *
from (values
    ('Proposal', false, timestamptz '2025-05-02 08:00:00+00'), ('lost', false, timestamptz '2025-05-03 08:00:00+00'),
    ('lost', true, timestamptz '2025-05-04 08:00:00+00'), ('Proposal', false, timestamptz '2025-05-04 08:00:00+00')
) as deal (status, is_deleted, effective_at)`)
	s.do("insert into ods.opportunity select * from ods.opportunity_version where effective_at = timestamptz '2025-05-04 08:00:00+00' and not is_deleted")
	s.shape(Everything)
	s.want(stagesTold, "1|suspect|05-01 08|||false", "2|proposal|05-02 08|||false", "3|lost|05-03 08|||false", "4|proposal|05-04 08|||false")
	s.sound()
}

// TestUndatedStates: statuses of which nobody tells when they came follow the
// creation, in the order in which they were delivered; an end is the last of
// them only where nothing came after it. Where nobody tells of a creation, the
// first of them is where it all began.
func TestUndatedStates(t *testing.T) {
	t.Parallel()
	told := func(t *testing.T, created, closed string, states []string, want ...string) {
		t.Helper()
		s := newStar(t)
		s.do("insert into warehouse.meta.delivery (file_key, sequence) values (71, 1), (70, 2), (69, 3), (68, 4)")
		for i, status := range states {
			table, ended := "opportunity_version", "null::timestamptz"
			if i == len(states)-1 {
				table, ended = "opportunity", closed
			}
			s.do(`insert into ods.` + table + ` by name
select 1 as row_id, 'd1' as opportunity_id, 'crm' as source_system, timestamptz 'epoch' as effective_at, '` + status + `' as status,
    71 - ` + string(rune('0'+i)) + ` as file_key, 2 as source_row, ` + created + ` as created_at, ` + ended + ` as closed_at, false as is_deleted`)
		}
		s.shape(Everything)
		s.want(stagesTold, want...)
		s.sound()
	}
	const created, never = "timestamptz '2025-05-01 08:00:00+00'", "null::timestamptz"
	t.Run("one", func(t *testing.T) {
		t.Parallel()
		told(t, created, never, []string{"qualified"}, "1|suspect|05-01 08|||false", "2|qualified_lead||||false")
	})
	t.Run("back", func(t *testing.T) {
		t.Parallel()
		told(t, created, never, []string{"proposal", "appointment", "presentation"},
			"1|suspect|05-01 08|||false", "2|proposal||||false", "3|appointment||||false", "4|presentation||||false")
	})
	t.Run("taken up again", func(t *testing.T) {
		t.Parallel()
		told(t, created, never, []string{"proposal", "lost", "proposal", "won"},
			"1|suspect|05-01 08|||false", "2|proposal||||false", "3|lost||||false", "4|proposal||||false", "5|won||||false")
	})
	t.Run("an end with a day", func(t *testing.T) {
		t.Parallel()
		told(t, created, "timestamptz '2025-05-07 08:00:00+00'", []string{"qualified", "proposal", "won"},
			"1|suspect|05-01 08|||false", "2|qualified_lead||||false", "3|proposal||||false", "4|won|05-07 08|||false")
	})
	t.Run("nobody tells when it was created", func(t *testing.T) {
		t.Parallel()
		told(t, never, never, []string{"proposal", "lost", "appointment"},
			"1|proposal||||false", "2|lost||||false", "3|appointment||||false")
	})
}

// TestOpenBesideStage: "open", or nothing, beside the stage that a deal is in
// says no more than that stage, and takes none of it back.
func TestOpenBesideStage(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.opportunity_version by name
select 1 as row_id, 'd1' as opportunity_id, 'crm' as source_system, timestamptz '2025-05-01 08:00:00+00' as created_at, false as is_deleted, *
from (values ('Open', 'Proposal', timestamptz '2025-05-02 08:00:00+00'), ('Lost', 'Proposal', timestamptz '2025-05-03 08:00:00+00'),
    ('Open', 'Appointment', timestamptz '2025-05-04 08:00:00+00')) as deal (status, last_stage, effective_at)`)
	s.do("insert into ods.opportunity select * from ods.opportunity_version qualify effective_at = max(effective_at) over ()")
	s.do(`insert into ods.lead by name
select 2 as row_id, 'l1' as lead_id, 'crm' as source_system, 'Appointment' as last_stage, timestamptz '2025-05-04 08:00:00+00' as effective_at,
    false as is_deleted`)
	s.shape(Everything)
	s.want("select stage.stage_id from warehouse.fact_pipeline as pursuit inner join warehouse.meta.funnel_stage as stage on stage.stage_key = current_stage_key", "appointment", "appointment")
	s.want(stagesTold, "1|suspect|05-01 08|||false", "2|proposal|05-02 08|||false", "3|lost|05-03 08|||false", "4|appointment|05-04 08|||false")
	s.sound()
}

// TestNeverResponded: a deal that was first told in a later stage came there by
// some answer, though no touch tells of it.
func TestNeverResponded(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "kpi")
	for _, entity := range []string{"opportunity", "activity", "campaign_member"} {
		s.do("delete from ods." + entity)
	}
	s.do(`insert into ods.opportunity by name
select *, 'crm' as source_system, 203 as source_customer_key, timestamptz '2025-05-02 08:00:00+00' as effective_at, false as is_deleted
from (values (1, 'd1', 'proposal'), (2, 'd2', 'suspect')) as deal (row_id, opportunity_id, status)`)
	s.shape(Everything)
	s.want("select step_number, reason, stopped_count from warehouse.kpi_drop_off where breakdown = 'all' and period_kind = 'all' order by 1",
		"1|never responded|1", "5|still open|1")
}

// TestBackToSkipped: to go back to a milestone that was skipped is no disorder,
// and a deal that stands as won before one of its milestones is flagged; neither
// stops a run.
func TestBackToSkipped(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		stages []string
		want   string
	}{
		"back":            {[]string{"prospect", "proposal", "appointment", "proposal", "won"}, "won|false"},
		"lost between":    {[]string{"qualified", "presentation", "lost", "appointment"}, "open|false"},
		"nothing earlier": {[]string{"proposal", "prospect"}, "open|true"},
		"won in between":  {[]string{"prospect", "won", "appointment"}, "open|false"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStar(t)
			for i, stage := range c.stages {
				s.do(fmt.Sprintf(`insert into ods.stage_event by name
select %d as row_id, 'd1' as opportunity_id, 'crm' as source_system, '%s' as stage, timestamptz '2025-05-01 08:00:00+00' + to_days(%d) as "at",
    timestamptz '2025-05-09 08:00:00+00' as effective_at, false as is_deleted`, i+1, stage, i))
			}
			s.shape(Everything)
			s.want("select outcome, is_impossible from warehouse.fact_pipeline", c.want)
			s.sound()
			s.do(`insert into ods.opportunity by name
select 9 as row_id, 'd1' as opportunity_id, 'crm' as source_system, 'won' as status, timestamptz '2025-05-09 08:00:00+00' as effective_at, false as is_deleted`)
			s.do("insert into changed.opportunity values (9)")
			s.shape(WhatChanged)
			s.sound()
		})
	}
}

// TestFirstStageTold: pursuits begin where their system begins to tell of them, as
// a register of quotes does at the offer; in a system that tells of more they are
// late.
func TestFirstStageTold(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.opportunity by name
select *, timestamptz '2025-05-09 08:00:00+00' as effective_at, timestamptz '2025-05-01 08:00:00+00' as created_at, false as is_deleted
from (values (1, 'q1', 'quotes'), (2, 'q2', 'quotes'), (3, 'd1', 'crm'), (4, 'd2', 'crm')) as deal (row_id, opportunity_id, source_system)`)
	s.do(`insert into ods.stage_event by name
select *, timestamptz '2025-05-02 08:00:00+00' as "at", timestamptz '2025-05-09 08:00:00+00' as effective_at, false as is_deleted
from (values (11, 'q1', 'quotes', 'Proposal'), (12, 'q2', 'quotes', 'Proposal'), (13, 'd1', 'crm', 'Appointment'), (14, 'd2', 'crm', 'Proposal'))
    as event (row_id, opportunity_id, source_system, stage)`)
	s.shape(Everything)
	s.want("select opportunity_id, event_count, illegal_count from warehouse.fact_pipeline order by 1", "d1|1|0", "d2|1|1", "q1|1|0", "q2|1|0")
}
