package catalogue

import (
	"fmt"
	"html/template"
	"math"
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
	pictureWidth, pictureHeight = 980.0, 640.0
	boxWidth, boxHeight         = 138.0, 30.0
	ringX, ringY                = 400.0, 270.0
)

// Picture draws the star: the customer in the middle, the facts around it.
// Colours come from classes of the page, so that they follow light and dark.
func (b Bus) Picture() template.HTML {
	var lines, boxes strings.Builder
	for i, f := range b.Facts {
		angle := 2*math.Pi*float64(i)/float64(len(b.Facts)) - math.Pi/2
		x, y := pictureWidth/2+ringX*math.Cos(angle), pictureHeight/2+ringY*math.Sin(angle)
		fmt.Fprintf(&lines, `<line x1="%.0f" y1="%.0f" x2="%.0f" y2="%.0f"/>`, pictureWidth/2, pictureHeight/2, x, y)
		fmt.Fprintf(&boxes, `<a href="#main.fact_%s"><g class="fact %s"><rect x="%.0f" y="%.0f" width="%.0f" height="%.0f" rx="6"/><text x="%.0f" y="%.0f">%s</text></g></a>`,
			f.Fact, className(f.Process), x-boxWidth/2, y-boxHeight/2, boxWidth, boxHeight, x, y+4, template.HTMLEscapeString(words(f.Fact)))
	}
	var middle strings.Builder
	around := others(b.Dimensions)
	for i, d := range around {
		column, row := i%2, i/2
		x := pictureWidth/2 - 68 + 136*float64(column)
		y := pictureHeight/2 - 14*float64((len(around)+1)/2) + 28*float64(row) + 42
		fmt.Fprintf(&middle, `<a href="#main.dim_%s"><g class="dim"><rect x="%.0f" y="%.0f" width="128" height="24" rx="12"/><text x="%.0f" y="%.0f">%s</text></g></a>`,
			d, x-64, y-12, x, y+4, template.HTMLEscapeString(words(d)))
	}
	fmt.Fprintf(&middle, `<a href="#main.dim_customer"><g class="centre"><rect x="%.0f" y="%.0f" width="264" height="38" rx="19"/><text x="%.0f" y="%.0f">customer</text></g></a>`,
		pictureWidth/2-132, pictureHeight/2-14*float64((len(around)+1)/2)-30, pictureWidth/2, pictureHeight/2-14*float64((len(around)+1)/2)-6)
	return template.HTML(fmt.Sprintf(`<svg viewBox="0 0 %.0f %.0f" role="img" aria-label="The star: facts around the customer and the other dimensions"><g class="rays">%s</g><ellipse class="heart" cx="%.0f" cy="%.0f" rx="170" ry="%.0f"/>%s%s</svg>`,
		pictureWidth, pictureHeight, lines.String(), pictureWidth/2, pictureHeight/2, 14*float64((len(around)+1)/2)+62, boxes.String(), middle.String())) // #nosec: names of tables, escaped above
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
