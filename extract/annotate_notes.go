package extract

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Names of parts that no other part of a workbook has: those from firstNotes on
// hold the notes of one sheet each, and how they are drawn.
const (
	firstNotes   = 90_001
	firstDrawing = 95_001 // of the other drawings in the old format: page headers, say
)

// relationList is a relationship part.
type relationList struct {
	XMLName xml.Name `xml:"http://schemas.openxmlformats.org/package/2006/relationships Relationships"`
	List    []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
		Mode   string `xml:"TargetMode,attr,omitempty"`
	} `xml:"Relationship"`
}

// renameNotes gives the parts with notes the names that the library goes by: it
// takes the notes of a sheet to bear the number of their drawing, which holds
// for few other programs, and loses those that do not.
func renameNotes(book *excelize.File) error {
	p := &partNames{parts: map[string][]byte{}, moved: map[string][]byte{}}
	book.Pkg.Range(func(name, content any) bool {
		if text, ok := content.([]byte); ok {
			p.parts[name.(string)] = text
		}
		return true
	})
	notes, drawings := firstNotes, firstDrawing
	for _, name := range slices.Sorted(maps.Keys(p.parts)) {
		folder, file := path.Split(name)
		if folder != "xl/worksheets/_rels/" || !strings.HasSuffix(file, ".rels") {
			continue
		}
		sheet := p.parts["xl/worksheets/"+strings.TrimSuffix(file, ".rels")]
		var relations relationList
		if err := xml.Unmarshal(p.parts[name], &relations); err != nil {
			return fmt.Errorf("part %s: %w", name, err)
		}
		drawn := legacyDrawing(sheet)
		hasNotes := false
		for i := range relations.List {
			r := &relations.List[i]
			var to string
			switch kind := path.Base(r.Type); {
			case r.Mode == "External":
			case kind == "comments":
				to, hasNotes = "xl/comments"+strconv.Itoa(notes)+".xml", true
			case kind == "vmlDrawing" && r.ID == drawn:
				to = "xl/drawings/vmlDrawing" + strconv.Itoa(notes) + ".vml"
			case kind == "vmlDrawing":
				to = "xl/drawings/vmlDrawing" + strconv.Itoa(drawings) + ".vml"
				drawings++
			}
			if to == "" {
				continue
			}
			from := r.Target
			if !strings.HasPrefix(from, "/") {
				from = path.Join("/xl/worksheets", from)
			}
			p.rename(strings.TrimPrefix(from, "/"), to)
			r.Target = "../" + strings.TrimPrefix(to, "xl/")
		}
		if hasNotes && drawn == "" {
			return fmt.Errorf("part %s: its notes are drawn nowhere: %w", name, errNoRemarks)
		}
		notes++
		changed, err := xml.Marshal(relations)
		if err != nil {
			return err
		}
		p.moved[name] = append([]byte(xml.Header), changed...)
	}
	p.store(book)
	return nil
}

// partNames are the parts of a workbook, and which get other names.
type partNames struct {
	parts map[string][]byte
	moved map[string][]byte // by new name
	left  []string          // old names
	kinds []string          // pairs for the list of the parts' kinds
}

// rename moves a part with its own relations.
func (p *partNames) rename(from, to string) {
	relationsOf := func(name string) string { return path.Join(path.Dir(name), "_rels", path.Base(name)+".rels") }
	for name, text := range p.parts {
		switch plain := strings.TrimPrefix(name, "/"); {
		case strings.EqualFold(plain, from):
			p.moved[to] = text
		case strings.EqualFold(plain, relationsOf(from)):
			p.moved[relationsOf(to)] = text
		default:
			continue
		}
		p.left = append(p.left, name)
	}
	p.kinds = append(p.kinds, `"/`+from+`"`, `"/`+to+`"`)
}

// store takes the new names over into the workbook.
func (p *partNames) store(book *excelize.File) {
	for _, name := range p.left {
		book.Pkg.Delete(name)
	}
	for name, text := range p.moved {
		book.Pkg.Store(name, text)
	}
	const kinds = "[Content_Types].xml"
	book.Pkg.Store(kinds, []byte(strings.NewReplacer(p.kinds...).Replace(string(p.parts[kinds]))))
}

// legacyDrawing is the id of the drawing that shows a sheet's notes, "" = none.
func legacyDrawing(sheet []byte) string {
	at := bytes.LastIndex(sheet, []byte("legacyDrawing "))
	if at < 0 {
		return ""
	}
	for s := (xmlScanner{buf: append([]byte{'<'}, sheet[at:]...)}); ; {
		kind, err := s.next()
		if err != nil || kind == xmlEnd {
			return ""
		}
		if kind == xmlOpen || kind == xmlEmpty {
			return string(s.attr("id"))
		}
	}
}
