//go:build duckdb_arrow

package load

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sort"
	"time"

	"github.com/goccy/go-yaml"
)

//go:embed seeds/*.yaml seeds/*.sql
var seedFiles embed.FS

type channelRow struct {
	Key     int64    `yaml:"key" json:"channel_key"`
	Channel string   `yaml:"channel" json:"channel_id"`
	Name    string   `yaml:"name" json:"name"`
	Group   string   `yaml:"group" json:"channel_group"`
	Paid    bool     `yaml:"paid" json:"is_paid"`
	Words   []string `yaml:"words" json:"words"`
}

type touchpointRow struct {
	Key        int64    `yaml:"key" json:"touchpoint_key"`
	Touchpoint string   `yaml:"touchpoint" json:"touchpoint_id"`
	Name       string   `yaml:"name" json:"name"`
	Group      string   `yaml:"group" json:"touchpoint_group"`
	TwoWay     bool     `yaml:"two_way" json:"is_two_way"`
	Words      []string `yaml:"words" json:"words"`
}

// meaningRow says what one word stands for where one subject is told.
type meaningRow struct {
	Subject string `json:"subject"`
	Word    string `json:"word"`
	Meaning string `json:"meaning"`
}

type currencyRow struct {
	Number   int64  `yaml:"number" json:"currency_key"`
	Code     string `yaml:"code" json:"currency_code"`
	Name     string `yaml:"name" json:"name"`
	Decimals int    `yaml:"decimals" json:"decimal_places"`
}

type paramRow struct {
	RunID           int64    `json:"run_id"`
	AsOf            int64    `json:"as_of"` // µs
	TimeZone        string   `json:"company_time_zone"`
	Currency        string   `json:"company_currency"`
	FiscalYearStart int      `json:"fiscal_year_start"`
	OpensAt         int      `json:"opens_at"`      // minute of the day
	ClosesAt        int      `json:"closes_at"`     // minute of the day
	BusinessDays    []int    `json:"business_days"` // ISO, 1 = Monday
	Holidays        []string `json:"holidays"`      // 2026-04-03, or 12-25
}

// seeds is everything the models read that does not come from a feed.
type seeds struct {
	Param       []paramRow      `json:"param"`
	Funnels     []funnelRow     `json:"funnel"`
	Steps       []stepRow       `json:"funnel_step"`
	Stages      []stageRow      `json:"funnel_stage"`
	Transitions []transitionRow `json:"funnel_transition"`
	Words       []wordRow       `json:"funnel_word"`
	Channels    []channelRow    `json:"channel"`
	Touchpoints []touchpointRow `json:"touchpoint"`
	Meanings    []meaningRow    `json:"meaning"`
	Attributes  []string        `json:"attribute"`
	Currencies  []currencyRow   `json:"currency"`
}

// seed loads settings, funnels, channels and currencies. They travel as one
// JSON document in a bound parameter. isListed: the version has their lists.
func seed(ctx context.Context, db *database, p ShapeParams, isListed bool) error {
	s, err := newSeeds(p)
	if err != nil {
		return err
	}
	document, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("write seeds: %w", err)
	}
	files := []string{"seeds/seed.sql", "seeds/lists.sql"}
	if isListed {
		files = files[:1]
	}
	for _, name := range files {
		queries, err := seedFiles.ReadFile(name)
		if err != nil {
			return fmt.Errorf("read seed queries: %w", err)
		}
		for _, statement := range splitStatements(string(queries)) {
			var args []any
			if usesParameter(statement) {
				args = append(args, string(document))
			}
			if _, err := db.exec(ctx, statement, args...); err != nil {
				return err
			}
		}
	}
	return nil
}

// SettingsHash is the hash of all settings that shape a version beside its
// run and moment, and of the shipped checks. Where it is that of the version
// before, a run need not make again what reads no changed table.
func (p ShapeParams) SettingsHash() (string, error) {
	p.RunID, p.AsOf = 0, time.Time{}
	s, err := newSeeds(p)
	if err != nil {
		return "", err
	}
	document, err := json.Marshal(s)
	if err != nil {
		return "", fmt.Errorf("write seeds: %w", err)
	}
	checks, err := Checks()
	if err != nil {
		return "", err
	}
	h := sha256.New()
	h.Write(document)
	for _, c := range checks {
		fmt.Fprintf(h, "%s %d\n%s", c.Name, len(c.Query), c.Query)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func newSeeds(p ShapeParams) (seeds, error) {
	if _, err := time.LoadLocation(p.TimeZone); err != nil || p.TimeZone == "" {
		return seeds{}, fmt.Errorf("company time zone %q is not known", p.TimeZone)
	}
	if p.FiscalYearStart < 1 || p.FiscalYearStart > 12 {
		return seeds{}, fmt.Errorf("fiscal year starts in month %d, expected 1 to 12", p.FiscalYearStart)
	}
	hours, err := p.BusinessHours.orDefault()
	if err != nil {
		return seeds{}, err
	}
	s := seeds{Param: []paramRow{{
		RunID: p.RunID, AsOf: p.AsOf.UnixMicro(), TimeZone: p.TimeZone, Currency: p.Currency,
		FiscalYearStart: p.FiscalYearStart, OpensAt: hours.Opens, ClosesAt: hours.Closes, BusinessDays: hours.Days,
		Holidays: hours.Holidays,
	}}}
	s.Attributes = p.Attributes
	funnels, err := withShipped(p.Funnels)
	if err != nil {
		return s, err
	}
	for _, f := range funnels {
		words, err := f.words()
		if err != nil {
			return s, fmt.Errorf("funnel %s: %w", f.Name, err)
		}
		s.Funnels = append(s.Funnels, f.row())
		s.Steps = append(s.Steps, f.steps()...)
		s.Stages = append(s.Stages, f.stages()...)
		s.Transitions = append(s.Transitions, f.transitions()...)
		s.Words = append(s.Words, words...)
	}
	return s, s.readWords()
}

// readWords reads the lists that sources' words are mapped onto.
func (s *seeds) readWords() error {
	if err := readSeed("channels", &s.Channels); err != nil {
		return err
	}
	for i := range s.Channels {
		plainWords(s.Channels[i].Words)
	}
	if err := readSeed("touchpoints", &s.Touchpoints); err != nil {
		return err
	}
	for i := range s.Touchpoints {
		plainWords(s.Touchpoints[i].Words)
	}
	meanings := map[string]map[string][]string{}
	if err := readSeed("words", &meanings); err != nil {
		return err
	}
	for subject, words := range meanings {
		for meaning, list := range words {
			for _, word := range list {
				s.Meanings = append(s.Meanings, meaningRow{Subject: subject, Word: plainWord(word), Meaning: meaning})
			}
		}
	}
	sort.Slice(s.Meanings, func(i, j int) bool {
		a, b := s.Meanings[i], s.Meanings[j]
		return a.Subject+"\x00"+a.Word < b.Subject+"\x00"+b.Word
	})
	return readSeed("currencies", &s.Currencies)
}

func plainWords(words []string) {
	for i, word := range words {
		words[i] = plainWord(word)
	}
}

func readSeed(name string, into any) error {
	text, err := seedFiles.ReadFile("seeds/" + name + ".yaml")
	if err != nil {
		return fmt.Errorf("read seed %s: %w", name, err)
	}
	if err := yaml.UnmarshalWithOptions(text, into, yaml.Strict()); err != nil {
		return fmt.Errorf("parse seed %s: %w", name, err)
	}
	return nil
}
