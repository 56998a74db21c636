package recognise

import "slices"

// Sections are the titles of the parts of a table whose header comes again below
// each of them, as boards are exported with a part for each state of things.
type Sections struct {
	Column string   // in which they stand
	Titles []string // nil = it has no parts
}

// sections finds the titles of blocks that begin with the header of a table.
func (g *sheetGrid) sections(of SheetTable, t *WordTables) Sections {
	found := Sections{Column: of.Section.Column}
	if of.Height > 1 {
		return Sections{}
	}
	for _, block := range g.blocks {
		next, ok := findHeader(block, t)
		if ok && next.Title != "" && next.Top > of.Top && next.Height == 1 && slices.Equal(next.Labels, of.Labels) {
			found.Column, found.Titles = next.Section.Column, append(found.Titles, next.Title)
		}
	}
	if found.Column == "" || len(found.Titles) == 0 {
		return Sections{}
	}
	if of.Title != "" && !slices.Contains(found.Titles, of.Title) {
		found.Titles = append(found.Titles, of.Title)
	}
	return found
}
