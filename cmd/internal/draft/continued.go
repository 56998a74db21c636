package draft

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/extract"
	"loadstar/schemas"
)

// continueTables reads the tables of a database together with those that keep
// what is said of their rows apart, one row for each: whether it was deleted, as
// systems do that number all their records in one table, and who the customer of
// an order is. What such a table says would be lost, or be customers by itself.
func (d *drafter) continueTables(ctx context.Context, whole extract.Pull, parts []*part) ([]*part, error) {
	return d.continueParts(parts, func(p *part, with []extract.Continuation) ([]*part, error) {
		pull := whole
		pull.Feed, pull.Table = slug(p.drop.table), p.drop.table
		query, err := pull.Continued(with)
		if err != nil {
			return nil, err
		}
		pull.Table, pull.Query = "", query
		p.drop.query = query
		return d.lookAtPull(ctx, p.drop, pull)
	})
}

// continueFiles does the same with dumps of tables: delimited texts of one
// folder that are written alike, and whose names tell no day.
func (d *drafter) continueFiles(ctx context.Context, parts []*part) ([]*part, error) {
	var folders []string
	for _, p := range parts {
		if !slices.Contains(folders, p.drop.folder) {
			folders = append(folders, p.drop.folder)
		}
	}
	var all []*part
	for _, folder := range folders {
		var beside []*part
		for _, p := range parts {
			isOne := p.drop.folder == folder && p.mayContinue()
			switch {
			case isOne && (len(beside) == 0 || beside[0].writtenAs(p)):
				beside = append(beside, p)
			case p.drop.folder == folder:
				all = append(all, p)
			}
		}
		found, err := d.continueParts(beside, func(p *part, with []extract.Continuation) ([]*part, error) {
			return d.lookAtContinued(ctx, p, with)
		})
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// mayContinue says whether a part is a text that can be read with others.
func (p *part) mayContinue() bool {
	c := p.file.Dialect
	return c.Format == "csv" && c.Compression == "" && c.Header == 1 && c.Skip == 0 && len(c.HeaderFind) == 0 && len(p.file.Groups) == 0 &&
		len(p.surveys) == 1 && p.drop.date.text == ""
}

// writtenAs says whether two texts have the same marks and encoding.
func (p *part) writtenAs(o *part) bool {
	a, b := p.file.Dialect, o.file.Dialect
	return a.Delimiter == b.Delimiter && a.Quote == b.Quote && a.Escape == b.Escape && a.Encoding == b.Encoding && a.Comment == b.Comment
}

// lookAtContinued surveys a text with the columns of those that continue it.
func (d *drafter) lookAtContinued(ctx context.Context, p *part, with []extract.Continuation) (_ []*part, err error) {
	text, err := os.CreateTemp(d.work, "continued-*"+filepath.Ext(p.drop.path))
	if err != nil {
		return nil, err
	}
	if err := errors.Join(extract.WriteContinued(ctx, p.file.Dialect, p.drop.path, with, text), text.Close()); err != nil {
		return nil, err
	}
	info, err := os.Stat(text.Name())
	if err != nil {
		return nil, err
	}
	file, err := recognise.OpenFile(text.Name(), "", info, recognise.Hints{}, d.judge.Tables)
	if err != nil {
		return nil, err
	}
	file.Dialect = p.file.Dialect
	p.drop.with = with
	return d.survey(ctx, p.drop, file, nil, 1)
}

// continueParts reads the parts that others continue anew, and leaves these out.
func (d *drafter) continueParts(parts []*part, read func(p *part, with []extract.Continuation) ([]*part, error)) ([]*part, error) {
	with, used := map[*part][]extract.Continuation{}, map[*part]bool{}
	for _, more := range parts {
		for _, c := range d.continuationsOf(more, parts) {
			with[c.base] = append(with[c.base], c.Continuation)
			used[more] = true
		}
	}
	var all []*part
	for _, p := range parts {
		switch {
		case used[p]:
			d.left(p.drop.path, "its rows tell more of those of other tables: it is read with them")
			continue
		case len(with[p]) == 0:
			all = append(all, p)
			continue
		}
		found, err := read(p, with[p])
		if err != nil {
			return nil, fmt.Errorf("look at %s with what continues it: %w", p.drop.path, err)
		}
		found[0].file.Notes = append(found[0].file.Notes, fmt.Sprintf("what %s says of each row is read with it", filepath.Base(with[p][0].Table)))
		all = append(all, found...)
	}
	return all, nil
}

// continuation is what a table tells of the rows of another.
type continuation struct {
	extract.Continuation
	base *part
}

// continuationsOf lists the tables that one continues; none where its rows are
// things of their own.
func (d *drafter) continuationsOf(more *part, parts []*part) []continuation {
	if deleted := d.columnSaying(more, "is_deleted"); deleted != nil && !d.isEntity(more) {
		return d.deletedIn(more, deleted, parts)
	}
	return d.buyersIn(more, parts)
}

// isEntity says whether a table reads as something by itself.
func (d *drafter) isEntity(p *part) bool {
	_, ok := d.judge.Decide(recognise.Question{Names: []string{p.drop.plain}, Columns: p.surveys[0].Columns})
	return ok
}

// columnSaying is the column of a table that is called as a field of customers
// which is yes or no, and holds nothing else.
func (d *drafter) columnSaying(p *part, field string) *recognise.Profile {
	for _, c := range p.surveys[0].Columns {
		answers, _ := d.judge.Answers(c)
		if c.Filled > 0 && len(answers.Yes)+len(answers.No) > 0 && len(answers.Yes)+len(answers.No) == len(c.Sample()) && d.judge.Tables.MayMean(c.Says(), "customer", field) {
			return c
		}
	}
	return nil
}

// sharedRows is the part of a table's keys that another has too from which on it
// continues the rows.
const sharedRows = .98

// deletedIn lists the tables whose rows another numbers, and says which were
// deleted: those whose key is called as its own, or all that share its numbers
// with one another and have none in common.
func (d *drafter) deletedIn(more *part, deleted *recognise.Profile, parts []*part) []continuation {
	key := more.uniqueColumn()
	if key == nil {
		return nil
	}
	type candidate struct {
		part *part
		key  *recognise.Profile
	}
	var candidates []candidate
	for _, p := range parts {
		own := p.uniqueColumn()
		if p == more || own == nil || own.Deep.Distinct() < sameKeys || d.columnSaying(p, "is_deleted") != nil {
			continue
		}
		if float64(own.Deep.Within(key.Deep)) >= sharedRows*float64(own.Deep.Distinct()) {
			candidates = append(candidates, candidate{p, own})
		}
	}
	var list []continuation
	for _, c := range candidates {
		isApart := slices.ContainsFunc(candidates, func(o candidate) bool { return o.part != c.part && o.key.Deep.Within(c.key.Deep) == 0 })
		isCalled := !d.judge.Tables.IsIDWord(key.Says()) && recognise.FoldKey(c.key.Name) == recognise.FoldKey(key.Name) ||
			recognise.FoldKey(c.part.drop.plain) != "" && isPlural(d.judge.Tables.IDOf(key.Says()), recognise.FoldKey(c.part.drop.plain))
		if !isApart && !isCalled {
			continue
		}
		columns := []string{deleted.Name}
		for _, p := range more.surveys[0].Columns {
			tells := func(field string) bool { return d.judge.Tables.MayMean(p.Says(), "opportunity", field) }
			if p != deleted && p != key && p.Filled > 0 && !c.part.hasColumn(p.Name) && (tells("created_at") || tells("updated_at") || tells("employee_id")) {
				columns = append(columns, p.Name)
			}
		}
		list = append(list, continuation{extract.Continuation{Table: more.drop.source(), Key: key.Name, Of: c.key.Name, Columns: columns}, c.part})
	}
	return list
}

// buyersIn finds the table of orders or other documents that name no customer,
// where a table has one row for each that does.
func (d *drafter) buyersIn(more *part, parts []*part) []continuation {
	words := d.judge.Tables
	for _, link := range more.surveys[0].Columns {
		of := words.IDOf(link.Says())
		if of == "" || words.NamesCustomer(link.Says()) || link.Filled != more.surveys[0].Rows || link.Deep.Distinct() != link.Filled {
			continue
		}
		at := slices.IndexFunc(parts, func(p *part) bool {
			key := p.uniqueColumn()
			return p != more && key != nil && isPlural(of, recognise.FoldKey(p.drop.plain)) && key.Deep.Distinct() >= sameKeys &&
				float64(link.Deep.Within(key.Deep)) >= sharedRows*float64(link.Deep.Distinct()) && !slices.ContainsFunc(p.surveys[0].Columns, d.tellsBuyer)
		})
		if at < 0 {
			continue
		}
		base := parts[at]
		if columns := d.buyerColumns(more, base, link); len(columns) > 0 {
			return []continuation{{extract.Continuation{Table: more.drop.source(), Key: link.Name, Of: base.uniqueColumn().Name, Columns: columns}, base}}
		}
	}
	return nil
}

// buyerColumns lists the columns that say who the customer is, which another
// table lacks; none where none is an id or an e-mail address.
func (d *drafter) buyerColumns(more, base *part, link *recognise.Profile) (columns []string) {
	customer, err := schemas.EntityNamed("customer")
	if err != nil || !slices.ContainsFunc(more.surveys[0].Columns, d.tellsBuyer) {
		return nil
	}
	who := d.judge.As(customer, recognise.Question{Names: []string{customer.Name}, Columns: more.surveys[0].Columns})
	for _, c := range more.surveys[0].Columns {
		isWho := slices.ContainsFunc(who.Fields, func(f recognise.FieldColumn) bool { return f.Column == c && f.Field.PII })
		if c != link && c.Filled > 0 && !base.hasColumn(c.Name) && (isWho || d.tellsBuyer(c)) {
			columns = append(columns, c.Name)
		}
	}
	return columns
}

// tellsBuyer says whether a column names the customer of its row by an id or an
// e-mail address.
func (d *drafter) tellsBuyer(c *recognise.Profile) bool {
	return c.Filled > 0 && (d.judge.Tables.NamesCustomer(c.Says()) || d.judge.HoldsEmail(c))
}

// source is the table of a database, or else the file.
func (o *drop) source() string {
	if o.table != "" {
		return o.table
	}
	return o.path
}

// uniqueColumn is the key of a table: what the database declares, else the first
// column that has another value on each row and is called as one; nil where none is.
func (p *part) uniqueColumn() *recognise.Profile {
	rows := p.surveys[0].Rows
	for _, c := range p.surveys[0].Columns {
		isUnique := c.Filled == rows && rows > 0 && c.Deep.Distinct() == rows
		if isUnique && (c.Name == p.drop.key || p.drop.key == "" && strings.HasSuffix(recognise.FoldKey(c.Name), "id")) {
			return c
		}
	}
	return nil
}

func (p *part) hasColumn(name string) bool {
	return slices.ContainsFunc(p.surveys[0].Columns, func(c *recognise.Profile) bool { return strings.EqualFold(c.Name, name) })
}
