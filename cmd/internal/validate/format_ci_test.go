package validate_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"

	"loadstar/cmd/internal/validate"
)

// TestFormatsOfOddText holds what SARIF 2.1.0 and JUnit demand where names and
// values of deliveries hold what JSON, XML and addresses must not.
func TestFormatsOfOddText(t *testing.T) {
	t.Parallel()
	files := []string{"a:b c#%20é.csv", "drops/\x01?&<>\"'.xlsx", "/drops/10:30 ]]>.jsonl", "contracts/b.yaml"}
	r := &validate.Report{}
	for i, file := range files[:3] {
		r.Findings = append(r.Findings, &validate.Finding{
			Code: "LS4004", Severity: []validate.Severity{validate.Error, validate.Warning, validate.Note}[i], Feed: "feed\x02 & <co>", File: file,
			Column: "Preis \x1b[31m€\uffff", What: "a value ]]> is no number\x00", Reason: "\xff\xfe", Next: "mend <it>", Count: 3,
			Places: []validate.Spot{{Line: 3, Char: 4, Value: "\x07"}, {Line: 4}, {Sheet: "Anna \x0b!", Cell: "C7"}},
		})
	}
	r.Findings = append(r.Findings, &validate.Finding{Code: "LS5002", Severity: validate.Error, Feed: "b", File: "contracts/b.yaml", What: "no file", Count: 1, Places: []validate.Spot{{}}})
	var sarif, junit bytes.Buffer
	if err := errors.Join(r.Write(&sarif, "sarif", "v1"), r.Write(&junit, "junit", "v1")); err != nil {
		t.Fatal(err)
	}
	checkSARIF(t, sarif.String(), len(r.Findings))
	checkSARIFWords(t, sarif.Bytes(), files)
	checkJUnit(t, junit.Bytes())
}

// checkSARIFWords looks at each word of the schema that is written.
func checkSARIFWords(t *testing.T, text []byte, files []string) {
	t.Helper()
	type object = map[string]any
	var log object
	if err := json.Unmarshal(text, &log); err != nil {
		t.Fatal(err)
	}
	known := func(where string, o any, words ...string) object {
		got, ok := o.(object)
		if !ok {
			t.Fatalf("%s is no object: %v", where, o)
		}
		for word := range got {
			if !slices.Contains(words, word) {
				t.Errorf("%s has %q, which is no word of the schema", where, word)
			}
		}
		return got
	}
	list := func(o any) []any {
		got, _ := o.([]any)
		return got
	}
	nonEmpty := func(where string, o any) {
		if s, ok := o.(string); !ok || s == "" {
			t.Errorf("%s is %v, want a text", where, o)
		}
	}
	run := known("run", list(known("log", log, "$schema", "version", "runs")["runs"])[0], "tool", "columnKind", "results")
	if run["columnKind"] != "unicodeCodePoints" && run["columnKind"] != "utf16CodeUnits" {
		t.Errorf("columnKind %v", run["columnKind"])
	}
	driver := known("driver", known("tool", run["tool"], "driver")["driver"], "name", "version", "rules")
	nonEmpty("driver", driver["name"])
	for _, rule := range list(driver["rules"]) {
		r := known("rule", rule, "id", "shortDescription")
		nonEmpty("rule", r["id"])
		nonEmpty("rule's text", known("text", r["shortDescription"], "text")["text"])
	}
	for i, result := range list(run["results"]) {
		r := known("result", result, "ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints")
		if level, ok := r["level"].(string); !ok || !slices.Contains([]string{"none", "note", "warning", "error"}, level) {
			t.Errorf("level %v", r["level"])
		}
		nonEmpty("message", known("message", r["message"], "text")["text"])
		for _, print := range r["partialFingerprints"].(object) {
			nonEmpty("fingerprint", print)
		}
		for _, l := range list(r["locations"]) {
			physical := known("place", known("location", l, "physicalLocation", "logicalLocations")["physicalLocation"], "artifactLocation", "region")
			uri := known("artifact", physical["artifactLocation"], "uri")["uri"].(string)
			at, err := url.Parse(uri)
			if err != nil || at.Scheme != "" || at.Fragment != "" || at.RawQuery != "" || strings.TrimPrefix(at.Path, "./") != files[i] {
				t.Errorf("%q is no address of the file: %v", uri, err)
			}
			if physical["region"] == nil {
				continue
			}
			region := known("region", physical["region"], "startLine", "startColumn")
			for word, n := range region {
				if number, ok := n.(float64); !ok || number < 1 || number != float64(int(number)) {
					t.Errorf("%s is %v, want a number from 1", word, n)
				}
			}
		}
	}
}

// checkJUnit reads the document as strictly as XML is defined.
func checkJUnit(t *testing.T, text []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Strict = true
	cases, failures := 0, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("junit is no XML: %v", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		needed := map[string][]string{"testsuites": {"tests", "failures"}, "testsuite": {"name", "tests", "failures", "errors"}, "testcase": {"name", "classname"}, "failure": {"message", "type"}}
		for _, name := range needed[start.Name.Local] {
			if !slices.ContainsFunc(start.Attr, func(a xml.Attr) bool { return a.Name.Local == name && a.Value != "" }) {
				t.Errorf("%s lacks %s: %v", start.Name.Local, name, start.Attr)
			}
		}
		switch start.Name.Local {
		case "testcase":
			cases++
		case "failure":
			failures++
		}
	}
	if cases != 4 || failures != 2 {
		t.Errorf("%d cases, %d failures, want 4 and 2", cases, failures)
	}
}
