package extract

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"loadstar/schemas/fault"
)

// sheetEntry is one worksheet of a workbook.
type sheetEntry struct {
	name   string
	hidden bool
	part   string // "" = the workbook names one that it lacks
}

// workbook is what a workbook says about its worksheets.
type workbook struct {
	sheets  []sheetEntry // in the order of the tabs, worksheets only
	system  dateSystem
	strings string // part of the shared strings, "" = none
	styles  string // part of the styles, "" = none
	stale   bool   // its writer left the formulas to be computed when it is opened
}

var errBinaryExcel = fault.New(fault.DeliveryKind, "it is a binary workbook (xlsb); save it as xlsx")

// readWorkbook reads the workbook's list of sheets and the parts they need.
func readWorkbook(w *workbookFile) (workbook, error) {
	main := "xl/workbook.xml"
	if w.find("_rels/.rels") != nil {
		top, err := readRelations(w, "_rels/.rels", "")
		if err != nil {
			return workbook{}, err
		}
		for _, r := range top {
			if r.kind == "officeDocument" {
				main = r.target
			}
		}
	}
	if strings.HasSuffix(strings.ToLower(main), ".bin") || w.find("xl/workbook.bin") != nil {
		return workbook{}, errBinaryExcel
	}
	if w.find(main) == nil {
		return workbook{}, fault.New(fault.DeliveryKind, "it is %s but no Excel workbook: it has no workbook part", w.kind())
	}
	text, err := w.readPart(main)
	if err != nil {
		return workbook{}, err
	}
	folder, file := path.Split(main)
	relations, err := readRelations(w, folder+"_rels/"+file+".rels", folder)
	if err != nil {
		return workbook{}, err
	}
	book := workbook{}
	for _, r := range relations {
		switch r.kind {
		case "sharedStrings":
			book.strings = r.target
		case "styles":
			book.styles = r.target
		}
	}
	if err := book.readSheets(text, relations); err != nil {
		return workbook{}, fault.New(fault.DeliveryDamaged, "the workbook is damaged: part %s: %w", main, err)
	}
	return book, nil
}

// kind names what an archive is that is no workbook.
func (w *workbookFile) kind() string {
	switch {
	case w.find("mimetype") != nil || w.find("content.xml") != nil:
		return "an OpenDocument file (ods), to be saved as xlsx,"
	case w.find("word/document.xml") != nil:
		return "a Word document"
	case w.find("ppt/presentation.xml") != nil:
		return "a PowerPoint presentation"
	case w.find("Index/Document.iwa") != nil:
		return "a Numbers document, to be exported as xlsx,"
	}
	return "a zip archive"
}

func (b *workbook) readSheets(text []byte, relations map[string]relation) error {
	root := false
	for s := (xmlScanner{buf: text}); ; {
		kind, err := s.next()
		if err != nil {
			return err
		}
		if kind == xmlEnd {
			if !root {
				return errors.New("it holds no workbook")
			}
			return nil
		}
		if kind != xmlOpen && kind != xmlEmpty {
			continue
		}
		switch string(s.name) {
		case "workbook":
			root = true
		case "workbookPr":
			if isTrue(s.attr("date1904")) {
				b.system = system1904
			}
		case "calcPr":
			b.stale = isTrue(s.attr("fullCalcOnLoad"))
		case "sheet":
			if err := b.addSheet(&s, relations); err != nil {
				return err
			}
		}
	}
}

func (b *workbook) addSheet(s *xmlScanner, relations map[string]relation) error {
	name, err := appendXMLText(nil, s.attr("name"))
	if err != nil {
		return err
	}
	id := string(s.attr("id"))
	r, ok := relations[id]
	if ok && r.kind != "worksheet" || id == "" {
		return nil // charts, dialogs and macro sheets have no rows
	}
	if slices.ContainsFunc(b.sheets, func(other sheetEntry) bool { return ok && other.part == r.target }) {
		return fmt.Errorf("sheet %q is another sheet once more", name)
	}
	state := string(s.attr("state"))
	b.sheets = append(b.sheets, sheetEntry{
		name: string(unescapeCell(name)), part: r.target, hidden: state == "hidden" || state == "veryHidden",
	})
	return nil
}

// relation is a pointer from one part to another.
type relation struct {
	kind   string // last element of its type, as in "worksheet"
	target string // name of the part
}

// readRelations reads a relationship part by id. Targets are made relative to
// the archive; folder is where the part that they belong to lies.
func readRelations(w *workbookFile, name, folder string) (map[string]relation, error) {
	text, err := w.readPart(name)
	if err != nil {
		return nil, err
	}
	list := map[string]relation{}
	for s := (xmlScanner{buf: text}); ; {
		kind, err := s.next()
		if err != nil {
			return nil, fault.New(fault.DeliveryDamaged, "the workbook is damaged: part %s: %w", name, err)
		}
		if kind == xmlEnd {
			return list, nil
		}
		if kind != xmlOpen && kind != xmlEmpty || string(s.name) != "Relationship" {
			continue
		}
		raw, err := appendXMLText(nil, s.attr("Target"))
		if err != nil {
			return nil, fault.New(fault.DeliveryDamaged, "the workbook is damaged: part %s: %w", name, err)
		}
		target := strings.ReplaceAll(string(raw), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = folder + target
		}
		if plain, err := url.PathUnescape(target); err == nil && w.find(target) == nil {
			target = plain
		}
		list[string(s.attr("Id"))] = relation{
			kind: path.Base(string(s.attr("Type"))), target: strings.TrimPrefix(path.Clean("/"+target), "/"),
		}
	}
}

func isTrue(value []byte) bool {
	return string(value) == "1" || strings.EqualFold(string(value), "true")
}
