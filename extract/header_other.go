package extract

import (
	"fmt"
	"strings"

	"loadstar/schemas/fault"
)

// otherHeader knows a header with other columns that stands among the rows, as
// in files that were joined: what is below it would be read by the wrong names.
type otherHeader struct {
	labels []string // folded, "" where a column has none
	named  map[string]bool
	first  [256]bool // first bytes of labels
	sizes  [64]bool  // their lengths in bytes, the longest as the last
}

// newOtherHeader returns nil where a header has several rows, or too few labels
// to be known by them.
func newOtherHeader(headers [][]string) *otherHeader {
	if len(headers) != 1 {
		return nil
	}
	o := &otherHeader{named: map[string]bool{}}
	for _, label := range headers[0] {
		folded := foldLabel(label)
		o.labels = append(o.labels, folded)
		if folded == "" {
			continue
		}
		o.named[folded] = true
		o.sizes[min(len(strings.TrimSpace(withoutBOM(label))), len(o.sizes)-1)] = true
		o.first[folded[0]] = true
		o.first[strings.ToUpper(folded)[0]] = true
	}
	if len(o.named) < 2 {
		return nil
	}
	return o
}

func foldLabel(text string) string {
	return strings.ToLower(strings.Join(strings.Fields(withoutBOM(text)), " "))
}

// isLabel says whether a text is one of the labels, as it is written there; it is
// quick where the text begins as none or is shorter or longer.
func (o *otherHeader) isLabel(text []byte) bool {
	return o != nil && len(text) > 0 && o.first[text[0]] && o.sizes[min(len(text), len(o.sizes)-1)] && o.named[foldLabel(string(text))]
}

// refuse returns why the row is a header with other columns, nil where it is
// none: more than half of the labels stand in it, and some cell is not the label
// of its own column.
func (o *otherHeader) refuse(cells int, text func(i int) string) error {
	differs := false
	found := map[string]bool{}
	var row []string
	for i := range cells {
		value := text(i)
		folded := foldLabel(value)
		if folded == "" {
			continue
		}
		row = append(row, strings.TrimSpace(withoutBOM(value)))
		differs = differs || i >= len(o.labels) || folded != o.labels[i]
		if o.named[folded] {
			found[folded] = true
		}
	}
	if !differs || len(found) < 2 || 2*len(found) <= len(o.named) {
		return nil
	}
	return fault.New(fault.DeliveryHeader, "a second header with other columns stands among the rows (%s): what is below it can't be read by the first; deliver each part as a file of its own",
		shortList(row))
}

// shortList joins the first labels of a header.
func shortList(labels []string) string {
	const most = 6
	if len(labels) > most {
		return fmt.Sprintf("%s, … %d more", strings.Join(labels[:most], ", "), len(labels)-most)
	}
	return strings.Join(labels, ", ")
}
