package fault_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"loadstar/schemas/fault"
)

// TestEveryCodeIsExplained: docs/errors.md has a section for each code, and
// for no other.
func TestEveryCodeIsExplained(t *testing.T) {
	text, err := os.ReadFile("../../docs/errors.md")
	if err != nil {
		t.Fatal(err)
	}
	var explained, known []string
	for _, section := range strings.Split(string(text), "\n### ")[1:] {
		heading, body, _ := strings.Cut(section, "\n")
		explained = append(explained, heading)
		if !strings.Contains(body, "*What to do:*") || len(strings.Fields(body)) < 12 {
			t.Errorf("%s says too little", heading)
		}
	}
	for _, k := range fault.Kinds() {
		known = append(known, string(k.Code)+": "+k.Title)
	}
	slices.Sort(known)
	if !slices.Equal(explained, known) {
		t.Errorf("docs/errors.md explains\n%s\nthe codes are\n%s", strings.Join(explained, "\n"), strings.Join(known, "\n"))
	}
}

// TestEveryCodeIsGiven: a code that nothing gives would be a page about nothing.
func TestEveryCodeIsGiven(t *testing.T) {
	tree, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, d := range tree.Decls {
		constants, ok := d.(*ast.GenDecl)
		if !ok || constants.Tok != token.CONST {
			continue
		}
		for _, s := range constants.Specs {
			names[s.(*ast.ValueSpec).Names[0].Name] = true
		}
	}
	if len(names) < 50 {
		t.Fatalf("only %d codes found: the test looks in the wrong place", len(names))
	}
	delete(names, "RowOther") // of rules without a code, of which there are none
	used := regexp.MustCompile(`\bfault\.([A-Z][A-Za-z]+)\b`)
	err = filepath.WalkDir("../..", func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, found := range used.FindAllSubmatch(text, -1) {
			delete(names, string(found[1]))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range names {
		t.Errorf("nothing gives code %s", name)
	}
}

// ruleText is how rules of rows are written; those of one word are listed.
var ruleText = regexp.MustCompile(`^(csv|fixed|json|excel|parquet|type|key|email|phone|country|currency|encoding|totals|row|text)\.[a-z_]+$`)

// TestEveryRuleHasACode looks for the rules that readers, transform and
// staging give to refused rows.
func TestEveryRuleHasACode(t *testing.T) {
	rules := map[string]string{}
	for _, dir := range []string{"../../extract", "../../transform"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(tree, func(n ast.Node) bool {
				if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
					if rule, err := strconv.Unquote(literal.Value); err == nil && ruleText.MatchString(rule) {
						rules[rule] = file
					}
				}
				return true
			})
		}
	}
	for _, rule := range []string{"required", "range", "length", "pattern", "allowed", "encoding", "nul", "scale", "multiple", "unique", "key.conflict"} {
		rules[rule] = "of one word, or of staging"
	}
	if len(rules) < 25 {
		t.Fatalf("only %d rules found: the test looks in the wrong place", len(rules))
	}
	for rule, file := range rules {
		if fault.OfRule(rule) == fault.RowOther {
			t.Errorf("rule %s (%s) has no code", rule, file)
		}
	}
	for _, k := range fault.Kinds() {
		if _, used := rules[k.Rule]; k.Rule != "" && !used && k.Rule != "reference" {
			t.Errorf("no code gives rule %s of %s", k.Rule, k.Code)
		}
	}
}
