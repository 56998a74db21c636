package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/array"

	"loadstar/schemas"
)

// TestFillDown decodes the chunks of a file in several orders: each blank has
// the value above, whichever chunk that stands in.
func TestFillDown(t *testing.T) {
	var text strings.Builder
	var want []string
	text.WriteString("id,n\n")
	for i := range 300 {
		id := ""
		if i%70 == 0 {
			id = fmt.Sprintf("O-%d", i/70)
		}
		fmt.Fprintf(&text, "%s,%d\n", id, i)
		want = append(want, fmt.Sprintf("O-%d", i/70))
	}
	contract := schemas.Contract{Feed: "feed", Dialect: schemas.Dialect{Format: "csv", Header: 1, Delimiter: ",", Quote: `"`}, Objects: []schemas.Object{
		{Name: "o", Properties: []schemas.Property{{Name: "id", FillDown: true}, {Name: "n"}}},
	}}
	for _, order := range []string{"forward", "backward"} {
		s, err := Open(contract, landBytes(t, "in.csv", []byte(text.String())))
		if err != nil {
			t.Fatal(err)
		}
		s.(*filledSource).Source.(*csvSource).size = 256
		chunks := collect(t, s)
		if len(chunks) < 5 {
			t.Fatalf("%d chunks are too few to tell", len(chunks))
		}
		ids := make([][]string, len(chunks))
		for k := range chunks {
			if order == "backward" {
				k = len(chunks) - 1 - k
			}
			dec, err := chunks[k](t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if dec.Record == nil {
				continue
			}
			column := dec.Record.Column(dec.Record.Schema().FieldIndices("id")[0]).(*array.String)
			for i := range column.Len() {
				ids[k] = append(ids[k], column.Value(i))
			}
			dec.Record.Release()
		}
		if got := slices.Concat(ids...); !slices.Equal(got, want) {
			t.Errorf("%s: %q", order, got)
		}
	}
}
