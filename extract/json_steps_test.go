package extract

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// madeObject writes an object of few keys in any order, some of them twice and
// some with escapes.
func madeObject(r *rand.Rand, depth int) string {
	var pairs []string
	for range r.IntN(5) {
		key := []string{"a", "b", "c", "l", `\u0061`, `a\"b`, "", "a.b", fmt.Sprint(r.IntN(400))}[r.IntN(9)]
		value := []string{"1", `"x"`, "null", "[]"}[r.IntN(4)]
		if depth > 0 && r.IntN(2) == 0 {
			value = madeObject(r, depth-1)
		}
		if depth > 0 && r.IntN(3) == 0 {
			value = "[" + value + "," + madeObject(r, depth-1) + "]"
		}
		pairs = append(pairs, `"`+key+`"`+[]string{":", " : "}[r.IntN(2)]+value)
	}
	return "{" + strings.Join(pairs, ",") + "}"
}

// TestJSONStepsChangeNothing: what a record gives does not depend on the
// records that were read before it, whose keys are remembered.
func TestJSONStepsChangeNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	c := jsonContract("jsonl", object("o", "", "a", "b.a", "a.b"), object("l", "l", "../a", "a", "b"))
	var lines []string
	var alone dump
	for i := range 3000 {
		line := madeObject(r, 3)
		lines = append(lines, line)
		one := splitJSON(t, strings.Repeat("\n", i)+line+"\n", c, 1)
		alone.rows, alone.rejects = append(alone.rows, one.rows...), append(alone.rejects, one.rejects...)
	}
	together := splitJSON(t, strings.Join(lines, "\n")+"\n", c, 1)
	count := map[string]int{}
	for _, row := range append(together.rows, together.rejects...) {
		count[row]++
	}
	for _, row := range append(alone.rows, alone.rejects...) {
		count[row]--
	}
	for row, n := range count {
		if n != 0 {
			t.Fatalf("%+d times together: %s", n, row)
		}
	}
	if len(alone.rejects) < 100 || len(alone.rows) < 1000 {
		t.Errorf("%d rows and %d rejects prove little", len(alone.rows), len(alone.rejects))
	}
}

// TestJSONStepsAreBounded: keys that are data are not remembered without end,
// and repeated ones are found beyond the bound too.
func TestJSONStepsAreBounded(t *testing.T) {
	var p jsonParser
	for i := range 3 * knownSteps {
		text := fmt.Sprintf(`{"a":{"k%d":{"x":1,"y":{}}},"k%d":1}`, i, i%3)
		p.text, p.nodes = []byte(text+strings.Repeat("\n", slack)), p.nodes[:0]
		if _, fault := p.record(0, len(text)); fault != nil {
			t.Fatal(fault)
		}
		repeated := fmt.Sprintf(`{"a":{"k%d":{"x":1,"x":1}}}`, i)
		p.text, p.nodes = []byte(repeated+strings.Repeat("\n", slack)), p.nodes[:0]
		if _, fault := p.record(0, len(repeated)); fault == nil || fault.rule != "json.duplicate_key" {
			t.Fatalf("%s: fault is %v", repeated, fault)
		}
	}
	if len(p.steps.all) > knownSteps {
		t.Errorf("%d steps are remembered", len(p.steps.all))
	}
}
