package sample

import "strconv"

// plantEvery is how many good rows lie between two errors of one kind in one
// file; the first of a kind comes after its own number of rows, at least a
// hundred. So a file of any size stays under one error in a hundred rows of a
// kind, well below the contracts' error share.
const plantEvery = 1000

// plant is one kind of error that one CSV feed gets. make returns the row as
// bytes, without its line end, and its key; good tells of loaded rows.
type plant struct {
	after  int64 // good rows before the first
	kind   string
	rule   string
	effect effect
	object string // "" = the row can't be decoded
	make   func(f *csvFile, serial int64) (row []byte, key string)
	good   func() // counts the row where it is loaded
}

// sow writes the errors that are due after the rows written so far.
func (f *csvFile) sow(t *truth) {
	for _, p := range f.plants {
		if f.rows%plantEvery != p.after {
			continue
		}
		row, key := p.make(f, f.rows)
		line := f.raw(row)
		t.error(plantedError{
			file: f.path, place: strconv.FormatInt(line, 10), kind: p.kind, rule: p.rule, effect: p.effect,
			feed: f.feed, object: p.object, key: key,
		})
		if p.good != nil {
			p.good()
		}
	}
}

// invalidUTF8 is a byte of Windows-1252 (é) that no UTF-8 text has there.
const invalidUTF8 = "Caf\xe9"
