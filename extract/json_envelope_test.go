package extract

import (
	"fmt"
	"strings"
	"testing"

	"loadstar/schemas"
)

func envelopeContract() schemas.Contract {
	return schemas.Contract{Feed: "feed", Dialect: schemas.Dialect{Format: "json", Records: []string{"orders", "order"}}, Objects: []schemas.Object{{Name: "r"}}}
}

func readEnvelope(t *testing.T, text string) dump {
	t.Helper()
	s, err := Open(envelopeContract(), landBytes(t, "orders.json", []byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	return read(t, s)
}

func TestEnvelope(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"orders": [{"id": 1}, {"id": 2}]}`: `r@1 id="1",r@2 id="2"`,
		"{\"object\": \"list\",\n \"meta\": {\"a\": [1, \"}\"]}, \"orders\": [ {\"id\": 1}\n, {\"id\": 2} ] , \"more\": [{\"id\": 3}]} \n": `r@1 id="1",r@2 id="2"`,
		`{"order": {"id": 1, "orders": [4]}}`: `r@1 id="1" orders="[4]"`,
		`{"order": {"id": 1}, "next": null}`:  `r@1 id="1"`,
		`{"orders": [], "next": null}`:        ``,
		`[{"id": 1}, {"id": 2}]`:              `r@1 id="1",r@2 id="2"`,
	} {
		d := readEnvelope(t, text)
		if got := strings.Join(d.rows, ","); d.err != nil || got != want || len(d.rejects) > 0 {
			t.Errorf("%s:\n%s\nwant %s", text, d, want)
		}
	}
}

// TestEnvelopeOfAPage: an envelope says by which key that more records follow.
func TestEnvelopeOfAPage(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"orders": [{"id": 1}], "has_more": true}`:                               "has_more",
		`{"has_more": false, "orders": [{"id": 1}]}`:                              "",
		`{"orders": [{"id": 1}], "@odata.nextLink": "https://x.example/?skip=1"}`: "@odata.nextLink",
		`{"orders": [{"id": 1}], "next": null}`:                                   "",
		`{"orders": [{"id": 1}], "next_page": 2}`:                                 "next_page",
		`{"orders": [{"id": 1}], "next_page": 0}`:                                 "",
		`{"paging": {"next": {"after": "17"}}, "orders": [{"id": 1}]}`:            "paging",
		`{"paging": {"prev": "x", "next": ""}, "orders": [{"id": 1}]}`:            "",
		`{"orders": [{"id": 1}], "pageInfo": {"hasNextPage": true, "total": 2}}`:  "pageInfo",
		`{"orders": [{"id": 1}], "meta": {"next": [1]}, "more": [{"id": 2}]}`:     "",
		`{"orders": [{"id": 1, "has_more": true}]}`:                               "",
		`[{"id": 1}]`: "",
	} {
		s, err := Open(envelopeContract(), landBytes(t, "orders.json", []byte(text)))
		if err != nil {
			t.Fatal(err)
		}
		if d := read(t, s); d.err != nil {
			t.Fatal(text, d.err)
		}
		paged, ok := s.(Paged)
		if !ok || paged.Follows() != want {
			t.Errorf("%s: more follow by %q, want %q", text, paged.Follows(), want)
		}
	}
}

func TestEnvelopeRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"id": 1}`:                        "line 1, column 9: the text is one object that has none of orders, order",
		` `:                                "the file is empty",
		`{}`:                               "none of orders, order",
		`{"orders": 5}`:                    "neither an array",
		`{"orders": null}`:                 "neither an array",
		`{"orders": [{"id": 1}]`:           "cut off",
		`{"orders": [{"id": 1}`:            "cut off",
		`{"orders": [{"id": 1}], "more": `: "cut off",
		`{"a": 1, "orders"`:                "colon",
		`{"a" 1}`:                          "colon",
		`{a: 1}`:                           "expected a key",
		`{"a": 1 "orders": []}`:            "comma or }",
		`{"orders": []} {"orders": []}`:    "behind the records",
		`{"orders": [{"id": 1}], "order": {"id": 2}}`: "records twice",
	} {
		if d := readEnvelope(t, text); d.err == nil || !strings.Contains(d.err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, d.err, want)
		}
	}
}

func TestEnvelopeOfManyRecords(t *testing.T) {
	t.Parallel()
	var records []string
	for i := range 30_000 {
		records = append(records, fmt.Sprintf(`{"id": %d, "name": "%s"}`, i, strings.Repeat("x", 80)))
	}
	text := `{"page": {"size": 2}, "orders": [` + strings.Join(records, ",\n") + `], "next": "x"}`
	d := readEnvelope(t, text)
	if len(d.rows) != len(records) || d.err != nil || !strings.HasPrefix(d.rows[29_999], `r@30000 id="29999"`) {
		t.Errorf("%d rows, %v", len(d.rows), d.err)
	}
	testSource(t, envelopeContract(), landBytes(t, "orders.json", []byte(`{"orders": [`+strings.Join(records[:200], ",")+`]}`)))
	testSource(t, envelopeContract(), landBytes(t, "orders.json", []byte(`{"orders": [{"id": 1}, {"id": 2}], "next": null}`)))
}
