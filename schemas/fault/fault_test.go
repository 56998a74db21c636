package fault_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"loadstar/schemas/fault"
)

type inner struct {
	Name string `yaml:"name"`
	Size int    `yaml:"size"`
	On   bool   `yaml:"on"`
	Rate float64
	At   fault.Places `yaml:"-"`
}

type outer struct {
	Version string           `yaml:"version"`
	List    []inner          `yaml:"list"`
	Map     map[string]inner `yaml:"map"`
	Any     any              `yaml:"any"`
	Late    fault.Value      `yaml:"late"`
}

var codes = fault.Codes{Syntax: "S", Unknown: "U", Value: "V", Open: "O"}

func decode(text string) (outer, fault.List) {
	var to outer
	return to, fault.Decode([]byte(text), codes, &to)
}

func TestDecode(t *testing.T) {
	var to outer
	faults := fault.Decode([]byte(`
version: 1.10
base: &base {size: 7, on: true}
list:
  - {name: "a #b", <<: *base}
  - name: c
    size: 3
map: {x: {name: null}}
any: {nobody: reads}
late: [1, 2]
`), codes, &to)
	if len(faults) != 1 || faults[0].Code != "U" || faults[0].At.Line != 3 {
		t.Fatalf("faults %v, want the unknown key base alone", faults)
	}
	if to.Version != "1.10" || len(to.List) != 2 || to.List[0].Name != "a #b" || to.List[0].Size != 7 || !to.List[0].On {
		t.Errorf("read wrong: %+v", to)
	}
	if at := to.List[1].At["size"]; at != (fault.Place{Line: 7, Column: 11}) {
		t.Errorf("size stands at %v", at)
	}
	var numbers []int
	if err := to.Late.Into(&numbers); err != nil || len(numbers) != 2 {
		t.Errorf("late value: %v %v", numbers, err)
	}
	var text string
	if err := to.Late.Into(&text); fault.CodeOf(err) != "V" {
		t.Errorf("a list is no text: %v", err)
	}
}

func TestDecodeFindsAllErrors(t *testing.T) {
	_, faults := decode("verson: 1\nlist:\n  - {size: many, on: maybe}\n  - {nam: x}\nmap: [1]\n")
	var got []string
	for _, f := range faults {
		got = append(got, fmt.Sprintf("%s %d:%d %s", f.Code, f.At.Line, f.At.Column, f.Error()))
	}
	for i, want := range []string{"U 1:1", "V 3:12", "V 3:22", "U 4:6", "V 5:6"} {
		if i >= len(got) || !strings.HasPrefix(got[i], want) {
			t.Fatalf("faults:\n%s\nwant %s as number %d", strings.Join(got, "\n"), want, i+1)
		}
	}
	if !strings.Contains(got[0], "did you mean version?") {
		t.Errorf("no proposal: %s", got[0])
	}
}

func TestDecodeRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		code fault.Code
		line int
	}{
		"no YAML":      {"version: [1\n", "S", 0},
		"twice":        {"version: 1\nversion: 2\n", "S", 2},
		"empty":        {"", "S", 1},
		"comment only": {"# nothing\n", "S", 1},
		"no mapping":   {"- a\n", "S", 1},
		"two":          {"version: 1\n---\nversion: 2\n", "S", 3},
		"open":         {"version: TODO # 1 or 2?\n", "O", 1},
		"no anchor":    {"version: *none\n", "V", 1},
		"own alias":    {"version: &a *a\n", "S", 1},
		"tab":          {"list:\n\t- a\n", "S", 2},
		"deep":         {"any: " + strings.Repeat("[", 100_000) + "\n", "S", 0},
		"deep mapping": {"any: " + strings.Repeat("{a: ", 100_000) + "\n", "S", 0},
		"deep entries": {"any:\n  " + strings.Repeat("- ", 100_000) + "a\n", "S", 0},
		"deep keys":    {strings.Repeat("? ", 100_000) + "a\n", "S", 0},
		"large":        {"any: " + strings.Repeat("x", 17<<20) + "\n", "S", 0},
	} {
		_, faults := decode(test.text)
		if len(faults) != 1 || faults[0].Code != test.code || test.line > 0 && faults[0].At.Line != test.line {
			t.Errorf("%s: %+v, want one with code %s in line %d", name, faults, test.code, test.line)
		}
	}
	_, faults := decode("version: TODO # 1 or 2?\n")
	if text := faults.Error(); !strings.Contains(text, "init left this open: 1 or 2?") {
		t.Errorf("the question is lost: %s", text)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("version: 1\nlist: [{name: &a x}, *a]\nlate: !!str 5\n")
	f.Add("? [a]\n: b\n")
	f.Add("map: {<<: [1]}\n")
	f.Add("map: &a {<<: *a, x: *a}\n")
	f.Fuzz(func(t *testing.T, text string) {
		var to outer
		for _, e := range fault.Decode([]byte(text), codes, &to) {
			if e.Code == "" || e.Reason == "" {
				t.Errorf("%+v says nothing", e)
			}
		}
	})
}

func TestListKeepsInnerPlaces(t *testing.T) {
	placed := &fault.Error{Code: "A", At: fault.Place{Line: 4, Column: 2}, Reason: "is bad"}
	var l fault.List
	l.Add(fault.Place{Line: 1}, "B", fmt.Errorf("in it: %w", placed))
	l.Add(fault.Place{Line: 1}, "B", fmt.Errorf("both: %w", fault.List{placed, fault.New("", "is worse")}.Err()))
	l.Add(fault.Place{Line: 9}, "C", errors.New("plain"))
	l.Add(fault.Place{Line: 9}, "C", nil)
	want := "f:4:2: in it: is bad\nf:4:2: both: is bad\nf:1: both: is worse\nf:9: plain"
	if got := l.In("f").Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if l[2].Code != "B" || l[3].Code != "C" {
		t.Errorf("codes %s %s", l[2].Code, l[3].Code)
	}
}

func TestMark(t *testing.T) {
	inner := fault.New(fault.DeliveryKind, "it is a picture")
	if got := fault.CodeOf(fault.Mark(fault.DeliveryOther, fmt.Errorf("read: %w", inner))); got != fault.DeliveryKind {
		t.Errorf("the inner code is lost: %s", got)
	}
	plain := errors.New("x")
	if marked := fault.Mark(fault.DeliveryOther, plain); !errors.Is(marked, plain) || marked.Error() != "x" {
		t.Errorf("marking changes the error: %v", marked)
	}
	cancelled := fault.Mark(fault.DeliveryOther, context.Canceled)
	if !errors.Is(cancelled, context.Canceled) || fault.CodeOf(cancelled) != "" || fault.Mark("X", nil) != nil {
		t.Error("a cancelled context got a code")
	}
}

func TestKinds(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range fault.Kinds() {
		if seen[string(k.Code)] || k.Rule != "" && seen[k.Rule] || k.Title == "" || k.Code.Title() != k.Title {
			t.Errorf("%+v comes twice or says nothing", k)
		}
		seen[string(k.Code)], seen[k.Rule] = true, true
	}
	if fault.OfRule("required") != "LS4001" || fault.OfRule("no.such") != fault.RowOther || fault.OfRule("") != fault.RowOther {
		t.Error("rules have other codes")
	}
}

func TestNearest(t *testing.T) {
	known := []string{"snapshot", "delta", "append"}
	if got := fault.Nearest("snapshots", known, nil); len(got) != 1 || got[0] != "snapshot" {
		t.Errorf("nearest %v", got)
	}
	if got := fault.DidYouMean("zzz", known); !strings.HasPrefix(got, "known are snapshot") {
		t.Error(got)
	}
}
