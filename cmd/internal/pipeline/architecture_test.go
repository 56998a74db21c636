package pipeline_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// allowed lists, for each package, which packages of Loadstar it may import.
// A new arrow is a visible change of this map.
var allowed = map[string][]string{
	"schemas":                 {"schemas/fault"},
	"extract":                 {"schemas", "schemas/fault"},
	"transform":               {"schemas", "schemas/fault"},
	"dedupe":                  {"schemas"},
	"load":                    {"schemas", "schemas/fault"},
	"load/publish":            {},
	"cmd/internal/config":     {"schemas", "schemas/fault", "dedupe"},
	"cmd/internal/badfeeds":   {"schemas/fault"},
	"cmd/internal/sample":     {"schemas"},
	"cmd/internal/catalogue":  {},
	"cmd/internal/recognise":  {"schemas", "extract", "transform", "dedupe"},
	"cmd/internal/draft":      {"schemas", "schemas/fault", "extract", "transform", "cmd/internal/config", "cmd/internal/recognise"},
	"cmd/internal/matchfile":  {"schemas", "extract", "transform", "dedupe", "cmd/internal/recognise"},
	"cmd/internal/pipeline":   {"schemas", "extract", "transform", "dedupe", "load", "load/publish", "cmd/internal/config", "schemas/fault", "cmd/internal/intake"},
	"cmd/internal/cli":        {"schemas", "dedupe", "load", "load/publish", "cmd/internal/config", "cmd/internal/pipeline", "cmd/internal/sample", "cmd/internal/matchfile", "schemas/fault", "cmd/internal/validate", "cmd/internal/draft", "cmd/internal/intake", "cmd/internal/quarantine", "cmd/internal/catalogue"},
	"cmd/internal/bench":      {"schemas", "extract", "transform", "dedupe", "load", "load/publish", "cmd/internal/config", "cmd/internal/intake", "cmd/internal/pipeline", "cmd/internal/sample"},
	"cmd/internal/benchmatch": {"schemas", "dedupe", "cmd/internal/sample", "cmd/internal/matchfile"},
	"cmd/loadstar":            {"cmd/internal/cli"},
	"cmd/bench":               {"cmd/internal/bench"},
	"cmd/bench-match":         {"cmd/internal/benchmatch"},
	"schemas/fault":           {},
	"cmd/internal/intake":     {"schemas", "schemas/fault", "extract", "transform", "cmd/internal/config"},
	"cmd/internal/quarantine": {"schemas", "schemas/fault", "extract", "load", "load/publish", "cmd/internal/config", "cmd/internal/validate"},
	"cmd/internal/validate":   {"schemas", "schemas/fault", "extract", "transform", "cmd/internal/config", "cmd/internal/intake"},
}

// inTests lists arrows that tests may have beside those of their package.
var inTests = map[string][]string{
	"cmd/internal/badfeeds": {"schemas", "extract", "transform"},
	"cmd/internal/pipeline": {"cmd/internal/sample", "cmd/internal/badfeeds", "cmd/internal/validate", "cmd/internal/draft"},
	"cmd/loadstar":          {"load", "load/publish"},
}

// confined lists modules that only the named packages may import.
var confined = map[string][]string{
	"github.com/duckdb/duckdb-go":  {"load", "cmd/internal/bench"},
	"github.com/xuri/excelize":     {"extract", "cmd/internal/sample"},
	"github.com/antzucaro/matchr":  {"dedupe"},
	"github.com/mattn/go-sqlite3":  {"extract", "cmd/internal/sample"},
	"go.uber.org/zap":              {"cmd/internal/cli"},
	"github.com/nyaruka/phonenumb": {"transform"},
	"github.com/jackc/pgx":         {"extract"},
	"github.com/go-sql-driver":     {"extract"},
}

func TestImports(t *testing.T) {
	root := "../../.."
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != root {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		files++
		relative, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		checkFile(t, path, filepath.ToSlash(filepath.Dir(relative)), strings.HasSuffix(path, "_test.go"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 10 {
		t.Fatalf("only %d files found: the test looks in the wrong place", files)
	}
}

func checkFile(t *testing.T, path, pkg string, isTest bool) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	arrows, known := allowed[pkg]
	if !known {
		t.Errorf("package %s is not on the map of the architecture", pkg)
		return
	}
	for _, spec := range file.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if inner, ours := strings.CutPrefix(name, "loadstar/"); ours && inner != pkg && !slices.Contains(arrows, inner) &&
			(!isTest || !slices.Contains(inTests[pkg], inner)) {
			t.Errorf("%s imports %s: that arrow is not on the map", path, inner)
		}
		for module, holders := range confined {
			if strings.HasPrefix(name, module) && !slices.Contains(holders, pkg) && !isTest {
				t.Errorf("%s imports %s, which is confined to %v", path, name, holders)
			}
		}
	}
}
