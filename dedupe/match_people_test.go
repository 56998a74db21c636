package dedupe_test

import (
	"testing"

	"loadstar/dedupe"
)

// TestPeople holds the F1 floors on labelled files, at the default settings
// and without labels.
func TestPeople(t *testing.T) {
	for _, set := range []struct {
		name          string
		read          func(testing.TB) labelled
		f1, precision float64
	}{
		{"febrl1", func(t testing.TB) labelled { return febrl(t, "febrl1/dataset1.csv") }, 1, 1},
		{"febrl2", func(t testing.TB) labelled { return febrl(t, "febrl2/dataset2.csv") }, .999, .999},
		{"febrl3", func(t testing.TB) labelled { return febrl(t, "febrl3/dataset3.csv") }, .9997, .999},
		{"splink_fake_1000", fake1000, .985, .995},
	} {
		t.Run(set.name, func(t *testing.T) {
			people := set.read(t)
			_, result := matched(t, recordsOf(t, people.parties))
			scores := dedupe.Evaluate(result.Clusters, people.truth)
			t.Logf("F1 %.4f precision %.4f recall %.4f; cut %d, %d pairs", scores.F1, scores.Precision, scores.Recall,
				result.Report.Cut, result.Report.Pairs)
			if scores.F1 < set.f1 || scores.Precision < set.precision {
				t.Errorf("F1 %.4f (floor %.4f), precision %.4f (floor %.4f)", scores.F1, set.f1, scores.Precision, set.precision)
			}
		})
	}
}
