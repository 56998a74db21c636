package validate

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// targetKey names what rows of other feeds point to: an entity of one source
// system.
type targetKey struct{ entity, system string }

// targets are the ids that the project's feeds deliver.
type targets struct {
	ids     map[targetKey]map[uint64]bool
	refused map[targetKey]map[uint64]bool // ids of rows that broke their contract: reported there
	feeds   map[targetKey][]string        // that deliver the entity
}

func newTargets() *targets {
	return &targets{ids: map[targetKey]map[uint64]bool{}, refused: map[targetKey]map[uint64]bool{}, feeds: map[targetKey][]string{}}
}

// references are the ids in one column of one delivery, each once.
type references struct {
	delivery *delivery
	to       targetKey
	object   string
	column   string
	relation string // what the contract says that it points to, "" = nothing said
	ids      map[uint64]*reference
}

// reference is one id and where it stands.
type reference struct {
	value string
	spots []rowAt
	count int64
}

// systemOf is the source system that owns the ids of a role.
func systemOf(c schemas.Contract, o schemas.Object, role string) string {
	own := firstOf(o.References["customer"], c.System)
	switch {
	case o.References[role] != "":
		return o.References[role]
	case role == "customer", role == "referred_by_customer":
		return own
	}
	return c.System
}

// noteReferences notes which entities a feed delivers.
func (j *job) noteReferences(s *feedState) {
	for _, o := range s.feed.Contract.Objects {
		if provides(o) {
			k := targetKey{o.Entity, systemOf(s.feed.Contract, o, o.Entity)}
			j.known.feeds[k] = append(j.known.feeds[k], s.feed.Name)
		}
	}
}

func provides(o schemas.Object) bool {
	id := schemas.IDField(o.Entity)
	return id != "" && slices.ContainsFunc(o.Properties, func(p schemas.Property) bool { return p.Field == id })
}

// isReferred says whether rows of a feed whose findings are reported may point
// to rows of s.
func (j *job) isReferred(s *feedState) bool {
	for _, o := range s.feed.Contract.Objects {
		if !provides(o) {
			continue
		}
		k := targetKey{o.Entity, systemOf(s.feed.Contract, o, o.Entity)}
		for _, other := range j.feeds {
			if other.judged && refersTo(other.feed.Contract, k) {
				return true
			}
		}
	}
	return false
}

func refersTo(c schemas.Contract, k targetKey) bool {
	for _, o := range c.Objects {
		for _, p := range o.Properties {
			target, role, ok := schemas.PointsTo(o.Entity, p.Field)
			if ok && (targetKey{target, systemOf(c, o, role)}) == k {
				return true
			}
		}
	}
	return false
}

// ofNobody warns of columns that name customers of whom no feed tells: what
// their rows tell is of the unknown customer, however often one comes again.
func (s *feedState) ofNobody(j *job) {
	if !s.judged {
		return
	}
	for _, o := range s.feed.Contract.Objects {
		i := slices.IndexFunc(o.Properties, func(p schemas.Property) bool { return p.Field == "customer_id" })
		k := targetKey{"customer", systemOf(s.feed.Contract, o, "customer")}
		if i < 0 || len(j.known.feeds[k]) > 0 {
			continue
		}
		f := &Finding{
			Code: fault.ContractNobody, Severity: Warning, Feed: s.feed.Name, Column: o.Properties[i].Name, What: fault.ContractNobody.Title(),
			Reason: fmt.Sprintf("schema %s: no feed has customers of system %s, so that its rows are of the unknown customer", o.Name, k.system),
			Next:   nextOf(fault.ContractNobody),
		}
		f.at(occurrence{print: fingerprint(f.Feed, string(f.Code), o.Name), index: -1})
		s.findings = append(s.findings, f)
	}
}

// collectIDs keeps the ids that the rows have and those that they point to.
func (d *delivery) collectIDs(o schemas.Object, sheet string, r arrow.RecordBatch, in lineageColumns, wanted bool) error {
	c := d.feed.feed.Contract
	for _, p := range o.Properties {
		found := r.Schema().FieldIndices(p.Field)
		if p.Field == "" || len(found) == 0 {
			continue
		}
		ids, isText := r.Column(found[0]).(*array.String)
		if !isText {
			continue
		}
		if p.Field == schemas.IDField(o.Entity) {
			d.provide(targetKey{o.Entity, systemOf(c, o, o.Entity)}, ids)
			continue
		}
		target, role, ok := schemas.PointsTo(o.Entity, p.Field)
		if ok && wanted {
			d.point(o, p, targetKey{target, systemOf(c, o, role)}, sheet, ids, in)
		}
	}
	return nil
}

func idHash(id string) uint64 { return fingerprint(id).LowBits() }

func (d *delivery) provide(k targetKey, ids *array.String) {
	if d.provided[k] == nil {
		d.provided[k] = map[uint64]bool{}
	}
	for i := range ids.Len() {
		if ids.IsValid(i) {
			d.provided[k][idHash(ids.Value(i))] = true
		}
	}
}

func (d *delivery) point(o schemas.Object, p schemas.Property, to targetKey, sheet string, ids *array.String, in lineageColumns) {
	if len(d.job.known.feeds[to]) == 0 && p.Relation == "" {
		return // nobody says that a feed delivers them
	}
	key := p.Name + "\x00" + to.entity + "\x00" + to.system
	refs := d.refs[key]
	if refs == nil {
		refs = &references{delivery: d, to: to, object: o.Name, column: p.Name, relation: p.Relation, ids: map[uint64]*reference{}}
		d.refs[key] = refs
		d.job.pending = append(d.job.pending, refs)
	}
	if refs.object != o.Name {
		return // another object over the same rows points there as well
	}
	for i := range ids.Len() {
		if ids.IsNull(i) || ids.Value(i) == "" {
			continue
		}
		h := idHash(ids.Value(i))
		if d.provided[to][h] || d.job.known.ids[to][h] {
			continue
		}
		ref := refs.ids[h]
		if ref == nil {
			ref = &reference{value: strings.Clone(ids.Value(i))}
			refs.ids[h] = ref
		}
		ref.count++
		if len(ref.spots) < shownPlaces {
			ref.spots = append(ref.spots, rowAt{sheet, in.row.Value(i)})
		}
	}
}

// refuse notes the id of a row that broke its contract: what points to it is
// no further violation.
func (t *targets) refuse(d *delivery, r schemas.Reject) {
	o, err := d.feed.feed.Contract.Object(r.Object)
	if err != nil || !provides(o) {
		return
	}
	k := targetKey{o.Entity, systemOf(d.feed.feed.Contract, o, o.Entity)}
	raw := map[string]*string{}
	if json.Unmarshal([]byte(r.Raw), &raw) != nil {
		return
	}
	if t.refused[k] == nil {
		t.refused[k] = map[uint64]bool{}
	}
	for _, p := range o.Properties {
		if p.Field != schemas.IDField(o.Entity) {
			continue
		}
		for _, name := range append([]string{p.Name}, p.Aliases...) {
			if id := raw[name]; id != nil {
				t.refused[k][idHash(p.Prefix+strings.TrimSpace(*id))] = true
			}
		}
	}
}

// add keeps the ids of a delivery that was read to its end.
func (t *targets) add(d *delivery) {
	for k, ids := range d.provided {
		if t.ids[k] == nil {
			t.ids[k] = map[uint64]bool{}
		}
		for id := range ids {
			t.ids[k][id] = true
		}
	}
	d.provided = nil
}

// compareReferences reports what points to nothing that a feed delivers.
// Where the feeds of a target were not all read, nothing can be said.
func (j *job) compareReferences() {
	unread := map[targetKey]bool{}
	for _, refs := range j.pending {
		feeds := j.known.feeds[refs.to]
		if len(feeds) == 0 && refs.relation == "" {
			continue
		}
		partly := slices.ContainsFunc(feeds, func(name string) bool { return j.feeds[name].unread != "" })
		if partly {
			if !unread[refs.to] {
				j.note("ids of %s (system %s) are not compared: not all deliveries of %s were read", refs.to.entity, refs.to.system, strings.Join(feeds, ", "))
			}
			unread[refs.to] = true
			continue
		}
		refs.compare(j, feeds)
	}
}

func (r *references) compare(j *job, feeds []string) {
	d := r.delivery
	var f *Finding
	missing := 0
	for h, ref := range r.ids {
		if j.known.ids[r.to][h] || j.known.refused[r.to][h] {
			continue
		}
		if f == nil {
			f = &Finding{
				Code: fault.FeedReference, Severity: Error, Rule: "reference", Feed: d.feed.feed.Name,
				File: j.shown(d.shownPath()), pull: d.path == "", Column: r.column, Next: nextOf(fault.FeedReference),
			}
		}
		missing++
		r.report(j, f, ref)
	}
	if f == nil {
		return
	}
	f.What = fmt.Sprintf("%s of %s is in no feed", plural(int64(missing), "id"), strings.ReplaceAll(r.to.entity, "_", " "))
	if len(feeds) == 0 {
		f.Reason = fmt.Sprintf("its contract says that it points to %s, and no feed delivers any %s of system %s", r.relation, r.to.entity, r.to.system)
		d.keep(f)
		return
	}
	f.Reason = fmt.Sprintf("each %s of system %s must be delivered by %s", r.to.entity, r.to.system, strings.Join(feeds, " or "))
	d.keep(f)
}

// keep finds the places of a finding about references, and keeps it.
func (d *delivery) keep(f *Finding) {
	d.order = []*Finding{f}
	d.locate()
	d.feed.findings = append(d.feed.findings, f)
}

func (r *references) report(j *job, f *Finding, ref *reference) {
	value := ref.value
	if !j.o.ShowValues && r.delivery.feed.isPII(r.column) {
		value = masked
	}
	for i := range ref.count {
		at := ref.spots[min(int(i), len(ref.spots)-1)]
		f.at(occurrence{
			spot:  Spot{Line: at.row, Sheet: at.sheet, Value: shortened(value)},
			print: fingerprint(f.Feed, "reference", r.column, ref.value),
			index: slices.Index(r.delivery.headers[headerKey{"", at.sheet}], r.column),
		})
	}
}
