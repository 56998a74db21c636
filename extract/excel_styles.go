package extract

import "strconv"

// cellStyle is what a cell style of the workbook shows.
type cellStyle struct {
	kind  styleKind
	sign  uint8 // of a currency, in currencySigns
	label *numberLabel
}

// readStyles tells for each cell style of the workbook whether it shows a
// date, a currency or a label.
func readStyles(w *workbookFile, part string) ([]cellStyle, error) {
	if part == "" {
		return nil, nil
	}
	text, err := w.readPart(part)
	if err != nil {
		return nil, err
	}
	kinds, err := parseStyles(text)
	if err != nil {
		return nil, damagedPart(part, err)
	}
	return kinds, nil
}

func parseStyles(text []byte) ([]cellStyle, error) {
	formats := map[int]cellStyle{}
	var kinds []cellStyle
	inCells, isWhole := false, false
	for s := (xmlScanner{buf: text}); ; {
		kind, err := s.next()
		if err != nil {
			return nil, err
		}
		switch {
		case kind == xmlEnd && !isWhole:
			return nil, errXMLCut
		case kind == xmlEnd:
			return kinds, nil
		case kind == xmlClose:
			inCells = inCells && string(s.name) != "cellXfs"
			isWhole = isWhole || string(s.name) == "styleSheet"
			continue
		case kind != xmlOpen && kind != xmlEmpty:
			continue
		}
		switch string(s.name) {
		case "styleSheet":
			isWhole = kind == xmlEmpty
		case "cellXfs":
			inCells = kind == xmlOpen
		case "numFmt":
			id, err := strconv.Atoi(string(s.attr("numFmtId")))
			if err != nil {
				continue
			}
			code, err := appendXMLText(nil, s.attr("formatCode"))
			if err != nil {
				return nil, err
			}
			// Differential styles at the end define formats of their own.
			if _, known := formats[id]; !known {
				formats[id] = newCellStyle(s.attr("numFmtId"), string(code))
			}
		case "xf":
			if inCells {
				kinds = append(kinds, styleOf(s.attr("numFmtId"), formats))
			}
		}
	}
}

func newCellStyle(id []byte, code string) cellStyle {
	style := cellStyle{kind: formatStyle(code), sign: currencyOfFormat(id, code)}
	if label, ok := labelOfFormat(code); ok && style.kind == styleNumber && (style.sign == 0 || label.isNumbered && isScaleSign(style.sign)) {
		style.label, style.sign = &label, 0
	}
	return style
}

func styleOf(format []byte, formats map[int]cellStyle) cellStyle {
	id, err := strconv.Atoi(string(format))
	if err != nil {
		return cellStyle{}
	}
	if style, ok := formats[id]; ok {
		return style
	}
	return cellStyle{kind: builtinStyle(id)}
}
