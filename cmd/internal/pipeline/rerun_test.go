package pipeline_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"loadstar/cmd/internal/config"
	"loadstar/load/publish"
)

// reruns is how often the same input is run again, rebuilds how often all of it is.
const reruns, rebuilds = 5, 2

// TestRerunsGrowNothing runs the same input again, and rebuilds it: equal
// digests, and the files grow by under a twentieth.
func TestRerunsGrowNothing(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("rebuilds several times")
	}
	cfg := project(t, 60, 1)
	run(t, cfg, options())
	first := current(t, cfg)
	size := sizes(t, first)
	for range reruns {
		if r := run(t, cfg, options()); !r.Unchanged {
			t.Fatalf("the same input is published again: %+v", r)
		}
	}
	o := options()
	o.Full = true
	for range rebuilds {
		run(t, cfg, o)
		v := current(t, cfg)
		same(t, "first and rebuilt", first.Manifest.Digests, v.Manifest.Digests)
		if now := sizes(t, v); 100*now > 105*size {
			t.Errorf("version %d takes %d bytes, the first one %d", v.Number, now, size)
		}
	}
}

// sizes are the bytes of a version's databases.
func sizes(t *testing.T, v publish.Version) int64 {
	t.Helper()
	total := int64(0)
	for _, name := range []string{publish.WarehouseFile, publish.ODSFile} {
		info, err := os.Stat(filepath.Join(v.Dir, name))
		if err != nil {
			t.Fatal(err)
		}
		total += info.Size()
	}
	return total
}

// TestOrderCarriesNoMeaning shuffles the rows of the feeds: equal digests.
func TestOrderCarriesNoMeaning(t *testing.T) {
	t.Parallel()
	cfg := project(t, 60, 1)
	run(t, cfg, options())
	want := current(t, cfg).Manifest.Digests
	if shuffleLines(t, cfg) < 10 {
		t.Fatal("hardly any file was shuffled: the test tests nothing")
	}
	cfg.Warehouse = filepath.Join(t.TempDir(), "warehouse")
	run(t, cfg, options())
	same(t, "as written and shuffled", want, current(t, cfg).Manifest.Digests)
}

// shuffleLines shuffles the lines of the text feeds behind their header,
// except where a quoted value may hold a line end, and counts the files.
func shuffleLines(t *testing.T, cfg config.Config) int {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	shuffled := 0
	for _, pattern := range []string{"crm/*.csv", "store/*.jsonl"} {
		files, err := filepath.Glob(filepath.Join(cfg.Dir, "feeds", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			lines := bytes.SplitAfter(text, []byte("\n"))
			header := 0
			if filepath.Ext(file) == ".csv" {
				header = 1
				if bytes.ContainsRune(text, '"') {
					continue
				}
			}
			body := lines[header : len(lines)-1]
			random.Shuffle(len(body), func(i, j int) { body[i], body[j] = body[j], body[i] })
			write(t, file, string(bytes.Join(lines, nil)))
			shuffled++
		}
	}
	return shuffled
}
