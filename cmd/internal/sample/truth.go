package sample

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
)

// effect says what a correct load does with a planted error.
type effect string

const (
	quarantined effect = "quarantined" // the row is kept aside under the rule named
	loaded      effect = "loaded"      // the row is loaded as it is (orphan keys, late rows)
	flagged     effect = "flagged"     // loaded and marked
	skipped     effect = "skipped"     // known bytes: nothing happens
	excluded    effect = "excluded"    // set aside by the contract
)

// plantedError is one line of truth/errors.csv.
type plantedError struct {
	file, sheet string // sheet: worksheet or database table
	place       string // line, cell or key
	kind, rule  string
	effect      effect
	feed        string
	object      string // schema object it concerns, "" = the undecoded row
	key         string
}

// tally counts one schema object of one delivery.
type tally struct {
	feed, object, file            string
	loaded, quarantined, repeated int64
	hidden, totals, header        int64
	moneyFields                   []string
	money                         []cents
}

// add counts one loaded row; amounts are in the order of moneyFields.
func (t *tally) add(amounts ...cents) {
	t.loaded++
	for i, a := range amounts {
		t.money[i] += a
	}
}

// truth writes what a correct load must find. Each line is written as soon as
// it is known; only the totals are held.
type truth struct {
	persons, errors *truthFile
	tallies         []*tally
	byName          map[[3]string]*tally
	summary         Summary
}

type truthFile struct {
	file *os.File
	out  *bufio.Writer
}

func createTruth(dir, name, header string) (*truthFile, error) {
	file, err := createFile(dir, "truth/"+name)
	if err != nil {
		return nil, err
	}
	f := &truthFile{file: file, out: bufio.NewWriterSize(file, 1<<16)}
	f.line(header)
	return f, nil
}

// line writes one line; the error of the writer is kept and returned by close.
func (f *truthFile) line(text string) {
	f.out.WriteString(text)
	f.out.WriteByte('\n')
}

func (f *truthFile) close() error {
	if f == nil {
		return nil
	}
	err := f.out.Flush()
	if e := f.file.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("write truth: %w", err)
	}
	return nil
}

func newTruth(dir string) (*truth, error) {
	persons, err := createTruth(dir, "persons.csv", "source_system,customer_id,person_id,household_id,kind,bond,role,first_delivery")
	if err != nil {
		return nil, err
	}
	errors, err := createTruth(dir, "errors.csv", "file,sheet,place,kind,rule,effect,feed,object,key")
	if err != nil {
		return nil, err
	}
	return &truth{persons: persons, errors: errors, byName: map[[3]string]*tally{}}, nil
}

// tally returns the counter of one object of one delivery.
func (t *truth) tally(feed, object, file string, moneyFields ...string) *tally {
	name := [3]string{feed, object, file}
	if found, ok := t.byName[name]; ok {
		return found
	}
	made := &tally{feed: feed, object: object, file: file, moneyFields: moneyFields, money: make([]cents, len(moneyFields))}
	t.byName[name] = made
	t.tallies = append(t.tallies, made)
	return made
}

func (t *truth) error(e plantedError) {
	t.summary.Errors++
	t.errors.line(fmt.Sprintf("%s,%s,%s,%s,%s,%s,%s,%s,%s", e.file, e.sheet, e.place, e.kind, e.rule, e.effect, e.feed, e.object, e.key))
	switch e.effect {
	case quarantined:
		t.tally(e.feed, e.object, e.file).quarantined++
	case flagged:
		if e.kind == "exact duplicate" {
			t.tally(e.feed, e.object, e.file).repeated++
		}
	}
}

// person writes one source record's line of truth/persons.csv.
func (t *truth) person(p person, rec record) {
	kind, home := "person", p.index
	if p.org {
		kind = "organisation"
	}
	if p.unit.kind == household || p.unit.kind == twins || p.unit.kind == namesakes {
		home = p.unit.start
	}
	t.summary.Records++
	t.persons.line(rec.role.system() + "," + rec.id + ",P" + strconv.FormatInt(p.index, 10) + ",H" + strconv.FormatInt(home, 10) +
		"," + kind + "," + string(p.unit.kind) + "," + rec.role.String() + "," + dayOfDelivery(rec.delivery).iso())
}

// String is the word of truth/persons.csv.
func (ro role) String() string {
	return [...]string{"contact", "second contact", "lead", "account", "store account", "guest", "billing", "worksheet"}[ro]
}

func (t *truth) writeTotals(dir string) error {
	f, err := createTruth(dir, "totals.csv", "feed,object,delivery,measure,value")
	if err != nil {
		return err
	}
	for _, c := range t.tallies {
		at := c.feed + "," + c.object + "," + c.file + ","
		f.line(at + "loaded," + strconv.FormatInt(c.loaded, 10))
		for _, m := range []struct {
			name string
			n    int64
		}{{"quarantined", c.quarantined}, {"exact_duplicates", c.repeated}, {"excluded_hidden", c.hidden}, {"excluded_totals", c.totals}, {"excluded_header", c.header}} {
			if m.n != 0 {
				f.line(at + m.name + "," + strconv.FormatInt(m.n, 10))
			}
		}
		for i, field := range c.moneyFields {
			f.line(at + "sum " + field + "," + c.money[i].String())
		}
	}
	return f.close()
}

func (t *truth) close() error {
	err := t.persons.close()
	if e := t.errors.close(); err == nil {
		err = e
	}
	return err
}
