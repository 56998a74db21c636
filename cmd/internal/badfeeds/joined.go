package badfeeds

import (
	"slices"
	"strings"

	"loadstar/schemas/fault"
)

// joinedCases are files that were joined, whose later parts have other columns.
func joinedCases() []Case {
	const other = "status,invoice_id,invoiced_on,total_amount,quantity\nopen,I-3,2026-01-04,100.50,3\n"
	renamed := strings.Replace(header, "invoiced_on", "due_on", 1)
	book := func(cells ...any) []string {
		return slices.Concat(table(1, 2), []string{row(4, cells...), row(5, "open", "I-3", dateCell(firstDay), 100.5, 3)})
	}
	return []Case{
		text("joined/columns-in-other-order", header+good(1, 2)+other, refused(fault.DeliveryHeader, "line 4: a second header")),
		text("joined/column-renamed", header+good(1, 2)+renamed+good(3, 3), refused(fault.DeliveryHeader, "due_on")),
		text("joined/most-columns-renamed", header+good(1, 1)+"invoice_id,state,day,sum,pieces\n", ok(1, "3 type.date", "3 type.number", "3 type.integer")),
		text("joined/header-with-cells-missing", header+good(1, 1)+"invoice_id,,,total_amount,\n"+good(2, 2), ok(2, "3 type.number")),
		text("joined/values-like-labels", header+"status,quantity,2026-01-02,100.50,1\n", Want{Loaded: 1, Sum: "100.5"}),
		text("joined/packed", "", refused(fault.DeliveryHeader, "second header")).named("invoices.csv.gz", "csv").
			made(joined(gzipped(header+good(1, 2)), gzipped(other))),
		excel("joined-tables-in-other-order", book("status", "invoice_id", "invoiced_on", "total_amount", "quantity"), refused(fault.DeliveryHeader, "row 4: a second header")),
		excel("joined-table-with-a-column-renamed", book("invoice_id", "status", "due_on", "total_amount", "quantity"), refused(fault.DeliveryHeader, "due_on")),
	}
}

// joined makes one file of several.
func joined(parts ...func() ([]byte, error)) func() ([]byte, error) {
	return func() ([]byte, error) {
		var whole []byte
		for _, part := range parts {
			content, err := part()
			if err != nil {
				return nil, err
			}
			whole = append(whole, content...)
		}
		return whole, nil
	}
}
