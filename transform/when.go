package transform

import (
	"slices"

	"loadstar/schemas"
)

// concerns says whether the row has a value in each of the object's when
// columns, or one of those that it must have; the empty text among them is a
// column without a value.
func (r *run) concerns(i int) bool {
	for k, j := range r.binding.when {
		s, _ := r.in.columns[j].value(i)
		if s = Text(s); r.isNothing(j, s) {
			s = ""
		}
		if !r.isMeant(k, s) {
			return false
		}
	}
	return true
}

// isMeant says whether a text of a when column is one that concerns the object.
func (r *run) isMeant(when int, text string) bool {
	is := r.op.object.WhenIs[r.op.object.When[when]]
	switch {
	case len(is) > 0:
		return slices.Contains(is, text)
	case len(r.notMeant(when)) > 0:
		return !slices.Contains(r.notMeant(when), text)
	}
	return text != ""
}

// notMeant are the texts of a when column that leave a row out.
func (r *run) notMeant(when int) []string { return r.op.object.WhenNot[r.op.object.When[when]] }

// leavesOthers says whether what is not meant in a when column is left out.
func (r *run) leavesOthers(when int) bool {
	o := r.op.object
	return slices.Contains(o.WhenLeaves, o.When[when]) || len(r.notMeant(when)) > 0
}

// isUnclaimed says whether a row concerns none of the objects of its feed, for
// want of values that one of them takes: it would be lost. A row that one of
// them leaves out, by a word that counts as no value or since it leaves all
// others, is left out by rule.
func (r *run) isUnclaimed(i int) bool {
	if len(r.beside) == 0 || !r.lacks(i) {
		return false
	}
	for _, other := range r.beside {
		if !other.lacks(i) {
			return false
		}
	}
	return true
}

// lacks says whether a when column of the row is blank, or another's.
func (r *run) lacks(i int) bool {
	for k, j := range r.binding.when {
		s, _ := r.in.columns[j].value(i)
		if s = Text(s); r.isMeant(k, s) {
			continue
		}
		if s == "" || !r.isNothing(j, s) && !r.leavesOthers(k) {
			return true
		}
	}
	return false
}

// isNothing says whether a property of column j counts the text as no value.
func (r *run) isNothing(j int, text string) bool {
	for k := range r.op.columns {
		if c := &r.op.columns[k]; r.binding.columns[c.property] == j && c.nulls[text] {
			return true
		}
	}
	return false
}

// whenColumn is the index of a column that a row must have a value in: that of
// the property of this name, else the column itself; -1 = none.
func whenColumn(name string, o schemas.Object, columns []int, header, folded []string) int {
	for i, p := range o.Properties {
		if p.Name == name && columns[i] >= 0 {
			return columns[i]
		}
	}
	return columnNamed(name, header, folded)
}
