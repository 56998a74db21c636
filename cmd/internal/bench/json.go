package bench

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

const (
	jsonConfig = `version: 1
company: {name: Bench, time_zone: UTC, currency: EUR, country: DE}
feeds:
  orders: {contract: lines.yaml, from: {jsonl: orders.jsonl}}
`
	jsonContract = `apiVersion: v3.1.0
kind: DataContract
id: orders
name: orders
version: 1.0.0
status: active
customProperties:
  - {property: delivery, value: append}
schema:
  - name: orders
    customProperties: [{property: entity, value: order}]
    properties:
      - {name: id, primaryKey: true, customProperties: [{property: field, value: order_id}]}
      - {name: customer.id, customProperties: [{property: field, value: customer_id}]}
      - {name: customer.segment}
      - {name: ordered_at, logicalType: timestamp}
      - {name: total, logicalType: number, customProperties: [{property: field, value: total_amount}]}
  - name: lines
    customProperties: [{property: entity, value: order_line}, {property: path, value: lines}]
    properties:
      - {name: id, primaryKey: true, customProperties: [{property: field, value: line_id}]}
      - {name: order, customProperties: [{property: field, value: order_id}, {property: from, value: ../id}]}
      - {name: sku, customProperties: [{property: field, value: product_id}]}
      - {name: quantity, logicalType: integer}
      - {name: price, logicalType: number, customProperties: [{property: field, value: unit_price}]}
`
	bareJSON = `create table orders as select * from read_json('%s', format = 'newline_delimited', columns = {
    'id': 'varchar', 'customer': 'struct(id varchar, segment varchar)', 'ordered_at': 'timestamp', 'total': 'decimal(18, 4)',
    'lines': 'struct(id varchar, sku varchar, quantity bigint, price decimal(18, 4))[]'})`
	linesAnOrder = 3
)

// jsonBench is orders with their lines in them: two tables for Loadstar, one
// with a list for DuckDB.
func jsonBench(orders int) fileBench {
	return fileBench{
		name: "json lines, nested", config: jsonConfig, contract: jsonContract, bareFile: "orders.jsonl", bare: bareJSON,
		rows: orders * (1 + linesAnOrder), aim: "0.8",
		write: func(dir string) error { return writeJSON(filepath.Join(dir, "orders.jsonl"), orders) },
	}
}

func writeJSON(path string, orders int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	for i := 0; i < orders && err == nil; i++ {
		_, err = fmt.Fprintf(w, `{"id":"O%08d","customer":{"id":"C%06d","segment":"%s"},"ordered_at":"2026-%02d-%02d %02d:%02d:00","total":%d.50,"lines":[`,
			i, i%50_000, []string{"consumer", "business"}[i%2], i%12+1, i%28+1, i%24, i%60, i%900+1)
		for line := range linesAnOrder {
			comma := ","
			if line == 0 {
				comma = ""
			}
			_, lineErr := fmt.Fprintf(w, `%s{"id":"O%08d-%d","sku":"P%04d","quantity":%d,"price":%d.%02d}`, comma, i, line, (i+line)%4000, line+1, i%90+1, i%100)
			err = errors.Join(err, lineErr)
		}
		_, endErr := w.WriteString("]}\n")
		err = errors.Join(err, endErr)
	}
	return errors.Join(err, w.Flush(), f.Close())
}
