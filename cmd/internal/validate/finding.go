package validate

import (
	"cmp"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// Severity says what a finding means for the outcome.
type Severity string

// The severities. Only errors fail a validation.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// Finding is one thing that is wrong, at one or many places of one file.
type Finding struct {
	Code     fault.Code `json:"code"`
	Severity Severity   `json:"severity"`
	Rule     string     `json:"rule,omitempty"` // of a row
	Feed     string     `json:"feed,omitempty"`
	File     string     `json:"file,omitempty"` // relative to where the command runs
	Column   string     `json:"column,omitempty"`
	What     string     `json:"what"`
	Reason   string     `json:"reason,omitempty"`
	Next     string     `json:"next,omitempty"`
	Count    int64      `json:"count"`  // places
	Places   []Spot     `json:"places"` // the first of them

	config       bool // configuration or contract: a usage error
	pull         bool // File is a table, not a file
	occurrences  []occurrence
	overflow     int64 // occurrences beyond those kept
	seen         map[rowAt]bool
	samples      []string         // offending values, for hints
	fingerprints map[string]int64 // set by settle
}

// Spot is one place of a finding.
type Spot struct {
	Line  int64  `json:"line,omitempty"` // or worksheet row
	Char  int    `json:"char,omitempty"` // first character of the cell in its line, 0 = unknown
	Sheet string `json:"sheet,omitempty"`
	Cell  string `json:"cell,omitempty"`
	Value string `json:"value,omitempty"` // masked where the contract says pii
}

// String is the place behind the file: ":12:5", "#Anna!C7" or "#Anna!7".
func (s Spot) String() string {
	switch {
	case s.Sheet != "" && s.Cell != "":
		return "#" + s.Sheet + "!" + s.Cell
	case s.Sheet != "":
		return "#" + s.Sheet + "!" + strconv.FormatInt(s.Line, 10)
	case s.Line > 0 && s.Char > 0:
		return ":" + strconv.FormatInt(s.Line, 10) + ":" + strconv.Itoa(s.Char)
	case s.Line > 0:
		return ":" + strconv.FormatInt(s.Line, 10)
	}
	return ""
}

// short is the place without its sheet, for lists.
func (s Spot) short() string {
	switch {
	case s.Cell != "":
		return s.Sheet + "!" + s.Cell
	case s.Sheet != "":
		return s.Sheet + "!" + strconv.FormatInt(s.Line, 10)
	default:
		return strconv.FormatInt(s.Line, 10)
	}
}

type rowAt struct {
	sheet string
	row   int64
}

// occurrence is one broken row of a finding. print names it for baselines: by
// what it holds, never by where it stands.
type occurrence struct {
	spot  Spot
	print schemas.ID
	index int // of the cell in its row, -1 = unknown
}

const (
	shownPlaces    = 5
	keptPlaces     = 200_000 // of one finding; more are counted only
	fingerprintLen = 16
)

// fingerprint names one violation without telling what it holds.
func fingerprint(parts ...string) schemas.ID {
	var buf []byte
	for _, p := range parts {
		buf = schemas.AppendPart(buf, p, true)
	}
	return schemas.HashID(buf)
}

func printText(id schemas.ID) string {
	return hex.EncodeToString(id.BigInt().FillBytes(make([]byte, fingerprintLen)))
}

// at adds one place.
func (f *Finding) at(o occurrence) {
	f.Count++
	if len(f.occurrences) >= keptPlaces {
		f.overflow++
		return
	}
	f.occurrences = append(f.occurrences, o)
}

// settle puts the places in order, shows the first and counts fingerprints.
func (f *Finding) settle() {
	slices.SortStableFunc(f.occurrences, func(a, b occurrence) int {
		return cmp.Or(strings.Compare(a.spot.Sheet, b.spot.Sheet), cmp.Compare(a.spot.Line, b.spot.Line), cmp.Compare(a.index, b.index))
	})
	f.fingerprints = map[string]int64{}
	for _, o := range f.occurrences {
		f.fingerprints[printText(o.print)]++
	}
	f.show()
}

func (f *Finding) show() {
	f.Places = nil
	for _, o := range f.occurrences[:min(shownPlaces, len(f.occurrences))] {
		f.Places = append(f.Places, o.spot)
	}
}

// first is the place that a message names.
func (f *Finding) first() Spot {
	if len(f.Places) == 0 {
		return Spot{}
	}
	return f.Places[0]
}

// path is the file that an annotation may point to, "" where there is none.
func (f *Finding) path() string {
	if f.pull {
		return ""
	}
	return f.File
}

// Location is the file with the first place.
func (f *Finding) Location() string {
	if f.File == "" {
		return ""
	}
	return f.File + f.first().String()
}
