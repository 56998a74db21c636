package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/array"

	"loadstar/schemas"
)

// dump is all that a source says about a delivery, as text: where it is cut
// must not show in it.
type dump struct {
	rows     []string // object, row, column=value …, null columns left out
	rejects  []string
	excluded schemas.Excluded
	notes    []string
	err      error
}

func (d dump) String() string {
	return strings.Join(d.rows, "\n") + "\nrejects\n" + strings.Join(d.rejects, "\n") +
		fmt.Sprintf("\nexcluded %+v\nerror %v", d.excluded, d.err)
}

func (d *dump) add(t testing.TB, dec schemas.Decoded) {
	t.Helper()
	d.excluded.Add(dec.Excluded)
	d.notes = append(d.notes, dec.Notes...)
	for _, r := range dec.Rejects {
		d.rejects = append(d.rejects, fmt.Sprintf("%s|%d|%s|%s|%s|%s", r.Feed, r.At.Row, r.Column, r.Rule, r.Reason, r.Raw))
		if r.At.FileKey == 0 || r.At.Row == 0 || r.Rule == "" || r.Reason == "" || r.Raw == "" {
			t.Errorf("reject is not complete: %+v", r)
		}
	}
	if dec.Record == nil {
		return
	}
	defer dec.Record.Release()
	schema := dec.Record.Schema()
	if schema.Field(0).Name != schemas.ColRow {
		t.Fatalf("first column is %s, expected %s", schema.Field(0).Name, schemas.ColRow)
	}
	lines := dec.Record.Column(0).(*array.Int64)
	for i := range int(dec.Record.NumRows()) {
		var b strings.Builder
		fmt.Fprintf(&b, "%s%s@%d", dec.Object, dec.Sheet, lines.Value(i))
		for c := 1; c < int(dec.Record.NumCols()); c++ {
			column := dec.Record.Column(c)
			if !column.IsNull(i) {
				fmt.Fprintf(&b, " %s=%q", schema.Field(c).Name, column.ValueStr(i))
			}
		}
		d.rows = append(d.rows, b.String())
	}
}

// read decodes a whole source in order.
func read(t testing.TB, s Source) dump {
	t.Helper()
	var d dump
	for chunk, err := range s.Chunks(context.Background()) {
		if err != nil {
			d.err = err
			return d
		}
		dec, err := chunk(context.Background())
		if err != nil {
			d.err = err
			return d
		}
		d.add(t, dec)
	}
	return d
}

// byObject sorts nothing: it groups rows by object, in which order alone is
// promised where one block has several objects.
func (d dump) byObject() map[string][]string {
	groups := map[string][]string{}
	for _, row := range d.rows {
		object, _, _ := strings.Cut(row, "@")
		groups[object] = append(groups[object], row)
	}
	return groups
}

// testSource is the suite that every Source passes: the same delivery gives
// the same rows however often it is read and however its chunks are decoded,
// a cancelled context ends reading, and a file cut anywhere gives rows,
// rejects or an error, never a panic.
func testSource(t *testing.T, contract schemas.Contract, l Landed) {
	t.Helper()
	open := func(l Landed) Source {
		s, err := Open(contract, l)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	whole := read(t, open(l))
	t.Run("same delivery twice", func(t *testing.T) {
		s := open(l)
		for range 2 {
			if again := read(t, s); again.String() != whole.String() {
				t.Errorf("first\n%s\nthen\n%s", whole, again)
			}
		}
	})
	t.Run("chunks out of order", func(t *testing.T) { checkOutOfOrder(t, open(l), whole) })
	t.Run("chunks concurrently", func(t *testing.T) { checkConcurrent(t, open(l), whole) })
	t.Run("cancelled", func(t *testing.T) { checkCancelled(t, open(l)) })
	t.Run("stopped early", func(t *testing.T) {
		open(l).Chunks(context.Background())(func(Chunk, error) bool { return false })
	})
	t.Run("cut anywhere", func(t *testing.T) { checkCut(t, contract, l, whole) })
	t.Run("absent file", func(t *testing.T) {
		gone := l
		gone.File = filepath.Join(t.TempDir(), "gone")
		if d := read(t, open(gone)); d.err == nil {
			t.Error("a delivery whose bytes are gone was read")
		}
	})
}

func collect(t *testing.T, s Source) []Chunk {
	t.Helper()
	var chunks []Chunk
	for chunk, err := range s.Chunks(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		chunks = append(chunks, chunk)
	}
	return chunks
}

func checkOutOfOrder(t *testing.T, s Source, whole dump) {
	t.Helper()
	chunks := collect(t, s)
	results := make([]schemas.Decoded, len(chunks))
	for i := len(chunks) - 1; i >= 0; i-- {
		dec, err := chunks[i](context.Background())
		if err != nil {
			t.Fatal(err)
		}
		results[i] = dec
	}
	var d dump
	for _, dec := range results {
		d.add(t, dec)
	}
	if d.String() != whole.String() {
		t.Errorf("in order\n%s\nbackwards\n%s", whole, d)
	}
}

func checkConcurrent(t *testing.T, s Source, whole dump) {
	t.Helper()
	chunks := collect(t, s)
	results := make([]schemas.Decoded, len(chunks))
	errs := make([]error, len(chunks))
	var group sync.WaitGroup
	for i, chunk := range chunks {
		group.Go(func() { results[i], errs[i] = chunk(context.Background()) })
	}
	group.Wait()
	var d dump
	for i, dec := range results {
		if errs[i] != nil {
			t.Fatal(errs[i])
		}
		d.add(t, dec)
	}
	if d.String() != whole.String() {
		t.Errorf("in order\n%s\nconcurrently\n%s", whole, d)
	}
}

func checkCancelled(t *testing.T, s Source) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for chunk, err := range s.Chunks(ctx) {
		if err == nil {
			_, err = chunk(ctx)
		}
		if err == nil {
			t.Fatal("a chunk was decoded under a cancelled context")
		}
		return
	}
	t.Error("a cancelled reading ended as if the delivery were complete")
}

func checkCut(t *testing.T, contract schemas.Contract, l Landed, whole dump) {
	t.Helper()
	content, err := os.ReadFile(l.File)
	if err != nil {
		t.Fatal(err)
	}
	cuts := 60
	if len(content) > blockBytes {
		cuts = 4
	}
	step := max(1, len(content)/cuts)
	for at := len(content) - 1; at > 0; at -= step {
		s, err := Open(contract, landBytes(t, l.Path, content[:at]))
		if err != nil {
			t.Fatal(err)
		}
		d := read(t, s)
		if len(d.rows)+len(d.rejects) > len(whole.rows)+len(whole.rejects)+2 {
			t.Errorf("cut at %d gives more rows than the whole", at)
		}
	}
}

// landBytes keeps content as a delivery of feed "feed".
func landBytes(t testing.TB, path string, content []byte) Landed {
	t.Helper()
	file := filepath.Join(t.TempDir(), "landed")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(content)
	return Landed{Feed: "feed", Path: path, SHA256: hex.EncodeToString(sum[:]), File: file, Size: int64(len(content))}
}

// sharedData is a path below ../shared/data from the project's root; the test
// skips where it is absent.
func sharedData(t testing.TB, elements ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "shared", "data"}, elements...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is absent: the real data files are not part of the project", path)
	}
	return path
}
