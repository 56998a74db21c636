package draft

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/recognise"
	"loadstar/extract"
)

// Modes of the project's files.
const (
	folderMode = 0o750
	fileMode   = 0o640
)

// write makes the project's files and completes the report.
func (d *drafter) write(context.Context) error {
	for _, f := range d.feeds {
		if f.shipped != nil {
			d.reportShipped(f)
			continue
		}
		document := d.render(f, false)
		name := filepath.Join(contractFolder, f.name+".yaml")
		if err := d.writeFile(name, document); err != nil {
			return err
		}
		d.reportFeed(f, filepath.ToSlash(name), document)
	}
	if err := d.writeProcesses(); err != nil {
		return err
	}
	if err := d.writeSecrets(); err != nil {
		return err
	}
	return d.writeFile(config.FileName, d.project())
}

func (d *drafter) writeFile(name string, w *document) error {
	path := filepath.Join(d.o.Dir, name)
	if err := os.MkdirAll(filepath.Dir(path), folderMode); err != nil {
		return fmt.Errorf("make project folder: %w", err)
	}
	if err := os.WriteFile(path, []byte(w.text.String()), fileMode); err != nil {
		return fmt.Errorf("write project: %w", err)
	}
	d.report.Files = append(d.report.Files, path)
	for _, o := range w.open {
		o.File = path
		d.report.Open = append(d.report.Open, o)
	}
	return nil
}

// reportShipped reports a feed that a shipped contract is used for.
func (d *drafter) reportShipped(f *feed) {
	c := f.shipped.contract
	r := FeedReport{Name: f.name, Contract: builtin + f.shipped.name, Files: len(f.parts), Delivery: string(c.Delivery), Refused: f.refused}
	for _, p := range f.parts {
		r.Rows += p.surveys[0].Rows
	}
	taken := map[string]bool{}
	for _, names := range f.shipped.columns {
		for _, n := range names {
			taken[n] = true
		}
	}
	for _, p := range f.root().survey.Columns {
		if taken[recognise.FoldKey(p.Name)] {
			r.Understood++
		} else {
			r.Attributes++
		}
	}
	var key []string
	for _, o := range c.Objects {
		if !slices.Contains(r.Entities, o.Entity) {
			r.Entities = append(r.Entities, o.Entity)
		}
	}
	for _, p := range c.Objects[0].Properties {
		if p.Key > 0 {
			key = append(key, p.Name)
		}
	}
	r.Key = strings.Join(key, " + ")
	d.report.Feeds = append(d.report.Feeds, r)
}

func (d *drafter) reportFeed(f *feed, contract string, w *document) {
	r := FeedReport{Name: f.name, Contract: contract, Files: len(f.parts), Delivery: string(f.delivery.mode), Refused: f.refused, Open: len(w.open)}
	for _, p := range f.parts {
		for _, survey := range p.surveys {
			if survey.Path == f.root().path {
				r.Rows += survey.Rows
			}
		}
	}
	for _, o := range f.contract.objects {
		if !slices.Contains(r.Entities, o.entity) {
			r.Entities = append(r.Entities, o.entity)
		}
		for _, p := range o.properties {
			if p.field != "" {
				r.Understood++
			} else if p.from == "" {
				r.Attributes++
			}
		}
	}
	var key []string
	for _, p := range f.contract.objects[0].properties {
		if p.key > 0 {
			key = append(key, p.name)
		}
	}
	r.Key = strings.Join(key, " + ")
	d.report.Feeds = append(d.report.Feeds, r)
}

// project writes loadstar.yaml.
func (d *drafter) project() *document {
	w := &document{}
	w.comment(0, "Drafted by `loadstar init`. Each feed's contract says how its deliveries are written and what its columns mean.")
	w.add(0, "version: 1")
	w.add(0, "company:")
	w.add(2, "name: %s", scalar(d.companyName()))
	for _, s := range []struct{ key, value string }{{"time_zone", d.company.TimeZone}, {"currency", d.company.Currency}, {"country", d.company.Country}} {
		if s.value != "" {
			w.add(2, "%s: %s # %s", s.key, s.value, oneLine(d.why[s.key]))
		}
	}
	w.add(0, "warehouse: warehouse")
	d.connections(w)
	w.add(0, "feeds:")
	for _, f := range d.feeds {
		first := f.parts[0].drop
		from := fmt.Sprintf("{%s: %s}", f.format(), scalar(f.pattern))
		switch {
		case len(first.with) > 0:
			from = fmt.Sprintf("{%s: %s, with: [%s]}", f.format(), scalar(f.pattern), d.withText(first.with))
		case first.query != "":
			from = fmt.Sprintf("{query: %s, connection: %s}", scalar(first.query), first.connection)
		case first.table != "":
			from = fmt.Sprintf("{table: %s, connection: %s}", scalar(first.table), first.connection)
			if f.delivery.cursor != "" && f.shipped == nil {
				from = fmt.Sprintf("{table: %s, connection: %s, cursor: %s}", scalar(first.table), first.connection, scalar(f.delivery.cursor))
			}
		}
		w.add(2, "%s:", f.name)
		if f.shipped != nil {
			w.add(4, "contract: %s%s # it has the columns of this table", builtin, f.shipped.name)
		} else {
			w.add(4, "contract: %s/%s.yaml", contractFolder, f.name)
		}
		w.add(4, "from: %s", from)
	}
	if len(d.processes) > 0 {
		w.comment(0, "the order of the activities of logs, guessed from how often each follows which")
		var names []string
		for _, p := range d.processes {
			names = append(names, funnelFolder+"/"+p.name+".yaml")
		}
		w.add(0, "funnels: [%s]", strings.Join(names, ", "))
	}
	if ignored := d.ignored(); len(ignored) > 0 {
		w.comment(0, "files that no feed reads, as said below: no run tells of them")
		w.add(0, "ignore: [%s]", strings.Join(ignored, ", "))
	}
	for _, l := range d.report.LeftOut {
		w.comment(0, fmt.Sprintf("left out: %s: %s", l.Place, l.Why))
	}
	for _, e := range d.empty {
		w.comment(0, "empty when this was drafted: "+e)
	}
	return w
}

// withText names the files that a feed is read with.
func (d *drafter) withText(with []extract.Continuation) string {
	var list []string
	for _, c := range with {
		at := slices.IndexFunc(d.drops, func(o *drop) bool { return o.path == c.Table })
		var columns []string
		for _, name := range c.Columns {
			columns = append(columns, scalar(name))
		}
		list = append(list, fmt.Sprintf("{csv: %s, key: %s, of: %s, columns: [%s]}", scalar(filepath.ToSlash(d.drops[at].rel)), scalar(c.Key), scalar(c.Of), strings.Join(columns, ", ")))
	}
	return strings.Join(list, ", ")
}

// ignored lists the files of tables that are no entity, of which nothing else
// is read.
func (d *drafter) ignored() (patterns []string) {
	var none []*feed
	for _, u := range d.unread {
		none = append(none, u.feed)
	}
	for _, list := range d.lists {
		none = append(none, list.feed)
	}
	isRead := map[*drop]bool{}
	for _, f := range d.feeds {
		for _, p := range f.parts {
			isRead[p.drop] = true
		}
	}
	for _, f := range none {
		for _, p := range f.parts {
			if p.drop.table == "" && !isRead[p.drop] {
				isRead[p.drop] = true
				patterns = append(patterns, scalar(recognise.LiteralGlob(filepath.ToSlash(p.drop.rel))))
			}
		}
	}
	slices.Sort(patterns)
	return patterns
}
