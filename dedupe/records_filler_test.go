package dedupe_test

import (
	"testing"

	"loadstar/dedupe"
)

// TestFillers: what a system writes where it knows no birth date, number or phone
// tells nobody apart, and merges nobody.
func TestFillers(t *testing.T) {
	t.Parallel()
	file := newMade(1200, 21)
	for i := range file.parties {
		p := file.parties[i]
		if file.chance(.35) {
			p["birth_date"] = "19000101"
		}
		if file.chance(.3) {
			p["phone"] = "+447999999999"
		}
		if file.chance(.3) {
			p["national_id"] = "000000"
		} else {
			p["national_id"] = "N" + file.truth[int64(i+1)]
		}
	}
	_, result := matched(t, recordsOf(t, file.parties))
	s := dedupe.Evaluate(result.Clusters, file.truth)
	t.Logf("F1 %.4f, precision %.4f, recall %.4f", s.F1, s.Precision, s.Recall)
	if s.F1 < .98 {
		t.Errorf("F1 %.4f, precision %.4f, recall %.4f", s.F1, s.Precision, s.Recall)
	}
}
