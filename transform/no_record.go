package transform

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"loadstar/schemas"
)

// longestLabel bounds the text of a totals row's label or an end mark.
const longestLabel = 40

// rowLabels are the words that stand in rows which are no records, folded.
type rowLabels struct {
	totals, ends labelSet
	errors       map[string]bool // what cells of a spreadsheet show instead of a value, lower case
}

// labelSet are words as foldWord gives them.
type labelSet map[string]bool

// has looks a text up. ASCII, as nearly all is, is folded in place.
func (s labelSet) has(text string) bool {
	if len(text) > longestLabel {
		return false
	}
	if !isASCII(text) {
		return s[foldWord(text)]
	}
	var folded [longestLabel]byte
	n := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= 'A' && c <= 'Z':
			folded[n] = c + 'a' - 'A'
			n++
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			folded[n] = c
			n++
		}
	}
	return s[string(folded[:n])]
}

func (l *rowLabels) fill(rows [][]string) {
	l.totals, l.ends, l.errors = labelSet{}, labelSet{}, map[string]bool{}
	for _, r := range rows {
		for _, word := range strings.Split(r[2], "|") {
			switch r[0] {
			case "total":
				l.totals[foldWord(word)] = true
			case "end":
				l.ends[foldWord(word)] = true
			default:
				l.errors[word] = true
			}
		}
	}
}

// TotalLabels are the words that rows of sums are labelled with, folded to
// small letters and digits. The caller must not change them.
func (t *Tables) TotalLabels() map[string]bool { return t.labels.totals }

// isCellError knows #N/A, #REF! and their like, in the languages of
// spreadsheets.
func (t *Tables) isCellError(text string) bool {
	return text[0] == '#' && len(text) <= longestLabel && t.labels.errors[strings.ToLower(text)]
}

// noRecord says why a row is no record: of those that keep all rules a totals
// row, an end mark or a note that the contract says nothing about, of those that
// break one a drawn line or a note. reason is "" for all others; column is where
// the text stands, by its index in the batch. A contract that says how the text
// of that column must look, by a pattern or valid values, has the last word on
// rows that keep it.
func (r *run) noRecord(i int) (column int, reason string) {
	column, text := r.firstText(i)
	if column < 0 {
		return column, ""
	}
	if len(r.faults) > 0 {
		return column, r.noRecordAtAll(i, column, text)
	}
	if r.isUntoldSum(i) {
		return column, "the row holds nothing but numbers, as rows of sums do, and no date: deliver it without"
	}
	if isRuler(text) && r.isRuled(i) {
		return column, reasonRuled
	}
	mayBeLabel := mayBeLabel(text)
	isAlone := (mayBeLabel || r.op.hasAmounts) && r.isAlone(i, column)
	if !mayBeLabel && !isAlone {
		return column, ""
	}
	labels := &r.plan.tables.labels
	isTotal, isNote := labels.totals.has(cutNumber(text)), isNote(text)
	isTotalOf := isNote && (labels.totals.has(text[:strings.IndexByte(text+" ", ' ')]) || labels.totals.has(text[strings.LastIndexByte(text, ' ')+1:]))
	isID, isBound := r.isIDColumn(column)
	switch {
	case isBound:
	case isTotal && isID, (isTotal || isTotalOf) && r.besideAreNumbers(i, column):
		return column, "the row is one of sums, not a record: set its label under totals in the contract's dialect, or deliver it without"
	case isID && labels.ends.has(text):
		return column, "the row is an end mark, not a record: describe it as trailer in the contract's dialect, or deliver it without"
	case isID && isAlone && (isNote || r.op.hasAmounts):
		return column, "the row holds nothing but a text where an id belongs, as headings, notes and end marks do: deliver it without"
	}
	return column, ""
}

// isUntoldSum says whether a row of dated ones has numbers and nothing else.
func (r *run) isUntoldSum(i int) bool {
	if !r.op.isDated || !r.op.hasAmounts {
		return false
	}
	for _, slot := range r.op.told {
		if r.cells[slot].ok {
			return false
		}
	}
	return r.besideAreNumbers(i, -1)
}

// noRecordAtAll says why a row that breaks a rule is none, "" where it is one.
func (r *run) noRecordAtAll(i, column int, text string) string {
	switch {
	case isRuler(text) && r.isRuled(i):
		return reasonRuled
	case isNote(text) && r.isAlone(i, column) && !slices.ContainsFunc(r.faults, func(b breach) bool { return b.rule == "key.missing" }):
		return "the row holds nothing but a text, as headings and notes do: deliver it without"
	}
	return ""
}

const reasonRuled = "the row is a line drawn between rows, as programs print below headers: deliver it without"

// isRuler says whether a text is drawn, not written: -----, ====.
func isRuler(text string) bool {
	return len(text) > 1 && strings.IndexByte("-=_+~*", text[0]) >= 0 && strings.Trim(text, text[:1]) == ""
}

// isRuled says whether all texts of a row are drawn, of which there are several
// and some are longer than words for no value.
func (r *run) isRuled(i int) bool {
	const longestNull = 3
	texts, longest := 0, 0
	for _, j := range r.in.told {
		text, ok := r.in.columns[j].value(i)
		if text = trimUnicode(text); !ok || text == "" {
			continue
		}
		if !isRuler(text) {
			return false
		}
		texts, longest = texts+1, max(longest, len(text))
	}
	return texts > 1 && longest > longestNull
}

// cutNumber takes the year or colon off a label: "Summe 2026:".
func cutNumber(text string) string {
	return strings.TrimRightFunc(text, func(r rune) bool { return unicode.IsDigit(r) || unicode.IsPunct(r) || isBlankRune(r) })
}

// mayBeLabel sorts out nearly all ids at little cost: those of one word with a
// digit in it.
func mayBeLabel(text string) bool {
	return !hasDigit(text) || strings.IndexByte(text, ' ') >= 0 || strings.IndexByte(text, ':') >= 0
}

// isNote says whether a text is no id: it has words apart from each other, or
// neither letters nor digits.
func isNote(text string) bool {
	return strings.Contains(text, " ") || strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0
}

// firstText is the first column of a row that has a text, -1 = none.
func (r *run) firstText(i int) (int, string) {
	for _, j := range r.in.told {
		c := &r.in.columns[j]
		text, ok := c.value(i)
		switch {
		case !ok:
			continue
		case c.ascii:
			text = trimASCII(text)
		default:
			text = trimUnicode(text)
		}
		if text != "" {
			return j, text
		}
	}
	return -1, ""
}

// isIDColumn says whether a column of the batch holds ids, and whether the
// contract says how they must look.
func (r *run) isIDColumn(j int) (isID, isBound bool) {
	for k := range r.op.columns {
		if c := &r.op.columns[k]; r.binding.columns[c.property] == j {
			isID = isID || strings.HasSuffix(c.prop.Field, "_id")
			isBound = isBound || c.prop.Pattern != nil || c.allowed != nil
		}
	}
	return isID, isBound
}

// isAlone says whether all other columns of a row are blank, of which there
// are some.
func (r *run) isAlone(i, but int) bool {
	others := 0
	for _, j := range r.in.told {
		if j == but {
			continue
		}
		if text, ok := r.in.columns[j].value(i); ok && !isBlank(text) {
			return false
		}
		others++
	}
	return others > 0
}

// besideAreNumbers says whether the other columns of a row hold numbers and
// nothing else. Phones and postcodes are numbers that nobody sums up: a row
// that has one is of somebody, be they called Sum.
func (r *run) besideAreNumbers(i, but int) bool {
	numbers := 0
	for _, j := range r.in.told {
		text, ok := r.in.columns[j].value(i)
		if text = trimUnicode(text); !ok || j == but || text == "" {
			continue
		}
		if _, fault := r.plan.tables.ParseDecimal(text, r.plan.locale.marks, 0); fault == FaultNumber || r.isPersonal(j) {
			return false
		}
		numbers++
	}
	return numbers > 0
}

// isPersonal says whether a column of the batch feeds a field that tells who or
// where somebody is, of the object or of another one of its rows.
func (r *run) isPersonal(j int) bool {
	return slices.ContainsFunc(append([]*run{r}, r.beside...), func(of *run) bool {
		for k := range of.op.columns {
			if c := &of.op.columns[k]; of.binding.columns[c.property] == j && c.slot < len(of.op.outputs) && of.op.outputs[c.slot].field.PII {
				return true
			}
		}
		return false
	})
}

// refuseWhole rejects a row for what it is, at one of its columns. Objects that
// are still to come leave it out: it tells of no customer either.
func (r *run) refuseWhole(i, column int, rule, reason string) {
	if r.in.left == nil {
		r.in.left = map[int]bool{}
	}
	r.in.left[i] = true
	row := r.in.row.Value(i)
	at := schemas.Place{FileKey: r.in.place.FileKey, File: r.in.place.File, Sheet: r.in.sheet, Row: row}
	if cell := r.in.cells[column]; cell != "" {
		at.Cell = cell + strconv.FormatInt(row, 10)
	}
	r.done.Rejects = append(r.done.Rejects, schemas.Reject{
		Feed: r.plan.contract.Feed, Object: r.op.object.Name, At: at,
		Column: strings.Clone(r.in.header[column]), Rule: rule, Reason: reason,
		Raw: r.rawRow(i), Money: r.rowMoney(),
	})
}
