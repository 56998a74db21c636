package draft

import (
	"context"
	"fmt"
	"slices"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// findEmployees looks again at tables of users that read as customers: those
// that other tables name as owners and sales people, and never as customers,
// are the company's own people.
func (d *drafter) findEmployees(ctx context.Context) error {
	employee, err := schemas.EntityNamed("employee")
	if err != nil {
		return err
	}
	d.eachTable(func(f *feed, t *table) {
		if err != nil || t.path != "" || t.entity().Name != "customer" || !d.isOfUsers(f, t) {
			return
		}
		key, where, isCustomer := d.ownersOf(t)
		why := fmt.Sprintf("they are users of the system, far fewer than %q, and no row names them as a customer", d.manyBeside(t))
		switch {
		case isCustomer:
			return
		case key != nil:
			why = fmt.Sprintf("%s of %s are among its %q, and no customer: they are users of the system", where.profile.Name, where.table, key.profile.Name)
		case d.manyBeside(t) == "" || len(t.key.columns) != 1 || t.key.hash || d.isShopper(t):
			return
		default:
			key = t.key.columns[0]
		}
		verdict := d.judge.As(employee, recognise.Question{Names: f.namesOf(t), Columns: t.survey.Columns})
		verdict.Why = why
		t.verdict = verdict
		t.setColumns()
		t.key = tableKey{}
		if own := t.byField("employee_id"); own != nil && own.profile != key.profile {
			own.field = nil
		}
		t.setField(t.columns[key.profile.Name], "employee_id", "other tables name employees by it")
		err = d.findKey(ctx, t)
	})
	return err
}

// findServants takes people whom the rows of other tables name beside their
// customer, and never as one, for the company's own where no name says that they
// are customers: doctors beside patients, trainers beside members. So are a few
// who are called by their work.
func (d *drafter) findServants(ctx context.Context) error {
	employee, err := schemas.EntityNamed("employee")
	if err != nil {
		return err
	}
	if err := d.findPeopleOfFirms(ctx); err != nil {
		return err
	}
	d.eachTable(func(f *feed, t *table) {
		if err != nil || f.shipped != nil || t.path != "" || t.entity().Name != "customer" || len(t.key.columns) != 1 || t.key.hash || len(f.tables) > 1 {
			return
		}
		isWork := d.isCalledByWork(t) && d.manyBeside(t) != "" && !d.isNamedCustomer(t)
		if !isWork && d.judge.Tables.NamesCustomer(f.namesOf(t)[0]) || t.byField("account_id") != nil || t.byField("email") != nil && t.byField("street") != nil {
			return
		}
		by, where := d.servedBy(t)
		if by == nil && !isWork {
			return
		}
		key := t.key.columns[0].profile.Name
		t.verdict = d.judge.As(employee, recognise.Question{Names: f.namesOf(t), Columns: t.survey.Columns})
		t.verdict.Party, t.verdict.Why = nil, fmt.Sprintf("they are called by their work, far fewer than %q, and no row names them as a customer", d.manyBeside(t))
		if by != nil {
			t.verdict.Why = fmt.Sprintf("%q of %s holds their ids beside those of customers, and nothing calls them so", by.profile.Name, where.name())
		}
		t.setColumns()
		if own := t.byField("employee_id"); own != nil && own.profile.Name != key {
			own.field = nil
		}
		t.setField(t.columns[key], "employee_id", "other tables name them by it")
		t.key = tableKey{}
		err = d.findKey(ctx, t)
		if by == nil {
			return
		}
		if _, ok := where.entity().Field("employee_id"); ok && where.byField("employee_id") == nil {
			where.setField(by, "employee_id", fmt.Sprintf("its values are keys of %s", t.name()))
		}
	})
	return err
}

// isCalledByWork says whether a table is called as people are who work for a
// school, a practice or a club, perhaps for nothing.
func (d *drafter) isCalledByWork(t *table) bool {
	work := []string{
		"teacher", "teachers", "lehrer", "lehrkraft", "lehrkrafte", "enseignant", "enseignants", "professeur", "professeurs", "profesor", "profesores", "professore", "professori", "insegnante", "insegnanti", "docente", "docenti", "docentes", "docent", "docenten", "leraar", "leraren", "nauczyciel", "nauczyciele", "professor", "professores", "ucitel", "ucitele", "larare",
		"doctor", "doctors", "dentist", "dentists", "arzt", "arzte", "medecin", "medecins", "medico", "medicos", "medici", "dentista", "dentistas", "dentisti", "lekarz", "lekarze", "trainer", "trainers", "coach", "coaches", "therapist", "therapists", "technician", "technicians", "techniker", "technicien", "techniciens", "tecnico", "tecnicos", "tecnici",
		"volunteer", "volunteers", "ehrenamtliche", "ehrenamtler", "freiwillige", "benevole", "benevoles", "voluntario", "voluntarios", "volontario", "volontari", "vrijwilliger", "vrijwilligers", "wolontariusz", "wolontariusze", "dobrovolnik", "dobrovolnici",
	}
	return slices.ContainsFunc(d.judge.Tables.TellingWords(t.feed.namesOf(t)[0]), func(w string) bool { return slices.Contains(work, w) })
}

// findPeopleOfFirms takes what reads as employees, for they have a job, for the
// contacts of firms where a column holds the keys of a table of accounts beside
// it and is called so.
func (d *drafter) findPeopleOfFirms(ctx context.Context) error {
	customer, err := schemas.EntityNamed("customer")
	if err != nil {
		return err
	}
	d.eachTable(func(f *feed, t *table) {
		if err != nil || f.shipped != nil || t.path != "" || t.entity().Name != "employee" {
			return
		}
		firm, of := d.firmOf(t)
		if firm == nil {
			return
		}
		name := firm.profile.Name
		t.verdict = d.judge.As(customer, recognise.Question{Names: f.namesOf(t), Columns: t.survey.Columns})
		t.verdict.Why = fmt.Sprintf("%q holds ids of %s: they are people of those firms", name, of.name())
		t.setColumns()
		t.setField(t.columns[name], "account_id", "its values are keys of "+of.name())
		t.key = tableKey{}
		err = d.findKey(ctx, t)
	})
	return err
}

// firmOf finds the column of a table that holds the keys of accounts beside it,
// and is called by them.
func (d *drafter) firmOf(t *table) (c *columnDraft, of *table) {
	for _, c := range t.order {
		word := d.judge.Tables.IDOf(c.profile.Says())
		if word == "" || c.profile.Deep.Distinct() < fewestValues {
			continue
		}
		for _, g := range d.drafted() {
			u := g.root()
			isFirm := u != t && u.entity().Name == "account" && sameDrop(g, t.feed) && len(u.key.columns) == 1 && !u.key.hash
			if isFirm && (isRowOf(word, u) || d.isShortFor(c, u) || d.judge.Tables.NamesCustomer(word) || slices.Contains(d.judge.Tables.EntityNames(word), "account")) && within(c, u.key.columns[0]) >= refersFrom {
				return c, u
			}
		}
	}
	return nil, nil
}

// servedBy finds a column that holds the keys of a table of people beside the
// key of larger table of customers in each row, and is called by the people's
// table; nil where none does, or any row names them as its customer.
func (d *drafter) servedBy(t *table) (by *columnDraft, where *table) {
	key, isCustomer := t.key.columns[0], false
	d.eachTable(func(f *feed, u *table) {
		if u == t || !sameDrop(f, t.feed) || f.shipped != nil {
			return
		}
		whom := u.byField("customer_id")
		if whom == nil || whom.profile.Deep.Distinct() == 0 {
			return
		}
		if d.judge.Tables.IDOf(whom.profile.Says()) != "" && isRowOf(d.judge.Tables.IDOf(whom.profile.Says()), t) {
			isCustomer = true
		}
		if d.largestOf(whom, t) == nil {
			return
		}
		for _, c := range u.order {
			of := d.judge.Tables.IDOf(c.profile.Says())
			if c != whom && of != "" && c.profile.Deep.Distinct() > 0 && d.callsRow(of, t) && within(c, key) >= refersFrom {
				by, where = c, u
			}
		}
	})
	if isCustomer {
		return nil, nil
	}
	return by, where
}

// largestOf is the table of customers, larger than another, that a column holds
// the keys of.
func (d *drafter) largestOf(c *columnDraft, than *table) *table {
	for _, p := range d.providers() {
		if p.table != than && p.table.survey.Rows > than.survey.Rows && sameDrop(p.table.feed, than.feed) && within(c, p.key) >= refersFrom {
			return p.table
		}
	}
	return nil
}

// callsRow says whether a word is what one row of a table is called, whatever
// the ending: "lekarza" of "lekarze".
func (d *drafter) callsRow(word string, t *table) bool {
	const shortest, longestEnd = 4, 2
	name := recognise.FoldKey(t.feed.parts[0].drop.plain)
	n := 0
	for n < min(len(word), len(name)) && word[n] == name[n] {
		n++
	}
	return isRowOf(word, t) || n >= shortest && len(word)-n <= longestEnd && len(name)-n <= longestEnd
}

// findShoppers takes users that orders, payments or visits name for customers:
// the users of a store are.
func (d *drafter) findShoppers() {
	const nearlyAll = .9
	d.eachTable(func(f *feed, t *table) {
		if t.entity().Name != "customer" || !d.isOfUsers(f, t) || len(t.key.columns) != 1 {
			return
		}
		d.eachTable(func(_ *feed, u *table) {
			c := u.byField("employee_id")
			_, ok := u.entity().Field("customer_id")
			if c != nil && ok && isUser(c) && u.byField("customer_id") == nil && c.profile.Deep.Distinct() > 0 && within(c, t.key.columns[0]) >= nearlyAll {
				u.setField(c, "customer_id", fmt.Sprintf("its values are keys of %s, who are no employees", t.name()))
			}
		})
	})
}

// isUser says whether a header says no more than whose account it is.
func isUser(c *columnDraft) bool {
	return slices.Contains([]string{"userid", "user"}, recognise.FoldKey(c.profile.Says()))
}

// isOfSales says whether the users that a table's rows name are sales people.
func isOfSales(t *table) bool {
	return slices.Contains([]string{"lead", "opportunity", "activity", "account", "contact", "stage_event", "customer", "case"}, t.entity().Name)
}

func userWords() []string {
	return []string{"user", "users", "owner", "owners", "benutzer", "anwender", "utilisateur", "utilisateurs", "usuario", "usuarios", "utente", "utenti", "gebruiker", "gebruikers", "uzytkownik", "uzytkownicy", "anvandare", "utilizador", "utilizadores", "uzivatel", "uzivatele", "kullanici", "kullanicilar"}
}

// isOfUsers says whether a table is called as those of a system's users are.
func (d *drafter) isOfUsers(f *feed, t *table) bool {
	words := d.judge.Tables.TellingWords(f.namesOf(t)[0])
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(userWords(), w) })
}

// owner is a column that names employees.
type owner struct {
	profile *recognise.Profile
	table   string
}

// ownersOf finds the column of a table by which others name their owners; nil
// where none does. isCustomer says that others name their customers by its key.
func (d *drafter) ownersOf(t *table) (key *columnDraft, where owner, isCustomer bool) {
	const nearlyAll = .9
	most := 0
	d.eachTable(func(f *feed, u *table) {
		if u == t || f.parts[0].drop.folder != t.feed.parts[0].drop.folder {
			return
		}
		if c := u.byField("customer_id"); c != nil && len(t.key.columns) == 1 && c.profile.Deep.Distinct() > 0 && within(c, t.key.columns[0]) >= nearlyAll {
			isCustomer = true
		}
		for _, field := range []string{"employee_id", "employee_name"} {
			c := u.byField(field)
			if c == nil || c.profile.Deep.Distinct() == 0 || isUser(c) && !isOfSales(u) {
				continue
			}
			for _, o := range t.order {
				if n := c.profile.Deep.Within(o.profile.Deep); within(c, o) >= nearlyAll && n > most && t.isUnique(o) {
					key, where, most = o, owner{c.profile, u.name()}, n
				}
			}
		}
	})
	return key, where, isCustomer
}

// manyBeside names a table of customers beside a few users of a system that is
// many times as large, "" where there is none.
func (d *drafter) manyBeside(t *table) string {
	const few, times = 100, 3
	for _, p := range d.providers() {
		if u := p.table; u != t && t.survey.Rows <= few && u.survey.Rows >= times*t.survey.Rows && sameDrop(u.feed, t.feed) && slices.Contains([]string{"customer", "account"}, u.entity().Name) {
			return u.name()
		}
	}
	return ""
}

// isShopper says whether orders, payments or visits name the users of a table.
func (d *drafter) isShopper(t *table) bool {
	const some = .5
	found := false
	d.eachTable(func(_ *feed, u *table) {
		for _, c := range u.order {
			_, ok := u.entity().Field("customer_id")
			found = found || u != t && ok && !isOfSales(u) && isUser(c) && c.profile.Deep.Distinct() > 0 && within(c, t.key.columns[0]) >= some
		}
	})
	return found
}
