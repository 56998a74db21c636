//go:build duckdb_arrow

package load_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"loadstar/load"
	"loadstar/schemas"
)

// scenario is a feed with its deliveries.
type scenario struct {
	object     schemas.Object
	mode       schemas.Delivery
	duplicates schemas.Duplicates
	days       [][]line
	refused    []int // rows refused on each day
}

func drawScenario(t *rapid.T) scenario {
	keyed, versioned := rapid.Bool().Draw(t, "keyed"), rapid.Bool().Draw(t, "versioned")
	s := scenario{object: object(keyed, keyed && versioned)}
	s.object.Repeats = rapid.Bool().Draw(t, "repeats")
	if rapid.Bool().Draw(t, "unique") {
		s.object.Properties = append(s.object.Properties, schemas.Property{Name: "text", Field: "description", Unique: true})
	}
	s.mode = rapid.SampledFrom([]schemas.Delivery{schemas.Delta, schemas.Append, schemas.Snapshot}).Draw(t, "mode")
	s.duplicates = rapid.SampledFrom([]schemas.Duplicates{schemas.FlagDuplicates, schemas.DropDuplicates}).Draw(t, "duplicates")
	row := rapid.Custom(func(t *rapid.T) line {
		l := line{text: rapid.SampledFrom([]string{"tea", "cup", "jar"}).Draw(t, "text"), amount: rapid.Int64Range(-20000, 20000).Draw(t, "amount") / 5000}
		if keyed {
			l.key = rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "key")
		}
		if keyed && versioned {
			l.version = rapid.Int64Range(1, 4).Draw(t, "version")
		}
		return l
	})
	for range rapid.IntRange(1, 4).Draw(t, "days") {
		s.days = append(s.days, rapid.SliceOfN(row, 0, 12).Draw(t, "rows"))
		s.refused = append(s.refused, rapid.IntRange(0, 2).Draw(t, "refused"))
	}
	return s
}

// play delivers the scenario as the given feed, rows shuffled and cut into
// batches at random, and returns the counts of all days.
func (s scenario) play(t *testing.T, b *load.Build, feed string, random *rand.Rand) []load.Counts {
	t.Helper()
	ctx := context.Background()
	var all []load.Counts
	for day, rows := range s.days {
		d := load.Delivery{Feed: feed, System: "shop", Path: fmt.Sprint(feed, day), SHA256: fmt.Sprint(feed, day), Mode: s.mode,
			Duplicates: s.duplicates, DeliveredAt: time.Unix(int64(day+1)*86400, 0).UTC(), Sequence: int64(day)}
		lines := slices.Clone(rows)
		for i := range lines {
			lines[i].text = feed + lines[i].text
			if lines[i].key != "" {
				lines[i].key = feed + lines[i].key
			}
		}
		random.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		total := schemas.ControlTotal{Feed: feed, Object: s.object.Name}
		for first := int64(2); len(lines) > 0; {
			n := 1 + random.IntN(len(lines))
			c := conformedAt(s.object.Name, lines[:n], func(i int) int64 { return first + int64(i) })
			first += int64(n)
			total.Add(c)
			if err := b.Stage(ctx, d, s.object, c); err != nil {
				t.Fatal(err)
			}
			c.Record.Release()
			lines = lines[n:]
		}
		for i := range s.refused[day] {
			r := refusal(int64(100+random.IntN(9)*10+i), `{"c":"`+feed+`"}`, "first")
			total.Read++
			if total.Money == nil {
				total.Money = map[string]schemas.ID{}
			}
			total.Money["line_amount"] = total.Money["line_amount"].Add(r.Money["line_amount"])
			if err := b.Quarantine(ctx, d, []schemas.Reject{r}); err != nil {
				t.Fatal(err)
			}
		}
		c, err := b.Merge(ctx, d, s.object, total)
		if err != nil {
			t.Fatalf("day %d of %+v: %v", day, s, err)
		}
		if c.Read != int64(len(rows)+s.refused[day]) || c.Read != c.Loaded+c.Quarantined+c.Redelivered+c.Superseded+c.Excluded {
			t.Fatalf("day %d: %+v does not add up to %d rows", day, c, len(rows)+s.refused[day])
		}
		all = append(all, c)
	}
	return all
}

// states counts the distinct rows that a keyless feed must leave: of equal
// rows as many as the delivery with most of them has.
func (s scenario) states() int64 {
	most := map[line]int{}
	for _, rows := range s.days {
		count := map[line]int{}
		for _, l := range rows {
			count[l]++
			if s.duplicates == schemas.DropDuplicates {
				count[l] = 1
			}
			most[l] = max(most[l], count[l])
		}
	}
	var n int64
	for _, copies := range most {
		n += int64(copies)
	}
	return n
}

// TestPromiseOne: whatever is delivered, rows and money add up, and the order
// of rows and the edges of batches carry no meaning.
func TestPromiseOne(t *testing.T) {
	t.Parallel()
	left, right := open(t), open(t)
	random := rand.New(rand.NewPCG(7, 7))
	scenarios := rapid.Custom(drawScenario)
	for i := range 40 {
		s := scenarios.Example(i)
		feed := fmt.Sprintf("f%d_", i)
		counts, again := s.play(t, left, feed, random), s.play(t, right, feed, random)
		if !slices.Equal(counts, again) {
			t.Fatalf("%+v: counts depend on the order of rows:\n%+v\n%+v", s, counts, again)
		}
		if a, b := digests(t, left), digests(t, right); a != b {
			t.Fatalf("%+v: tables depend on the order of rows:\n%s\n%s", s, a, b)
		}
		if s.object.Keyed() || slices.ContainsFunc(s.object.Properties, func(p schemas.Property) bool { return p.Unique }) {
			continue
		}
		var loaded int64
		for _, c := range counts {
			loaded += c.Loaded
		}
		if want := s.states(); loaded != want {
			t.Fatalf("%+v: %d rows loaded, want %d", s, loaded, want)
		}
	}
}

// digests lists the digests of all tables that hold rows.
func digests(t *testing.T, b *load.Build) string {
	t.Helper()
	all, err := b.Digests(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, d := range all {
		if d.Rows > 0 {
			text += fmt.Sprintln(d.Table, d.Rows, d.Value)
		}
	}
	return text
}
