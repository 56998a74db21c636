package catalogue

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
)

// Bus is the bus matrix: which fact can be asked by which dimension.
type Bus struct {
	Dimensions []string
	Facts      []BusRow
}

// BusRow is one fact and, for each dimension, whether it has its key.
type BusRow struct {
	Fact, Process string
	Has           []bool
}

// busOf reads the matrix off the names of the keys.
func busOf(tables []*Table) Bus {
	var b Bus
	for _, t := range tables {
		if d, ok := strings.CutPrefix(t.Table, "dim_"); ok && t.Schema == "main" && !strings.HasSuffix(d, "_history") {
			b.Dimensions = append(b.Dimensions, d)
		}
	}
	for _, t := range tables {
		fact, ok := strings.CutPrefix(t.Table, "fact_")
		if !ok || t.Schema != "main" {
			continue
		}
		row := BusRow{Fact: fact, Process: t.Process}
		for _, d := range b.Dimensions {
			row.Has = append(row.Has, hasKey(t, d))
		}
		b.Facts = append(b.Facts, row)
	}
	return b
}

func hasKey(t *Table, dimension string) bool {
	key := map[string]string{"currency": "currency_code", "funnel_stage": "stage_key"}[dimension]
	if key == "" {
		key = dimension + "_key"
	}
	for _, c := range t.Columns {
		if c.Column == key || strings.HasSuffix(c.Column, "_"+key) && !strings.HasPrefix(c.Column, "source_") {
			return true
		}
	}
	return false
}

// The picture's measures, in its own units.
const (
	pictureWidth = 980
	boxWidth     = 150
	boxHeight    = 30
	step         = 46 // from one fact to the next below it
	chipStep     = 28 // from one dimension to the next below it
)

// Picture draws the star: the dimensions with the customer at their head in
// the middle, the facts on both sides, those of one process together. Colours
// come from classes of the page, so that they follow light and dark.
func (b Bus) Picture() template.HTML {
	facts := slices.Clone(b.Facts)
	slices.SortStableFunc(facts, func(x, y BusRow) int { return strings.Compare(x.Process, y.Process) })
	left := (len(facts) + 1) / 2
	height := max(left*step, 320) + 20
	centre := height / 2
	var lines, boxes strings.Builder
	for i, f := range facts {
		x, y, edge := boxWidth/2+4, step/2+10+i*step, boxWidth+4
		if i >= left {
			x, y, edge = pictureWidth-boxWidth/2-4, step/2+10+(i-left)*step, pictureWidth-boxWidth-4
		}
		fmt.Fprintf(&lines, `<line x1="%d" y1="%d" x2="%d" y2="%d"/>`, edge, y, pictureWidth/2, centre)
		fmt.Fprintf(&boxes, `<a href="#main.fact_%s"><g class="fact %s"><rect x="%d" y="%d" width="%d" height="%d" rx="6"/><text x="%d" y="%d">%s</text></g></a>`,
			template.HTMLEscapeString(f.Fact), template.HTMLEscapeString(className(f.Process)), x-boxWidth/2, y-boxHeight/2, boxWidth, boxHeight, x, y+5, template.HTMLEscapeString(words(f.Fact)))
	}
	middle := b.middle(centre)
	return template.HTML(fmt.Sprintf(`<svg viewBox="0 0 %d %d" role="img" aria-label="The star: facts on both sides of the customer and the other dimensions"><g class="rays">%s</g>%s%s</svg>`,
		pictureWidth, height, lines.String(), middle, boxes.String())) // #nosec: names of tables, escaped above
}

// middle draws the dimensions around the height centre.
func (b Bus) middle(centre int) string {
	var out strings.Builder
	around := others(b.Dimensions)
	rows := (len(around) + 1) / 2
	top := centre - (rows*chipStep+46)/2
	fmt.Fprintf(&out, `<ellipse class="heart" cx="%d" cy="%d" rx="190" ry="%d"/>`, pictureWidth/2, centre, rows*chipStep/2+74)
	fmt.Fprintf(&out, `<a href="#main.dim_customer"><g class="centre"><rect x="%d" y="%d" width="264" height="38" rx="19"/><text x="%d" y="%d">customer</text></g></a>`,
		pictureWidth/2-132, top, pictureWidth/2, top+25)
	for i, d := range around {
		x, y := pictureWidth/2-68+136*(i%2), top+64+chipStep*(i/2)
		if i == len(around)-1 && i%2 == 0 {
			x = pictureWidth / 2
		}
		fmt.Fprintf(&out, `<a href="#main.dim_%s"><g class="dim"><rect x="%d" y="%d" width="128" height="24" rx="12"/><text x="%d" y="%d">%s</text></g></a>`,
			template.HTMLEscapeString(d), x-64, y-12, x, y+5, template.HTMLEscapeString(words(d)))
	}
	return out.String()
}

func others(dimensions []string) []string {
	var out []string
	for _, d := range dimensions {
		if d != "customer" {
			out = append(out, d)
		}
	}
	return out
}

func words(name string) string { return strings.ReplaceAll(name, "_", " ") }

func className(process string) string { return strings.ReplaceAll(process, " ", "-") }
