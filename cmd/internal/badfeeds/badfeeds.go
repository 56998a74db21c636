// Package badfeeds generates small deliveries with something wrong in each,
// and says what must become of them: which rows arrive with which sums, which
// are quarantined and where, or why the whole is refused. Nothing may be lost
// or changed without a word.
//
// Its tests walk all of them through the way that a run takes, and keep the
// list in testdata/bad/manifest.jsonl.
package badfeeds

import (
	"fmt"
	"slices"
	"strings"

	"loadstar/schemas/fault"
)

// Case is one delivery.
type Case struct {
	Name     string // unique, its group first: "csv/ragged-short"
	File     string // name of the delivered file
	Pattern  string // of the feed, "" = File
	Contract string // an Open Data Contract Standard document of feed "invoices"
	Format   string // of the feed in loadstar.yaml
	Content  func() ([]byte, error)
	Beside   map[string]string // other files of the folder
	Want     Want
}

// Want says what must become of a delivery.
type Want struct {
	Loaded  int               `json:"loaded"`            // rows that arrive
	Sum     string            `json:"sum,omitempty"`     // of total_amount over the rows that arrive
	Values  map[string]string `json:"values,omitempty"`  // "I-1.status" -> its text, "" = null
	Bad     []string          `json:"bad,omitempty"`     // quarantined: "line rule" or "Sheet!C4 rule", in order
	Aside   int               `json:"aside,omitempty"`   // rows set aside by rule
	Code    fault.Code        `json:"code,omitempty"`    // of the refusal, where it has one
	Refused string            `json:"refused,omitempty"` // part of why the whole is refused
	Gate    string            `json:"gate,omitempty"`    // part of why a run stops that could read it
}

// header is the first line of the usual delivery.
const header = "invoice_id,status,invoiced_on,total_amount,quantity\n"

// properties are those of the usual contract.
const properties = `
      - {name: invoice_id, primaryKey: true}
      - {name: status}
      - {name: invoiced_on, logicalType: date}
      - {name: total_amount, logicalType: number, required: true}
      - {name: quantity, logicalType: integer, customProperties: [{property: field, value: none}]}`

// contract writes a contract document. custom are lines of customProperties,
// as "dialect: {delimiter: \";\"}".
func contract(properties string, custom ...string) string {
	if !slices.ContainsFunc(custom, func(c string) bool { return strings.HasPrefix(c, "error_share") }) {
		custom = append(custom, "error_share: 1")
	}
	var b strings.Builder
	b.WriteString("apiVersion: v3.1.0\nkind: DataContract\nid: invoices\nname: invoices\nversion: 1.0.0\nstatus: active\ncustomProperties:\n")
	for _, c := range custom {
		name, value, _ := strings.Cut(c, ": ")
		fmt.Fprintf(&b, "  - {property: %s, value: %s}\n", name, value)
	}
	b.WriteString("schema:\n  - name: invoices\n    customProperties: [{property: entity, value: invoice}]\n    properties:")
	b.WriteString(properties + "\n")
	return b.String()
}

// text is a CSV case of the usual contract with these customProperties.
func text(name, content string, want Want, custom ...string) Case {
	return Case{
		Name: name, File: "invoices.csv", Format: "csv", Contract: contract(properties, custom...),
		Content: constant([]byte(content)), Want: want,
	}
}

func constant(content []byte) func() ([]byte, error) {
	return func() ([]byte, error) { return content, nil }
}

// named is the case under another file name and format.
func (c Case) named(file, format string) Case {
	c.File, c.Format = file, format
	return c
}

// withProperties is the case with other properties in its contract.
func (c Case) withProperties(properties string, custom ...string) Case {
	c.Contract = contract(properties, custom...)
	return c
}

// made is the case with bytes that take work to make.
func (c Case) made(make func() ([]byte, error)) Case {
	c.Content = make
	return c
}

// Cases are all deliveries, by name.
func Cases() []Case {
	var all []Case
	for _, group := range [][]Case{
		csvCases(), syntaxCases(), headerCases(), encodingCases(), kindCases(), packedCases(), valueCases(), momentCases(), amountCases(), textCases(), recordCases(), ruleCases(),
		trailerCases(), fixedCases(), jsonCases(), excelCases(), excelKindCases(), cellCases(), columnarCases(), typeCases(), fileCases(),
		foreignCases(), foreignBooks(), foreignTypes(), foreignFixed(), passedOnCases(), programCases(), recordsOfPrograms(),
		silentCases(), silentRecords(), silentBooks(), silentTypes(), silentPacks(), unsaidCases(), unsaidForms(), filledCases(),
		pageCases(), wholePages(), listCases(), answerCases(), columnKindCases(), formCases(),
		writerCases(), writerRecords(), writerBooks(), writerTypes(), gatheredCases(), shownCases(), namelessCases(), joinedCases(),
	} {
		all = append(all, group...)
	}
	slices.SortFunc(all, func(a, b Case) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// good are the rows of an undamaged delivery, from I-1 on: 100.50 each.
func good(from, to int) string {
	var b strings.Builder
	for i := from; i <= to; i++ {
		fmt.Fprintf(&b, "I-%d,open,2026-01-%02d,100.50,%d\n", i, i%28+1, i)
	}
	return b.String()
}

// total is what n rows of good sum up to.
func total(n int) string {
	cents := n * 10050
	return strings.TrimSuffix(strings.TrimSuffix(fmt.Sprintf("%d.%02d", cents/100, cents%100), "0"), ".0")
}
