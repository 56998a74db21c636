package transform

import "strings"

// nameSlots are the cells that the names of a customer row fill.
type nameSlots struct {
	full, title, given, middle, family, suffix, former, second, organisation, partyType int
}

func (op *objectPlan) newNameSlots() *nameSlots {
	return &nameSlots{
		full: op.slot("full_name"), title: op.slot("title"), given: op.slot("given_name"),
		middle: op.slot("middle_name"), family: op.slot("family_name"), suffix: op.slot("suffix"),
		former: op.slot("former_family_name"), second: op.slot("second_person_name"),
		organisation: op.slot("organisation_name"), partyType: op.slot("party_type"),
	}
}

// get gives the text of a cell, "" where the field is not there.
func (r *run) get(slot int) string {
	if slot < 0 {
		return ""
	}
	return r.cells[slot].text
}

// set writes a cell.
func (r *run) set(slot int, text string) {
	if slot >= 0 {
		r.cells[slot] = cell{text: text, ok: text != ""}
	}
}

// fill writes a cell that is still empty.
func (r *run) fill(slot int, text string) {
	if slot >= 0 && text != "" && !r.cells[slot].ok {
		r.set(slot, text)
	}
}

// cleanNames takes names apart and says what kind of party the row is.
func (r *run) cleanNames() {
	s, t := r.op.names, r.plan.tables
	kind := r.get(s.partyType)
	full := r.get(s.full)
	if r.get(s.given) != "" || r.get(s.family) != "" {
		r.cleanNameColumns(kind)
		r.set(s.full, t.FullName(full))
	} else if full != "" {
		r.cleanFullName(full, kind)
	}
	r.set(s.middle, t.GivenName(r.get(s.middle)))
	r.set(s.former, t.FamilyName(r.get(s.former)))
	r.set(s.second, t.nameText(r.get(s.second)))
	r.set(s.organisation, Company(r.get(s.organisation)))
	if kind == "" || kind == "unknown" {
		r.set(s.partyType, r.deriveParty())
	}
}

func (r *run) deriveParty() string {
	s := r.op.names
	person := r.get(s.given) != "" || r.get(s.family) != "" || r.get(s.full) != "" && r.get(s.organisation) == ""
	switch {
	case person:
		return "person"
	case r.get(s.organisation) != "":
		return "organisation"
	}
	return "unknown"
}

func (r *run) cleanFullName(full, kind string) {
	s, t := r.op.names, r.plan.tables
	if kind == "organisation" {
		r.fill(s.organisation, full)
		return
	}
	p := t.SplitName(full)
	if p.Organisation != "" && kind == "person" {
		p = t.splitPersonName(full)
	}
	if p.Organisation != "" {
		r.fill(s.organisation, p.Organisation)
		return
	}
	r.set(s.full, t.nameText(full))
	r.fillPerson(p)
}

// fillPerson fills the parts that no column of their own delivered.
func (r *run) fillPerson(p Person) {
	s := r.op.names
	r.fill(s.title, p.Title)
	r.fill(s.given, p.Given)
	r.fill(s.middle, p.Middle)
	r.fill(s.family, p.Family)
	r.fill(s.suffix, p.Suffix)
	r.fill(s.former, p.Former)
	r.fill(s.second, p.Second)
	if p.Nickname != "" {
		r.keep("nickname", p.Nickname)
	}
}

// cleanNameColumns cleanses given and family name that come in columns of
// their own. It moves only what surely belongs elsewhere.
func (r *run) cleanNameColumns(kind string) {
	s, t := r.op.names, r.plan.tables
	given, family := r.get(s.given), r.get(s.family)
	if given == "" && kind != "person" && t.IsOrganisation(family) || kind == "organisation" && r.get(s.organisation) == "" {
		r.fill(s.organisation, strings.TrimSpace(given+" "+family))
		r.set(s.given, "")
		r.set(s.family, "")
		return
	}
	r.set(s.given, "")
	r.set(s.family, "")
	p := t.SplitColumns(given, family)
	r.fillPerson(p)
}

// SplitColumns cleanses a given and a family name that come apart: titles,
// suffixes, nicknames and former names are moved out; "Last, First" in the
// family name is taken apart where the given name is empty; initials after
// the given name become the middle name; a second given name ("John and
// Mary") the second person. All else stays where it was delivered.
func (t *Tables) SplitColumns(given, family string) Person {
	given, nickname, former := t.takeAsides(trimNameMarks(Line(given)))
	family, familyNick, familyFormer := t.takeAsides(trimNameMarks(Line(family)))
	if familyFormer != "" {
		former = familyFormer
	}
	if given == "" && strings.Contains(family, ",") {
		p := t.splitOne(family, caseOf(family))
		p.Nickname, p.Former = firstOf(nickname, familyNick), t.familyText(former)
		return p
	}
	p := Person{Nickname: firstOf(nickname, familyNick), Former: t.familyText(former)}
	whole := caseOf(given + family)
	familyTitle, words := t.takeTitles(flatWords(family), 1)
	words, p.Suffix = t.takeSuffixes(words, 1, strings.Contains(family, ","))
	p.Family = t.familyWords(words, caseOf(family))
	first, second, two := cutPersons(given)
	if !two {
		first = given
	}
	givenTitle, names := t.takeTitles(flatWords(first), 1)
	if len(names) == 1 && isTitleOnly(t, names[0]) {
		givenTitle, names = t.titles[titleKey(names[0])].canonical, nil
	}
	p.Title = joinWords(givenTitle, familyTitle)
	end := len(names)
	for end > 1 && isInitial(names[end-1]) {
		end--
	}
	p.Given = t.givenWords(names[:end], whole, caseOf(first))
	if end < len(names) {
		p.Middle = t.nameWords(names[end:], whole)
	}
	if two {
		p.Second = t.personText(Person{Given: t.nameText(second), Family: p.Family})
	}
	return p
}

// givenWords repairs a given name by its own case; initials that stand alone
// (JW) are judged by the whole name.
func (t *Tables) givenWords(words []string, whole, own letterCase) string {
	if len(words) == 1 {
		own = whole
	}
	return t.nameWords(words, own)
}

func isTitleOnly(t *Tables, w string) bool {
	title, ok := t.titles[titleKey(w)]
	return ok && isCommonTitle(title.canonical)
}
