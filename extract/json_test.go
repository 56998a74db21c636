package extract

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loadstar/schemas"
)

func jsonContract(format string, objects ...schemas.Object) schemas.Contract {
	return schemas.Contract{Feed: "feed", Dialect: schemas.Dialect{Format: format, Encoding: "utf-8"}, Objects: objects}
}

func object(name, path string, columns ...string) schemas.Object {
	o := schemas.Object{Name: name, Path: path}
	for _, c := range columns {
		p := schemas.Property{Name: c}
		if strings.HasPrefix(c, "../") {
			p = schemas.Property{Name: strings.TrimLeft(c, "./"), From: c}
		}
		o.Properties = append(o.Properties, p)
	}
	return o
}

func readJSON(t testing.TB, content string, c schemas.Contract) dump {
	t.Helper()
	s, err := Open(c, landBytes(t, "in.json", []byte(content)))
	if err != nil {
		t.Fatal(err)
	}
	return read(t, s)
}

func TestJSON(t *testing.T) {
	orders := []schemas.Object{
		object("orders", "", "id", "customer.id", "total", "note"),
		object("lines", "lines", "../id", "../customer.id", "sku", "price.amount"),
		object("customers", "customer", "id", "name"),
	}
	for _, c := range []struct {
		name    string
		format  string
		objects []schemas.Object
		in      string
		rows    []string
		rejects []string // "row rule reason"
		blank   int64
	}{
		{name: "records behind each other", format: "json", objects: orders[:1],
			in:   "{\"id\":1}{\"id\":2}\n\n{\n  \"id\": 3\n}\t{\"id\":4}\n",
			rows: []string{`orders@1 id="1"`, `orders@2 id="2"`, `orders@3 id="3"`, `orders@4 id="4"`}},
		{name: "nested", objects: orders,
			in: `{"id":1,"customer":{"id":"C1","name":"Ann"},"total":10.50,"lines":[{"sku":"A","price":{"amount":1e2,"currency":"EUR"}},{"sku":"B","qty":2}]}` + "\n" +
				`{"id":2,"customer":{"id":"C2"},"lines":{"sku":"D"}}` + "\n",
			rows: []string{`orders@1 id="1" customer.id="C1" total="10.50"`, `orders@2 id="2" customer.id="C2"`,
				`lines@1 _parent_row="1" ../id="1" ../customer.id="C1" sku="A" price.amount="1e2" price.currency="EUR"`,
				`lines@1 _parent_row="1" ../id="1" ../customer.id="C1" sku="B" qty="2"`,
				`lines@2 _parent_row="2" ../id="2" ../customer.id="C2" sku="D"`,
				`customers@1 _parent_row="1" id="C1" name="Ann"`, `customers@2 _parent_row="2" id="C2"`}},
		{name: "numbers as written", objects: []schemas.Object{object("o", "", "a", "b", "c")},
			in: `{"a":12345678901234567890.10,"b":-0.0E+5,"c":1.0}`, rows: []string{`o@1 a="12345678901234567890.10" b="-0.0E+5" c="1.0"`}},
		{name: "kinds", objects: []schemas.Object{object("o", "", "a", "b", "c", "d", "e")},
			in: `{"a":null,"b":"","c":true,"d":[1, {"x":2}],"e":{"k":"v"}}`, rows: []string{`o@1 b="" c="true" d="[1, {\"x\":2}]" e="{\"k\":\"v\"}"`}},
		{name: "escapes", objects: []schemas.Object{object("o", "", "a", "naïve")},
			in: `{"a":"\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00","na\u00efve":"x"}`, rows: []string{`o@1 a="\"\\/\b\f\n\r\té😀" naïve="x"`}},
		{name: "unlisted keys", objects: []schemas.Object{object("o", "", "id", "a.b")},
			in:   `{"z":1,"id":2,"y":{"deep":[1]},"a":{"b":3,"c":4,"d":{"e":5}},"n":null}` + "\n" + `{"id":3,"a":"plain"}`,
			rows: []string{`o@1 id="2" a.b="3" a.c="4" a.d="{\"e\":5}" y="{\"deep\":[1]}" z="1"`, `o@2 id="3" a="plain"`}},
		{name: "blank lines and byte order mark", objects: []schemas.Object{object("o", "", "a")},
			in: "\xef\xbb\xbf\r\n{\"a\":1}\r\n \n{\"a\":2}", rows: []string{`o@2 a="1"`, `o@4 a="2"`}, blank: 2},
		{name: "broken lines", objects: []schemas.Object{object("o", "", "a")},
			in:   "{\"a\":1}\n{\"a\":1,}\n{\"a\":01}\nnull\n{\"a\":1}{\"a\":2}\n{\"a\":\"x\ty\"}\n{\"a\":tru}\n{a:1}\n{\"a\":\"\\x\"}\n{\"a\":[1 2]}\n{\"a\":2}\n{\"a\":\"cut",
			rows: []string{`o@1 a="1"`, `o@11 a="2"`},
			rejects: []string{
				`2 json.syntax column 8: expected a key in quotes`, `3 json.syntax column 7: expected a comma or }`, `4 json.syntax column 1: expected an object in braces`,
				`5 json.syntax column 8: there is text behind the record`, `6 json.syntax column 8: a control character stands in a string`,
				`7 json.syntax column 6: expected true`, `8 json.syntax column 2: expected a key in quotes`, `9 json.syntax column 7: unknown escape`,
				`10 json.syntax column 9: expected a comma or ]`, `12 json.syntax column 6: a string opens here and never closes`}},
		{name: "duplicate keys", objects: []schemas.Object{object("o", "", "a")},
			in: `{"a":1,"\u0061":2}` + "\n" + `{"a":1,"b":{"c":1,"c":2}}`, rejects: []string{
				`1 json.duplicate_key column 8: the key occurs twice in one object`, `2 json.duplicate_key column 19: the key occurs twice in one object`}},
		{name: "two keys for a column", objects: []schemas.Object{object("o", "", "a.b"), object("l", "lines", "x")},
			in: `{"lines":[{"x":1}],"a.b":1,"a":{"b":2}}` + "\n" + `{"a.b":1,"lines":[{"x":2}]}`, rows: []string{`o@2 a.b="1"`, `l@2 _parent_row="2" x="2"`},
			rejects: []string{`1 json.duplicate_key column 1: two keys of the record give the same column`}},
		{name: "not decodable", objects: []schemas.Object{object("o", "", "a")},
			in: "{\"a\":\"\xff\"}\n" + `{"a":"\ud800"}` + "\n" + `{"a":"\u0000"}` + "\n" + strings.Repeat(`{"a":`, 80) + strings.Repeat("}", 80),
			rejects: []string{`1 encoding column 1: the record holds bytes that are not utf-8`, `2 encoding column 7: half of a surrogate pair stands alone`,
				`3 nul column 7: the value holds a NUL character`, `4 json.depth column 321: values are nested more than 64 deep`}},
		{name: "arrays of values and deep paths", objects: []schemas.Object{object("o", "", "id"), object("tags", "tags"), object("deep", "a.b", "../../id", "../k", "v")},
			in:   `{"id":7,"tags":["x","y",null],"a":[{"k":1,"b":[{"v":2},{"v":3}]},{"k":4,"b":{"v":5}}]}`,
			rows: []string{`o@1 id="7" a="[{\"k\":1,\"b\":[{\"v\":2},{\"v\":3}]},{\"k\":4,\"b\":{\"v\":5}}]"`, `tags@1 _parent_row="1" value="x"`, `tags@1 _parent_row="1" value="y"`, `deep@1 _parent_row="1" ../../id="7" ../k="1" v="2"`, `deep@1 _parent_row="1" ../../id="7" ../k="1" v="3"`, `deep@1 _parent_row="1" ../../id="7" ../k="4" v="5"`}},
		{name: "names of lineage", objects: []schemas.Object{object("o", "")}, in: `{"_row":1,"":2}`, rows: []string{`o@1 _row_2="1" unnamed="2"`}},
		{name: "an array", format: "json", objects: []schemas.Object{object("o", "", "a")},
			in: " [\n {\"a\": \"]\\\"\"} ,\n{\"a\":\n{\"b\":[]}}, 5, {\"a\":1,}]\n", rows: []string{`o@1 a="]\""`, `o@2 a="{\"b\":[]}"`},
			rejects: []string{`3 json.syntax line 4, column 12: expected an object in braces`, `4 json.syntax line 4, column 22: expected a key in quotes`}},
		{name: "one record", format: "json", objects: []schemas.Object{object("o", "data", "a")},
			in: "{\"object\":\"list\",\n\"data\":[{\"a\":1},{\"a\":2}]}", rows: []string{`o@1 _parent_row="1" a="1"`, `o@1 _parent_row="1" a="2"`}},
		{name: "an empty array", format: "json", objects: []schemas.Object{object("o", "", "a")}, in: "[ ]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			format := "jsonl"
			if c.format != "" {
				format = c.format
			}
			d := readJSON(t, c.in, jsonContract(format, c.objects...))
			if d.err != nil {
				t.Fatal(d.err)
			}
			var rejects []string
			for _, r := range d.rejects {
				parts := strings.SplitN(r, "|", 6)
				rejects = append(rejects, fmt.Sprintf("%s %s %s", parts[1], parts[3], parts[4]))
			}
			same(t, "rows", d.rows, c.rows)
			same(t, "rejects", rejects, c.rejects)
			if d.excluded.Total() != c.blank || d.excluded.Blank != c.blank {
				t.Errorf("excluded %+v, expected %d blank", d.excluded, c.blank)
			}
		})
	}
}

func TestJSONAlias(t *testing.T) {
	o := schemas.Object{Name: "o", Properties: []schemas.Property{{Name: "id", Aliases: []string{"ID"}}, {Name: "x", Constant: new(string)}, {Name: "f", From: "$file"}}}
	d := readJSON(t, `{"ID":1}`, jsonContract("jsonl", o))
	same(t, "rows", d.rows, []string{`o@1 id="1"`})
}

func TestJSONRefused(t *testing.T) {
	for _, c := range []struct{ name, format, in, says string }{
		{"array as lines", "jsonl", "[{}]", "set format: json"},
		{"web page", "jsonl", "<html>", "web page"},
		{"array behind a record", "json", "{\"a\":1}\n[{\"a\":2}]", "line 2, column 1: there is text behind the records"},
		{"comma behind a record", "json", "{\"a\":1},\n{\"a\":2}", "line 1, column 8: there is text behind the records"},
		{"cut second record", "json", "{\"a\":1}\n{\"a\":", "line 2, column 1: the file is cut off"},
		{"cut in a record", "json", "[{\"a\":1},\n{\"a\":", "line 2, column 1: the file is cut off"},
		{"cut behind a record", "json", "[{\"a\":1}", "the file is cut off"},
		{"cut record", "json", "{\"a\":1", "the file is cut off"},
		{"no comma", "json", "[{} {}]", "line 1, column 5: expected a comma"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := readJSON(t, c.in, jsonContract(c.format, object("o", "", "a")))
			if d.err == nil || !strings.Contains(d.err.Error(), c.says) {
				t.Errorf("error is %v, expected %q", d.err, c.says)
			}
		})
	}
}

func TestJSONKeysThatAreData(t *testing.T) {
	var in strings.Builder
	for i := range 2 * jsonColumns {
		fmt.Fprintf(&in, "{\"k%d\":1}\n", i)
	}
	if d := readJSON(t, in.String(), jsonContract("jsonl", object("o", ""))); d.err == nil || !strings.Contains(d.err.Error(), "different keys") {
		t.Errorf("error is %v", d.err)
	}
	var one strings.Builder
	one.WriteString("{")
	for i := range 100 {
		fmt.Fprintf(&one, "\"k%d\":1,", i)
	}
	one.WriteString(`"k50":2}`)
	if d := readJSON(t, one.String(), jsonContract("jsonl", object("o", ""))); len(d.rejects) != 1 || !strings.Contains(d.rejects[0], "json.duplicate_key") {
		t.Errorf("a repeated key among many was not found: %v", d)
	}
}

func TestJSONSuite(t *testing.T) {
	objects := []schemas.Object{object("o", "", "id", "c.name"), object("l", "lines", "../id", "sku")}
	record := `{"id":%d,"c":{"name":"Zoë"},"lines":[{"sku":"A"},{"sku":"\u00e9"}],"x":[1]}`
	var lines, array strings.Builder
	array.WriteString("[")
	for i := range 300 {
		fmt.Fprintf(&lines, record+"\n", i)
		fmt.Fprintf(&array, record+",\n", i)
	}
	array.WriteString("{}]")
	testSource(t, jsonContract("jsonl", objects...), landBytes(t, "in.jsonl", []byte(lines.String())))
	testSource(t, jsonContract("json", objects...), landBytes(t, "in.json", []byte(array.String())))
}

func splitJSON(t testing.TB, content string, c schemas.Contract, size int) dump {
	t.Helper()
	s, err := openJSON(c, Landed{Feed: "feed", Path: "in.json"})
	if err != nil {
		t.Fatal(err)
	}
	source := s.(*jsonSource)
	source.size = size
	var out dump
	out.err = source.splitText(context.Background(), strings.NewReader(content), func(c Chunk) bool {
		dec, err := c(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		out.add(t, dec)
		return true
	})
	groups := out.byObject()
	out.rows = append(append([]string(nil), groups["o"]...), groups["l"]...)
	return out
}

func FuzzJSON(f *testing.F) {
	for _, seed := range []string{
		"{\"a\":1}\n{\"a\":\"x\\n\"}\n", "[{\"a\":1},\n{\"b\":[{}]}]", "{\"l\":[{\"a\":1},2]}\r\n\r\n{\"a.b\":1,\"a\":{\"b\":2}}",
		"{\"a\":\"\xff\"}\n{", "[[[[]]]]", "{\"a\":\"\\ud83d\\ude00\"}", "[\"a\", 1e5, tru]", "{\"k\":{\"a\":{\"a\":[]}}}",
	} {
		f.Add(seed, false)
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, content string, lines bool) {
		format := "json"
		if lines {
			format = "jsonl"
		}
		c := jsonContract(format, object("o", "", "a", "a.b", "k.a.a"), object("l", "l", "../a", "a"))
		whole := splitJSON(t, content, c, 1<<20)
		for _, size := range []int{1, 5, 64} {
			if part := splitJSON(t, content, c, size); part.err == nil && part.String() != whole.String() || (part.err == nil) != (whole.err == nil) {
				t.Fatalf("blocks of %d bytes give\n%s\nnot\n%s", size, part, whole)
			}
		}
		checkAgainstEncodingJSON(t, content, lines, whole)
	})
}

// checkAgainstEncodingJSON proves that a line is taken exactly where it is a
// JSON object, repeated keys and limits aside.
func checkAgainstEncodingJSON(t *testing.T, content string, lines bool, d dump) {
	t.Helper()
	if !lines || d.err != nil {
		return
	}
	taken := map[string]bool{}
	for _, row := range d.rows {
		if at, ok := strings.CutPrefix(row, "o@"); ok {
			number, _, _ := strings.Cut(at, " ")
			taken[number] = true
		}
	}
	strict := map[string]bool{}
	for _, r := range d.rejects {
		parts := strings.SplitN(r, "|", 6)
		strict[parts[1]] = parts[3] != "json.syntax"
	}
	for i, line := range strings.Split(strings.TrimPrefix(content, "\xef\xbb\xbf"), "\n") {
		number := fmt.Sprint(i + 1)
		valid := json.Valid([]byte(line)) && strings.HasPrefix(strings.TrimLeft(line, " \t\r"), "{")
		if valid != taken[number] && !strict[number] {
			t.Fatalf("line %s: valid %v, taken %v", number, valid, taken[number])
		}
	}
}

func TestRealJSON(t *testing.T) {
	for _, folder := range []string{"stripe-fixtures", "shopify-fixtures"} {
		root := sharedData(t, "feeds", folder)
		err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".json" {
				return err
			}
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			d := readJSON(t, string(content), jsonContract("json", object("o", "", "id")))
			faults := 0
			for _, r := range d.rejects {
				if !strings.Contains(r, "expected an object") { // a list of numbers is JSON, but no records
					faults++
				}
			}
			if valid := json.Valid(content); valid != (d.err == nil && faults == 0) {
				t.Errorf("%s: valid %v, error %v, rejects %v", path, valid, d.err, d.rejects)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
