package matchfile

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/encoding/ianaindex"

	"loadstar/dedupe"
)

// Options say what to match and how.
type Options struct {
	Inputs       []string // paths; "book.xlsx#Sheet" names one worksheet
	Map          []string // "column=field"; the only columns used, where there are any
	Ignore       []string // columns to leave out
	Country      string   // ISO 3166-1 alpha-2 of numbers and postcodes without one, "" = told by the files
	Encoding     string   // IANA name, "" = told by the bytes
	Delimiter    string   // of CSV, "" = told by the text
	OneToOne     string   // one record of each input in a cluster at most: auto (where the inputs are clean), always or never; "" = auto
	Threshold    *float64 // bits a pair needs; nil = chosen from the data
	Truth        string   // column that holds the known entity
	TruthPattern *regexp.Regexp
	TruthPairs   string // file of pairs that are known to be the same
	ShowValues   bool   // the report's examples show values, not places alone
	Out          string // folder of the results, made where it is missing
	Workers      int    // at least 1; carries no meaning for the result
	Watch        Watcher
	Now          func() time.Time
}

// Values of Options.OneToOne.
const (
	OneToOneAuto   = "auto"
	OneToOneAlways = "always"
	OneToOneNever  = "never"
)

// links says in matching's terms how many rows of one input a cluster may hold.
func (o Options) links() dedupe.Links {
	switch {
	case len(o.Inputs) < 2 || o.OneToOne == OneToOneNever:
		return dedupe.LinksMany
	case o.OneToOne == OneToOneAlways:
		return dedupe.LinksOne
	}
	return dedupe.LinksAuto
}

// Watcher is told how far long work is. Parts follow one another.
type Watcher interface {
	Begin(part string, total int64, unit string) // total 0 = unknown
	Add(n int64)
	End(n int64, took time.Duration)
}

// UsageError is a fault of what was asked for, not of a file's content.
type UsageError struct{ Err error }

// Error says what is wrong and what would be right.
func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *UsageError) Unwrap() error { return e.Err }

func usage(format string, args ...any) error { return &UsageError{fmt.Errorf(format, args...)} }

func (o Options) check() error {
	switch {
	case len(o.Inputs) == 0:
		return usage("no input: name a file with --input")
	case o.Out == "":
		return usage("no output folder: name one with --out")
	case !slices.Contains([]string{"", OneToOneAuto, OneToOneAlways, OneToOneNever}, o.OneToOne):
		return usage("--one-to-one %q is not auto, always or never", o.OneToOne)
	case o.OneToOne == OneToOneAlways && len(o.Inputs) < 2:
		return usage("--one-to-one=always keeps the rows of one file apart, so it needs a second --input")
	case o.Truth != "" && o.TruthPairs != "":
		return usage("--truth and --truth-pairs exclude each other")
	case o.TruthPattern != nil && o.Truth == "":
		return usage("--truth-pattern needs --truth")
	case o.TruthPattern != nil && o.TruthPattern.NumSubexp() == 0:
		return usage("--truth-pattern: %q has no group in brackets, which would be the entity", o.TruthPattern)
	case !isEncoding(o.Encoding):
		return usage("--encoding %q is not known; write its IANA name, as utf-8, windows-1252 or shift_jis", o.Encoding)
	case o.Workers < 1:
		return errors.New("match files: workers must be at least 1")
	}
	return nil
}

// isEncoding says whether package extract reads an encoding; "" is left open.
func isEncoding(name string) bool {
	if name == "" || strings.HasPrefix(strings.ToLower(name), "utf") {
		return true
	}
	found, err := ianaindex.IANA.Encoding(name)
	return err == nil && found != nil
}
