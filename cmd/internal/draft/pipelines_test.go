package draft_test

import (
	"strings"
	"testing"
)

// TestStagesOfPipelines: a column that is called as stages tells them where most
// are of pipelines that the sales funnel does not know; what its deals call a
// win while another column says that they are open is none yet.
func TestStagesOfPipelines(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"pipelines.csv": "id,name\n1,New business\n2,Renewals\n3,Hiring\n",
		"stages.csv":    "id,name,pipeline_id\n1,Lead in,1\n2,Proposal made,1\n3,Renewal due,2\n4,Contract signed,2\n5,Applied,3\n6,Screened,3\n",
		"persons.csv":   "id,name,email\n" + rows(1, 40, "#,Ada Bergman,ada#@mail.example"),
		"deals.csv": "id,title,value,status,stage_id,pipeline_id,person_id,add_time,close_time\n" +
			rows(10, 20, "#1,Deal #,100.50,open,1,1,#,2026-01-02 10:00:00,\n#2,Deal #,100.50,open,4,2,#,2026-01-02 10:00:00,\n#3,Deal #,100.50,won,4,2,#,2026-01-02 10:00:00,2026-01-09 10:00:00") +
			rows(20, 30, "#1,Deal #,100.50,lost,5,3,#,2026-01-02 10:00:00,2026-01-09 10:00:00\n#2,Deal #,100.50,open,6,3,#,2026-01-02 10:00:00,\n#3,Deal #,100.50,open,3,2,#,2026-01-02 10:00:00,"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/deals.yaml"), []string{
		"{property: else, value: [{column: stage_id}]}", "{property: nulls, value: [open]}", `"1": suspect, "2": proposal, "3": Renewal due, "4": proposal, "5": Applied`,
	})
	if notes := strings.Join(r.Notes, "\n"); !strings.Contains(notes, "3 pipelines (Hiring, New business, Renewals)") {
		t.Errorf("nothing tells of the pipelines:\n%s", notes)
	}
}
