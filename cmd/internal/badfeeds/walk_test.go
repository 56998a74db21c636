package badfeeds_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"loadstar/cmd/internal/badfeeds"
	"loadstar/extract"
	"loadstar/schemas"
	"loadstar/schemas/fault"
	"loadstar/transform"
)

var update = flag.Bool("update", false, "write the manifest anew")

// Bounds of one delivery, whatever is wrong with it.
const (
	mostTime   = 10 * time.Second
	mostMemory = 256 << 20
)

const manifestFile = "../../../testdata/bad/manifest.jsonl"

// TestManifest keeps the list of all cases where people can read it.
func TestManifest(t *testing.T) {
	var b bytes.Buffer
	names := map[string]bool{}
	for _, c := range badfeeds.Cases() {
		if names[c.Name] {
			t.Errorf("two cases are called %s", c.Name)
		}
		names[c.Name] = true
		line := struct {
			Case string        `json:"case"`
			File string        `json:"file"`
			Want badfeeds.Want `json:"want"`
		}{c.Name, c.File, c.Want}
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(line); err != nil {
			t.Fatal(err)
		}
	}
	if len(names) < 150 {
		t.Errorf("there are %d cases, expected at least 150", len(names))
	}
	if *update {
		if err := os.WriteFile(manifestFile, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(manifestFile)
	if err != nil || !bytes.Equal(kept, b.Bytes()) {
		t.Errorf("the manifest does not list these cases (%v): run the test with -update and look at what changed", err)
	}
}

// TestBadDeliveries takes every delivery from its file to conformed batches,
// as a run does.
func TestBadDeliveries(t *testing.T) {
	for _, c := range badfeeds.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			content, err := c.Content()
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			for name, text := range c.Beside {
				write(t, filepath.Join(dir, name), []byte(text))
			}
			write(t, filepath.Join(dir, c.File), content)
			content = nil
			runtime.GC()
			peak := watchMemory()
			from := spent()
			got, err := deliver(t.Context(), dir, c)
			took := spent() - from
			if memory := peak(); memory > mostMemory {
				t.Errorf("took %d MB", memory>>20)
			}
			if took > mostTime {
				t.Errorf("took %v", took)
			}
			check(t, c.Want, got, err)
		})
	}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// watchMemory tells how much the heap grew to at most.
func watchMemory() func() uint64 {
	var peak atomic.Uint64
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	done, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		for {
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			peak.Store(max(peak.Load(), now.HeapInuse-min(now.HeapInuse, before.HeapInuse)))
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() uint64 {
		close(done)
		<-stopped
		return peak.Load()
	}
}

// result is what became of a delivery.
type result struct {
	read     int64 // rows decoded, refused or set aside, counted by the decoder
	loaded   int64
	conforms int64 // rows read and rows refused, counted by the conformer
	refused  int64
	aside    int64
	money    *big.Int
	control  schemas.ID // of all rows read, by the conformer
	lost     schemas.ID // of the rows refused
	bad      []string
	values   map[string]string
}

// deliver takes a delivery through steps 1 to 4.
func deliver(ctx context.Context, dir string, c badfeeds.Case) (result, error) {
	got := result{money: new(big.Int), values: map[string]string{}}
	contract, err := schemas.ParseContract("invoices.yaml", []byte(c.Contract))
	if err != nil {
		return got, err
	}
	contract.Dialect.Format = c.Format
	pattern := c.Pattern
	if pattern == "" {
		pattern = c.File
	}
	files, err := extract.Glob(dir, pattern)
	if err != nil {
		return got, err
	}
	if len(files) != 1 {
		return got, fault.New(fault.DeliveryMissing, "%s names no file (%d)", pattern, len(files))
	}
	landed, err := extract.Land(ctx, extract.Shelf{Dir: filepath.Join(dir, ".landing"), Project: dir}, contract.Feed, files[0])
	if err != nil {
		return got, err
	}
	source, err := extract.Open(contract, landed)
	if err != nil {
		return got, err
	}
	plan, err := transform.NewPlan(contract, transform.Defaults{TimeZone: "UTC", Country: "DE"})
	if err != nil {
		return got, err
	}
	for chunk, err := range source.Chunks(ctx) {
		if err != nil {
			return got, err
		}
		dec, err := chunk(ctx)
		if err != nil {
			return got, err
		}
		if err := got.take(plan, landed, dec); err != nil {
			return got, err
		}
	}
	return got, nil
}

func (r *result) take(plan *transform.Plan, landed extract.Landed, dec schemas.Decoded) error {
	r.aside += dec.Excluded.Total()
	r.reject(dec.Rejects)
	if dec.Record == nil {
		return nil
	}
	defer dec.Record.Release()
	r.read += dec.Record.NumRows()
	conformed, err := plan.Apply(dec, transform.Place{FileKey: schemas.FileKey(landed.Feed, landed.SHA256, dec.Sheet), File: landed.Path})
	if err != nil {
		return err
	}
	for _, c := range conformed {
		r.conforms += c.Read
		r.refused += r.reject(c.Rejects)
		r.control = r.control.Add(c.Money["total_amount"])
		seen := map[int64]bool{}
		for _, reject := range c.Rejects {
			if !seen[reject.At.Row] {
				seen[reject.At.Row] = true
				r.lost = r.lost.Add(reject.Money["total_amount"])
			}
		}
		r.keep(c.Record)
		c.Record.Release()
	}
	return nil
}

// reject notes rejects and returns of how many rows they are.
func (r *result) reject(rejects []schemas.Reject) int64 {
	rows := map[schemas.Place]bool{}
	for _, reject := range rejects {
		at := fmt.Sprint(reject.At.Row)
		if reject.At.Cell != "" {
			at = reject.At.Sheet + "!" + reject.At.Cell
		}
		r.bad = append(r.bad, at+" "+reject.Rule)
		if reject.Reason == "" || reject.Raw == "" || reject.At.File == "" || reject.At.FileKey == 0 {
			r.bad = append(r.bad, fmt.Sprintf("incomplete: %v", reject))
		}
		rows[schemas.Place{FileKey: reject.At.FileKey, Row: reject.At.Row}] = true
	}
	return int64(len(rows))
}

func (r *result) keep(record arrow.RecordBatch) {
	r.loaded += record.NumRows()
	key := record.Column(record.Schema().FieldIndices("invoice_id")[0]).(*array.String)
	for c, field := range record.Schema().Fields() {
		for i := range int(record.NumRows()) {
			text := valueText(record.Column(c), i)
			if field.Name == "total_amount" {
				n, _ := new(big.Int).SetString(record.Column(c).(*array.Decimal128).Value(i).BigInt().String(), 10)
				r.money.Add(r.money, n)
			}
			if i > 100 {
				continue
			}
			r.values[key.Value(i)+"."+field.Name] = text
			if field.Name != schemas.ColAttributes || text == "" {
				continue
			}
			var attributes map[string]string
			if json.Unmarshal([]byte(text), &attributes) == nil {
				for name, value := range attributes {
					r.values[key.Value(i)+"."+name] = value
				}
			}
		}
	}
}

func valueText(column arrow.Array, i int) string {
	if column.IsNull(i) {
		return ""
	}
	switch v := column.(type) {
	case *array.String:
		return v.Value(i)
	case *array.Decimal128:
		return decimal(v.Value(i).BigInt())
	case *array.Int32:
		return time.Unix(int64(v.Value(i))*86400, 0).UTC().Format(time.DateOnly)
	case *array.Int64:
		return time.UnixMicro(v.Value(i)).UTC().Format(time.RFC3339Nano)
	}
	return column.ValueStr(i)
}

func decimal(n *big.Int) string {
	text := new(big.Rat).SetFrac(n, big.NewInt(10_000)).FloatString(4)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

func check(t *testing.T, want badfeeds.Want, got result, err error) {
	t.Helper()
	if want.Refused != "" {
		if err == nil {
			t.Fatalf("was read: %d rows, %v; expected a refusal: %s", got.loaded, got.bad, want.Refused)
		}
		if !strings.Contains(err.Error(), want.Refused) || fault.CodeOf(err) != want.Code {
			t.Fatalf("is refused with %s: %v\nexpected %s: %s", fault.CodeOf(err), err, want.Code, want.Refused)
		}
		return
	}
	if err != nil {
		t.Fatalf("is refused: %v", err)
	}
	if got.loaded != int64(want.Loaded) || got.aside != int64(want.Aside) || !slices.Equal(got.bad, want.Bad) {
		t.Errorf("loaded %d, set aside %d, quarantined %v; expected %d, %d, %v", got.loaded, got.aside, got.bad, want.Loaded, want.Aside, want.Bad)
	}
	if sum := decimal(got.money); want.Sum != "" && sum != want.Sum {
		t.Errorf("the amounts sum up to %s, expected %s", sum, want.Sum)
	}
	if got.read != got.conforms || got.read != got.loaded+got.refused {
		t.Errorf("unbalanced: %d rows decoded, %d conformed, %d loaded and %d refused", got.read, got.conforms, got.loaded, got.refused)
	}
	if balance := got.control.Sub(got.lost); decimal(balance.BigInt()) != decimal(got.money) {
		t.Errorf("unbalanced: amounts read %v less refused %v, but loaded %v", got.control, got.lost, got.money)
	}
	for at, wanted := range want.Values {
		value, known := got.values[at]
		if start, cut := strings.CutSuffix(wanted, "…"); cut && strings.HasPrefix(value, start) {
			continue
		}
		if value != wanted || !known && wanted != "" {
			t.Errorf("%s is %q, expected %q", at, value, wanted)
		}
	}
}
