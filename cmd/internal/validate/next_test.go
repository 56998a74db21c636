package validate

import (
	"strings"
	"testing"

	"loadstar/schemas/fault"
)

// TestNext: whatever validate finds in a delivery or a feed comes with what
// people can do about it.
func TestNext(t *testing.T) {
	t.Parallel()
	inRunsOnly := map[fault.Code]bool{fault.FeedErrorShare: true, fault.RunChecks: true, fault.RunUnbalanced: true, fault.RunCluster: true}
	for _, k := range fault.Kinds() {
		isOfDelivery := k.Rule == "" && (strings.HasPrefix(string(k.Code), "LS3") || strings.HasPrefix(string(k.Code), "LS5") || strings.HasPrefix(string(k.Code), "LS6"))
		if isOfDelivery && !inRunsOnly[k.Code] && nextOf(k.Code) == "" {
			t.Errorf("%s (%s) says nothing of what to do", k.Code, k.Title)
		}
	}
}
