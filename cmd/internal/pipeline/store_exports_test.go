package pipeline_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"loadstar/cmd/internal/intake"
	"loadstar/extract"
	"loadstar/schemas"
	"loadstar/transform"
)

// storeExports are CSV files as stores write them, and what becomes of each
// row: object, then the fields that are asked for.
var storeExports = map[string]struct {
	text string
	want []string
}{
	"shopify_csv/order": {`Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Billing Address1,Billing Zip,Billing City,Billing Country,Shipping Country,Cancelled at,Payment Method,Refunded Amount,Id,Source,Lineitem discount
#1001,ada@example.com,paid,2026-03-01 10:00:05 +0100,EUR,30.00,5.00,5.59,35.00,0.00,2026-03-01 10:00:00 +0100,2,Oak shelf,10.00,OAK-1,Ada Berg,Elm Road 1,1010,Wien,AT,AT,,Card,10.00,555001,web,0.00
#1001,ada@example.com,,,,,,,,,2026-03-01 10:00:00 +0100,1,Pine lamp,10.00,,,,,,,,,,,,,0.00
#1002,,pending,,EUR,7.00,0.00,1.12,7.00,0.00,2026-03-02 10:00:00 +0100,1,Ash stool,7.00,ASH-1,,,,,,,2026-03-02 11:00:00 +0100,,0.00,555002,pos,0.00
`, []string{
		"customers customer_id=email:ada@example.com family_name=Berg postcode=1010",
		"lines order_id=#1001 line_id=OAK-1 customer_id=email:ada@example.com product_id=OAK-1 quantity=2.0000 unit_price=10.0000 ordered_at=1772355600000000",
		"lines order_id=#1001 line_id=Pine lamp customer_id=email:ada@example.com quantity=1.0000 unit_price=10.0000 ordered_at=1772355600000000",
		"lines order_id=#1002 line_id=ASH-1 product_id=ASH-1 quantity=1.0000 unit_price=7.0000 ordered_at=1772442000000000",
		"orders order_id=#1001 customer_id=email:ada@example.com touchpoint=internet total_amount=35.0000 ordered_at=1772355600000000",
		"orders order_id=#1002 touchpoint=retail outlet total_amount=7.0000 is_cancelled=true ordered_at=1772442000000000",
		"payments payment_id=paid:#1001 order_id=#1001 customer_id=email:ada@example.com amount=35.0000",
		"refunds refund_id=refunded:#1001 order_id=#1001 customer_id=email:ada@example.com amount=10.0000",
	}},
	"shopify_csv/customer": {`Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Phone,Total Spent,Total Orders
7001,Ada,Berg,ada@example.com,yes,,Elm Road 1,Wien,,AT,1010,,35.00,1
7002,Ben,Carl,,no,,,,,,,+436601234567,0.00,0
`, []string{
		"customers customer_id=7002 family_name=Carl",
		"customers customer_id=email:ada@example.com family_name=Berg postcode=1010",
	}},
	"stripe_csv/payment": {`id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Status,Customer ID,Invoice ID,Card Brand
ch_1,2026-03-01 09:00:05,35.00,10.00,eur,true,Paid,cus_1,in_1,Visa
ch_2,2026-03-01 09:10:05,12.00,0.00,eur,false,Failed,cus_1,,Visa
`, []string{
		"payments payment_id=ch_1 customer_id=cus_1 amount=35.0000",
		"refunds refund_id=refunded:ch_1 payment_id=ch_1 customer_id=cus_1 amount=10.0000",
	}},
	"stripe_csv/customer": {`id,Description,Email,Name,Created (UTC),Card Address Zip
cus_1,,ada@example.com,Ada Berg,2026-01-01 09:00,1010
`, []string{"customers customer_id=cus_1 family_name=Berg postcode=1010"}},
	"woocommerce_csv/order": {`order_id,order_number,date,status,shipping_total,tax_total,discount_total,order_total,refunded_total,order_currency,customer_id,billing_first_name,billing_last_name,billing_email,billing_postcode,billing_country,item_id,item_product_id,item_name,item_sku,item_quantity,item_total,item_total_tax
11,11,2026-03-01 09:00:00,completed,5.00,5.59,0.00,35.00,0.00,EUR,3,Ada,Berg,ada@example.com,1010,AT,21,91,Oak shelf,OAK-1,2,20.00,4.00
11,11,2026-03-01 09:00:00,completed,5.00,5.59,0.00,35.00,0.00,EUR,3,Ada,Berg,ada@example.com,1010,AT,22,92,Pine lamp,,1,10.00,1.59
12,12,2026-03-02 09:00:00,cancelled,0.00,1.12,0.00,7.00,7.00,EUR,0,Guest,Buyer,g@example.com,1020,AT,23,93,Ash stool,ASH-1,1,7.00,1.12
`, []string{
		"customers customer_id=3 family_name=Berg postcode=1010",
		"customers customer_id=3 family_name=Berg postcode=1010",
		"lines order_id=11 line_id=21 customer_id=3 product_id=OAK-1 quantity=2.0000 is_cancelled=false ordered_at=1772355600000000",
		"lines order_id=11 line_id=22 customer_id=3 product_id=92 quantity=1.0000 is_cancelled=false ordered_at=1772355600000000",
		"lines order_id=12 line_id=23 product_id=ASH-1 quantity=1.0000 is_cancelled=true ordered_at=1772442000000000",
		"orders order_id=11 customer_id=3 total_amount=35.0000 ordered_at=1772355600000000",
		"orders order_id=11 customer_id=3 total_amount=35.0000 ordered_at=1772355600000000",
		"orders order_id=12 total_amount=7.0000 ordered_at=1772442000000000",
		"refunds refund_id=refunded:12 order_id=12 amount=7.0000",
	}},
	"woocommerce_csv/customer": {`customer_id,first_name,last_name,user_login,email,date_registered,billing_postcode
3,Ada,Berg,ada,ada@example.com,2026-01-01 09:00:00,1010
`, []string{"customers customer_id=3 family_name=Berg postcode=1010"}},
	"woocommerce_csv/product": {`ID,Type,SKU,Name,Published,Regular price,Categories,Brands
91,simple,OAK-1,Oak shelf,1,10,Shelves,Elm
92,simple,,Pine lamp,0,10.5,Lamps,
`, []string{"products product_id=92 unit_price=10.5000", "products product_id=OAK-1 unit_price=10.0000"}},
}

// shownFields are the fields that storeExports names.
const shownFields = " order_id line_id refund_id payment_id customer_id touchpoint product_id quantity unit_price total_amount is_cancelled ordered_at family_name postcode amount "

// TestStoreExports reads the CSV files that people take out of their stores by
// the shipped contracts.
func TestStoreExports(t *testing.T) {
	t.Parallel()
	all, err := schemas.Connectors()
	if err != nil {
		t.Fatal(err)
	}
	all = slices.DeleteFunc(all, func(name string) bool { return !strings.Contains(name, "_csv/") })
	if names := slices.Sorted(maps.Keys(storeExports)); !slices.Equal(names, all) {
		t.Errorf("contracts %v are tested, there are %v", names, all)
	}
	for name, export := range storeExports {
		t.Run(name, func(t *testing.T) {
			contract, err := schemas.Connector(name)
			if err != nil {
				t.Fatal(err)
			}
			contract.Dialect.Format = "csv"
			plan, err := transform.NewPlan(contract, transform.Defaults{TimeZone: "UTC", Country: "AT", Currency: "EUR"})
			if err != nil {
				t.Fatal(err)
			}
			landed := extract.Landed{Feed: contract.Feed, Path: "x.csv", File: filepath.Join(t.TempDir(), "x.csv")}
			if err := os.WriteFile(landed.File, []byte(export.text), 0o600); err != nil {
				t.Fatal(err)
			}
			source, err := extract.Open(contract, landed)
			if err != nil {
				t.Fatal(err)
			}
			var rows []string
			err = intake.Each(context.Background(), 1, source, intake.Conform(plan, contract.Feed, landed), func(b intake.Batch) error {
				for _, c := range b.Conformed {
					for _, r := range c.Rejects {
						t.Errorf("refused: %v", r)
					}
					rows = append(rows, shownRows(c.Object, c.Record)...)
				}
				b.Release()
				return nil
			})
			slices.Sort(rows)
			if got, want := strings.Join(rows, "\n"), strings.Join(export.want, "\n"); err != nil || got != want {
				t.Errorf("%v\n%s\nwant\n%s", err, got, want)
			}
		})
	}
}

// shownRows are the rows of a record with the shown fields that have a value.
func shownRows(object string, record arrow.RecordBatch) []string {
	var rows []string
	for i := range int(record.NumRows()) {
		row := object
		for k, field := range record.Schema().Fields() {
			if column := record.Column(k); strings.Contains(shownFields, " "+field.Name+" ") && column.IsValid(i) {
				value := column.ValueStr(i)
				if decimal, ok := column.(*array.Decimal128); ok {
					value = decimal.Value(i).ToString(schemas.MoneyScale)
				}
				row += fmt.Sprintf(" %s=%s", field.Name, value)
			}
		}
		rows = append(rows, row)
	}
	return rows
}
