package recognise

import (
	"fmt"
	"slices"
	"strings"

	"loadstar/schemas"
)

func (t *WordTables) addField(cells []string) error {
	if len(cells) != 4 {
		return fmt.Errorf("%d cells, want entities, field, language and words", len(cells))
	}
	w := fieldWord{field: cells[1], language: cells[2]}
	if cells[0] != "*" {
		w.entities = strings.Split(cells[0], ",")
	}
	for _, name := range w.entities {
		entity, err := schemas.EntityNamed(name)
		if err != nil {
			return err
		}
		if _, ok := entity.Field(w.field); !ok {
			return fmt.Errorf("entity %s has no field %s", name, w.field)
		}
	}
	for _, label := range strings.Split(cells[3], "|") {
		key := FoldKey(label)
		t.lexicon.add(label, w.language)
		t.business.fields[key] = append(t.business.fields[key], w)
	}
	return nil
}

func (t *WordTables) addEntity(cells []string) error {
	b := &t.business
	switch {
	case cells[0] == "needs" && len(cells) == 3:
		entity, err := schemas.EntityNamed(cells[1])
		if err != nil {
			return err
		}
		for _, group := range strings.Fields(cells[2]) {
			fields := strings.Split(group, "|")
			for _, f := range fields {
				if _, ok := entity.Field(f); !ok {
					return fmt.Errorf("entity %s has no field %s", entity.Name, f)
				}
			}
			b.needs[cells[1]] = append(b.needs[cells[1]], fields)
		}
	case cells[0] == "aside" && len(cells) == 3:
		for _, entity := range strings.Split(cells[1], ",") {
			for _, word := range strings.Split(cells[2], "|") {
				b.aside[entity+" "+word] = true
			}
		}
	case cells[0] == "name" && len(cells) == 4:
		for _, label := range strings.Split(cells[3], "|") {
			t.lexicon.add(label, cells[2])
			if key := FoldKey(label); !slices.Contains(b.names[key], cells[1]) {
				b.names[key] = append(b.names[key], cells[1])
			}
			t.addHead(cells[2], label)
		}
	case cells[0] == "short" && len(cells) == 4:
		for _, w := range strings.Split(cells[3], "|") {
			b.short[w] = append(b.short[w], cells[2])
			t.lexicon.add(cells[2], cells[1])
		}
	case len(cells) == 3 && slices.Contains([]string{"id", "line", "count", "net", "taxed", "tax", "fee", "gross", "unit", "code", "file", "place", "sold", "supplier", "life", "second", "settles", "revision", "begin", "end", "invite"}, cells[0]):
		into := map[string]map[string]bool{"id": b.ids, "line": b.lines, "count": b.counts, "net": b.nets, "taxed": b.taxed, "tax": b.taxes, "fee": b.fees, "gross": b.gross, "unit": b.units, "code": b.codes, "file": b.file, "place": b.places, "sold": b.sold, "supplier": b.suppliers, "life": b.lives, "second": b.second, "settles": b.settles, "revision": b.revisions, "begin": b.begins, "end": b.ends, "invite": b.invites}[cells[0]]
		for _, label := range strings.Split(cells[2], "|") {
			t.lexicon.add(label, cells[1])
			into[FoldKey(label)] = true
		}
	default:
		return fmt.Errorf("want name, needs, short, id, line, count, net, taxed, tax, fee, gross, unit, code, file, place, sold, supplier, life, second, settles, revision, begin, end or invite with their cells")
	}
	return nil
}

func (t *WordTables) addStage(cells []string) error {
	if len(cells) != 3 {
		return fmt.Errorf("%d cells, want stage, language and words", len(cells))
	}
	into := map[string]map[string]bool{"moment": t.business.moments, "thing": t.business.things, "negation": t.business.negations, "over": t.business.overs, "touch": t.business.touches}[cells[0]]
	for i, label := range strings.Split(cells[2], "|") {
		switch {
		case cells[0] == "ordinal":
			t.business.ordinals[FoldKey(label)] = i + 1
		case into != nil:
			into[FoldKey(label)] = true
		default:
			t.business.stages[FoldKey(label)] = cells[0]
		}
	}
	return nil
}

func (t *WordTables) addValue(cells []string) error {
	if len(cells) != 3 {
		return fmt.Errorf("%d cells, want a field, its word and words", len(cells))
	}
	into := t.business.values[cells[0]]
	if into == nil {
		into = map[string]string{}
		t.business.values[cells[0]] = into
	}
	for _, label := range strings.Split(cells[2], "|") {
		into[FoldKey(label)] = cells[1]
	}
	return nil
}
