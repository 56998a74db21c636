package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/pipeline"
	"loadstar/dedupe"
)

type lookupFlags struct {
	q      pipeline.Query
	limit  int
	format string
	serve  string
}

const (
	usualCandidates = 5
	mostCandidates  = 100
)

func (a *app) lookupCommand() *cobra.Command {
	var f lookupFlags
	cmd := &cobra.Command{
		Use:   "lookup",
		Short: "Find the customer somebody is, by name, e-mail, phone, birth date or address",
		Long: `Finds the customers of the current version that a query may mean, best first,
and says field by field why. The query is cleansed as a feed is and weighed by
the model that matched the customers: "Bob" finds Robert, a number without its
prefix finds the one with it, a typo costs a few bits. Customers from the bits
needed on are the same by the evidence; those below may be.

It reads identities from ods.duckdb (its owner and group may) and writes
nothing. Reading takes some seconds for a million records; --serve reads once
and answers on a Unix socket, or on a port of this machine only, until it is
interrupted. A new version is picked up by itself.

  POST /lookup   {"name": "Ada Berg", "postcode": "10115", "limit": 3}
  GET  /health

Requests have the type application/json and the names of the flags as keys
(birth_date, national_id). Whoever may connect sees names of customers: a
socket is open to its owner and group, a port to every user of the machine.`,
		Example: `  loadstar lookup --name "Ada Berg" --city Berlin
  loadstar lookup --email ada@example.com --format json
  loadstar lookup --company "Berg Maschinenbau" --postcode 10115 --limit 3
  loadstar lookup --serve /run/loadstar.sock
  curl --unix-socket /run/loadstar.sock -H 'Content-Type: application/json' \
       -d '{"phone":"030 1234567"}' http://loadstar/lookup`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.lookup(cmd, f) },
	}
	flags := cmd.Flags()
	for _, p := range []struct {
		to         *string
		name, help string
	}{
		{&f.q.Name, "name", "whole name of a person or an organisation"}, {&f.q.Given, "given", "given name"}, {&f.q.Family, "family", "family name"},
		{&f.q.Company, "company", "name of an organisation"}, {&f.q.Email, "email", "e-mail address"}, {&f.q.Phone, "phone", "phone number"},
		{&f.q.BirthDate, "birth-date", "birth date, YYYY-MM-DD"}, {&f.q.Street, "street", "street with house number"}, {&f.q.Postcode, "postcode", "postcode"},
		{&f.q.City, "city", "city"}, {&f.q.Country, "country", "country (default: the company's)"}, {&f.q.NationalID, "national-id", "number of a passport, of the tax office, …"},
	} {
		flags.StringVar(p.to, p.name, "", p.help)
	}
	flags.IntVar(&f.limit, "limit", usualCandidates, "customers shown at most")
	flags.StringVar(&f.format, "format", "table", "table or json")
	flags.StringVar(&f.serve, "serve", "", "answer on this Unix socket (a path) or loopback ADDRESS:PORT")
	return cmd
}

func (a *app) lookup(cmd *cobra.Command, f lookupFlags) error {
	switch {
	case f.format != "table" && f.format != "json":
		return &usageError{fmt.Errorf("--format %q is not table or json", f.format)}
	case f.limit < 1 || f.limit > mostCandidates:
		return &usageError{fmt.Errorf("--limit %d: must be from 1 to %d", f.limit, mostCandidates)}
	case f.serve != "" && f.q != pipeline.Query{}:
		return &usageError{errors.New("--serve takes its queries from callers: leave the others out")}
	}
	if f.serve == "" {
		if err := f.q.Check(); err != nil { // before a million records are read
			return &usageError{err}
		}
	}
	w, cfg, err := a.warehouse()
	if err != nil {
		return err
	}
	open := func() (*pipeline.Lookup, error) {
		v, err := w.Current()
		if err != nil {
			return nil, err
		}
		return pipeline.OpenLookup(cmd.Context(), cfg, w, v, runtime.GOMAXPROCS(0))
	}
	if f.serve != "" {
		return a.serve(cmd.Context(), f.serve, w, open)
	}
	l, err := open()
	if err != nil {
		return err
	}
	answer, err := l.Find(f.q, f.limit)
	var wrong *pipeline.QueryError
	switch {
	case errors.As(err, &wrong):
		return &usageError{err}
	case err != nil:
		return err
	case f.format == "json":
		return writeJSON(a.out, lookedUp(l, answer))
	}
	printAnswer(a.out, l, answer)
	return nil
}

// printAnswer shows the candidates, the best one with its evidence.
func printAnswer(out io.Writer, l *pipeline.Lookup, answer pipeline.Answer) {
	if answer.Reason != "" {
		fmt.Fprintf(out, "Nothing can be looked up: %s.\n", answer.Reason)
		return
	}
	if len(answer.Ignored) > 0 {
		fmt.Fprintf(out, "Left out, for it holds nothing to compare: %s.\n", strings.Join(answer.Ignored, ", "))
	}
	if len(answer.Candidates) == 0 {
		fmt.Fprintf(out, "No customer of version %d is near (%s of %s records compared).\n", l.Version.Number,
			thousands(int64(answer.Compared)), thousands(int64(l.Records)))
		return
	}
	var rows [][]string
	for _, c := range answer.Candidates {
		rows = append(rows, []string{strconv.FormatInt(c.Customer, 10), short(c.Name, 40), bits(c.Score), percent(probability(c.Score)), verdict(c.Explanation)})
	}
	grid(out, []string{"customer", "name", "bits", "probability", ""}, rows, 1, 3, 4)
	for i, c := range answer.Candidates {
		if i > 0 && c.Score < c.Cut {
			break // the others would explain why they are not meant
		}
		fmt.Fprintf(out, "\nWhy %d (%s)\n", c.Customer, printable(short(c.Name, 40)))
		waterfall(out, c.Explanation)
	}
	fmt.Fprintln(out)
	fmt.Fprintln(out, conclusion(answer))
	fmt.Fprintf(out, "Next: loadstar explain customer %d\n", answer.Candidates[0].Customer)
}

// conclusion is the answer in one sentence.
func conclusion(answer pipeline.Answer) string {
	best := answer.Candidates[0]
	number := strconv.Itoa(answer.Alike)
	if answer.AtLeast {
		number += " or more"
	}
	switch {
	case answer.Alike > 1:
		return fmt.Sprintf("%s customers are as near as the first: ask for one thing more (birth date, e-mail, phone, address).", number)
	case best.Score >= best.Cut && !best.Unsupported:
		return fmt.Sprintf("Customer %d is meant by the evidence (%s bits, needed are %s).", best.Customer, bits(best.Score), bits(best.Cut))
	}
	return fmt.Sprintf("Nobody is meant for sure: the nearest has %s bits, needed are %s. Ask for one thing more.", bits(best.Score), bits(best.Cut))
}

// verdict says what the evidence says of one candidate.
func verdict(x dedupe.Explanation) string {
	switch {
	case x.Score >= x.Cut && !x.Unsupported:
		return "the same"
	case x.Score > x.Cut-unsure:
		return "may be"
	}
	return "unlikely"
}

// unsure is how far below the cut a candidate may still be meant, in millibits.
const unsure = 5000

// probability is what bits of evidence say, from 0 to 1.
func probability(millibits int32) float64 {
	return 1 / (1 + math.Exp2(-float64(millibits)/1000))
}

// percent never rounds to certainty.
func percent(p float64) string {
	switch {
	case p > .9999:
		return "> 99.99 %"
	case p < .0001:
		return "< 0.01 %"
	}
	return fmt.Sprintf("%.2f %%", 100*p)
}

// The answer as JSON.
type (
	answerJSON struct {
		Version    int64           `json:"version"`
		Verdict    string          `json:"verdict"` // found, unsure or none
		Compared   int             `json:"compared"`
		Alike      int             `json:"alike"` // customers as near as the first
		AtLeast    bool            `json:"alike_at_least"`
		Ignored    []string        `json:"ignored,omitempty"`
		Reason     string          `json:"reason,omitempty"`
		Candidates []candidateJSON `json:"candidates"`
	}
	candidateJSON struct {
		CustomerKey int64        `json:"customer_key"`
		Name        string       `json:"name"`
		Bits        float64      `json:"bits"`
		Needed      float64      `json:"bits_needed"`
		Probability float64      `json:"probability"`
		IsSame      bool         `json:"is_same"` // by the evidence
		Reasons     []reasonJSON `json:"reasons"` // the bits add up
	}
	reasonJSON struct {
		Field string  `json:"field"`
		Level string  `json:"level"`
		Bits  float64 `json:"bits"`
	}
)

func lookedUp(l *pipeline.Lookup, answer pipeline.Answer) answerJSON {
	j := answerJSON{Version: l.Version.Number, Verdict: "none", Compared: answer.Compared, Alike: answer.Alike, AtLeast: answer.AtLeast,
		Ignored: answer.Ignored, Reason: answer.Reason, Candidates: []candidateJSON{}}
	inBits := func(millibits int32) float64 { return float64(millibits) / 1000 }
	for i, c := range answer.Candidates {
		isSame := c.Score >= c.Cut && !c.Unsupported
		if i == 0 {
			j.Verdict = "unsure"
			if isSame && answer.Alike == 1 {
				j.Verdict = "found"
			}
		}
		entry := candidateJSON{CustomerKey: c.Customer, Name: c.Name, Bits: inBits(c.Score), Needed: inBits(c.Cut),
			Probability: math.Round(probability(c.Score)*1e6) / 1e6, IsSame: isSame, Reasons: []reasonJSON{}}
		for _, r := range reasons(c.Explanation) {
			entry.Reasons = append(entry.Reasons, reasonJSON{r.Field, r.Level, inBits(r.Millibits)})
		}
		j.Candidates = append(j.Candidates, entry)
	}
	return j
}

func writeJSON(out io.Writer, value any) error {
	e := newLines(out)
	e.SetIndent("", "  ")
	return e.Encode(value)
}

// newLines writes one JSON value a line, names with & as they are.
func newLines(out io.Writer) *json.Encoder {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	return e
}
