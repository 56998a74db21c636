package transform_test

import (
	"fmt"
	"testing"

	"loadstar/schemas"
)

const plainProperties = `
- {name: order_id, required: true}
- {name: line_id, required: true}
- {name: product_id, required: true}
- {name: description}
- {name: quantity, logicalType: integer}
- {name: unit_price, logicalType: number, logicalTypeOptions: {minimum: 0}}
- {name: ordered_at, logicalType: timestamp}
- {name: customer_id}
`

func plainRows(n int) (schemas.Decoded, []string) {
	header := []string{"order_id", "line_id", "product_id", "description", "quantity", "unit_price", "ordered_at", "customer_id"}
	var rows [][]string
	for i := range n {
		rows = append(rows, []string{
			fmt.Sprintf("O-%07d", i/3), fmt.Sprint(i%3 + 1), fmt.Sprintf("SKU-%04d", i%700), "Window cleaner, 500 ml bottle",
			fmt.Sprint(i%9 + 1), fmt.Sprintf("%d.%02d", i%90, i%100),
			fmt.Sprintf("2025-%02d-%02d %02d:%02d:00", i%12+1, i%28+1, i%24, i%60), fmt.Sprintf("C%06d", i%5000),
		})
	}
	return decoded(header, rows...), header
}

// BenchmarkApplyPlain is eight columns of text, numbers and moments.
func BenchmarkApplyPlain(b *testing.B) {
	p := plan(b, contract(b, "- {property: delivery, value: append}", "order_line", plainProperties))
	const rows = 20_000
	dec, _ := plainRows(rows)
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		out := apply(b, p, dec)
		if out.Record.NumRows() != rows {
			b.Fatal(out.Rejects[0])
		}
		out.Record.Release()
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkApplyCustomers is names, phones, e-mails and addresses.
func BenchmarkApplyCustomers(b *testing.B) {
	p := plan(b, contract(b, "", "customer", `
- {name: customer_id, primaryKey: true}
- {name: full_name}
- {name: email}
- {name: phone}
- {name: address_line}
- {name: postcode}
- {name: city}
- {name: country_code}
`))
	const rows = 5_000
	var all [][]string
	for i := range rows {
		all = append(all, []string{
			fmt.Sprint(i), fmt.Sprintf("Dr JOHN %c MCDONALD%d", 'A'+i%26, i), fmt.Sprintf("Someone%d@Example.com", i),
			fmt.Sprintf("020 7946 %04d", i), fmt.Sprintf("Flat %d, %d high st", i%9, i%200+1), "sw1a1aa", "LONDON", "United Kingdom",
		})
	}
	dec := decoded([]string{"customer_id", "full_name", "email", "phone", "address_line", "postcode", "city", "country_code"}, all...)
	b.ReportAllocs()
	for b.Loop() {
		apply(b, p, dec).Record.Release()
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
