package recognise

import (
	"maps"
	"slices"
)

// Labels are what the codes of a column mean, and where that is told.
type Labels struct {
	From string
	Of   map[string]string
}

// Label takes the values of the column for codes: whoever asks for its values
// is told the meanings. labels are kept, and must not be changed after. A value
// without a meaning stands for itself.
func (p *Profile) Label(labels Labels) {
	raw := p.Deep
	p.labels, p.Dates = labels, dateCounts{}
	meanings := &sketch{values: map[uint64]*sampled{}, order: slices.Clone(p.values.order)}
	if raw != nil {
		p.Deep = newDeep()
		p.Deep.Nulls, p.Deep.Totals, p.Deep.Repeated, p.Deep.Many = maps.Clone(raw.Nulls), raw.Totals, raw.Repeated, raw.Many
	}
	for hash, v := range p.values.values {
		text, ok := labels.Of[v.text]
		if !ok {
			text = v.text
		}
		meanings.values[hash] = &sampled{text: text, count: v.count, raw: v.text}
		if p.Deep != nil {
			p.Deep.add(text)
		}
	}
	p.values = meanings
	if raw != nil {
		p.Deep.distinct, p.Deep.bare = raw.distinct, raw.bare
	}
}

// Labels are what the codes of the column mean; Of is nil where its values are
// no codes.
func (p *Profile) Labels() Labels { return p.labels }

// IsPlainList says whether the rows of a table may be words of a list rather
// than things of an entity: none explains it, or one by its columns alone where
// they name no firms; and no column reaches somebody, or names persons.
func (j *Judge) IsPlainList(q Question) bool {
	if j.reaches(q.Columns) || slices.ContainsFunc(q.Columns, j.namesPersons) {
		return false
	}
	v, isEntity := j.Decide(q)
	return !isEntity || v.bonus < beginOfName && !slices.ContainsFunc(q.Columns, j.namesFirms)
}

// isSomebody says whether rows that are called nothing, and so would be
// customers or accounts by an id and a name, tell of somebody.
func (j *Judge) isSomebody(v Verdict, q Question) bool {
	isParty := v.Entity.Name == "customer" || v.Entity.Name == "account"
	return !isParty || v.bonus >= beginOfName || j.columnsName(v) || j.reachesByHeader(q.Columns) ||
		slices.ContainsFunc(v.Fields, func(f FieldColumn) bool {
			return isNameOf(f.Field.Name) && (j.namesPersons(f.Column) || j.namesFirms(f.Column))
		})
}

// isNameOf knows the fields that name a customer or an account.
func isNameOf(field string) bool {
	return slices.Contains([]string{"name", "full_name", "organisation_name", "given_name", "family_name"}, field)
}

// reaches says whether a column reaches somebody, or two part a person's name.
func (j *Judge) reaches(columns []*Profile) bool {
	return j.reachesBy(columns, func(*Column) bool { return true })
}

// reachesByHeader says whether columns reach somebody by what they are called,
// or by e-mail addresses: sentences of a text look like streets here and there.
func (j *Judge) reachesByHeader(columns []*Profile) bool {
	return j.reachesBy(columns, func(c *Column) bool { return c.By == byHeader || c.Role == MeansEmail })
}

func (j *Judge) reachesBy(columns []*Profile, counts func(*Column) bool) bool {
	party := j.party(columns, nil)
	has := func(m Meaning) bool { c := party.Has(m); return c != nil && counts(c) }
	return slices.ContainsFunc([]Meaning{MeansEmail, MeansPhone, MeansMobile, meansStreet, meansLine, MeansPost, MeansBirth}, has) ||
		has(meansGiven) && has(MeansFamily)
}

// HoldsEmail says whether a column holds e-mail addresses.
func (j *Judge) HoldsEmail(p *Profile) bool { return p.share(isEmail) > someNames }

// someNames is the part of a column's values from which on it names persons or
// firms.
const someNames = .2

func (j *Judge) namesPersons(p *Profile) bool { return j.recogniser().personShare(p) > someNames }

func (j *Judge) namesFirms(p *Profile) bool {
	return p.share(j.recogniser().isOrganisation) > someNames
}
