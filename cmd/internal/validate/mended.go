package validate

import (
	"path/filepath"
	"slices"
	"time"

	"loadstar/schemas"
)

// whole is what a delivery is known by: the rows of it that are right.
type whole struct {
	delivery *delivery
	at       time.Time
	ids      []schemas.ID // sorted
}

// keep remembers a delivery where another file of the feed may be a mended
// copy of it.
func (s *feedState) keep(d *delivery, at time.Time) {
	const fewest = 2
	if len(s.files) < fewest || len(s.only) > 0 || d.ids == nil {
		return
	}
	slices.SortFunc(d.ids, schemas.ID.Cmp)
	s.wholes = append(s.wholes, whole{delivery: d, at: at, ids: slices.Compact(d.ids)})
}

// idsKept bounds the memory of one comparison: 16 bytes a row.
const idsKept = 4_000_000

// addIDs keeps the ids of a batch's rows, as many as one comparison may cost.
func (d *delivery) addIDs(in lineageColumns) {
	if d.tooMany = d.tooMany || len(d.ids)+in.rowID.Len() > idsKept; d.tooMany {
		d.ids = nil
		return
	}
	for i := range in.rowID.Len() {
		d.ids = append(d.ids, in.rowID.Value(i))
	}
}

// forgiveMended takes back what was found in a file that another mends, as a
// run settles it: one that is not older, holds every right row of it, no fewer
// rows, and fewer wrong ones.
func (s *feedState) forgiveMended(j *job) {
	for _, w := range s.wholes {
		d := w.delivery
		if len(d.bad) == 0 || len(w.ids) == 0 {
			continue
		}
		at := slices.IndexFunc(s.wholes, func(o whole) bool {
			other := o.delivery
			return other != d && !o.at.Before(w.at) && other.rows >= d.rows && len(other.bad) < len(d.bad) && holds(o.ids, w.ids)
		})
		if at < 0 {
			continue
		}
		s.findings = slices.DeleteFunc(s.findings, func(f *Finding) bool { return slices.Contains(d.order, f) })
		s.counts.Bad -= int64(len(d.bad))
		j.note("feed %s: the broken rows of %s are mended in %s", s.feed.Name, filepath.Base(d.path), filepath.Base(s.wholes[at].delivery.path))
	}
	s.wholes = nil
}

// holds says whether sorted ids hold all of others.
func holds(ids, others []schemas.ID) bool {
	i := 0
	for _, id := range others {
		n, found := slices.BinarySearchFunc(ids[i:], id, schemas.ID.Cmp)
		if !found {
			return false
		}
		i += n
	}
	return true
}
