package schemas

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"loadstar/schemas/fault"
)

// Rows bounds the rows of one object in one delivery.
type Rows struct {
	Least int64
	Most  *int64 // nil = any number
}

// Fault says how a number of rows breaks the bounds, "" where it keeps them.
func (r Rows) Fault(rows int64) string {
	switch {
	case r.Most != nil && *r.Most == r.Least && rows != r.Least:
		return fmt.Sprintf("the number of rows is %d, the contract says %d", rows, r.Least)
	case rows < r.Least:
		return fmt.Sprintf("the number of rows is %d, the contract says at least %d", rows, r.Least)
	case r.Most != nil && rows > *r.Most:
		return fmt.Sprintf("the number of rows is %d, the contract says at most %d", rows, *r.Most)
	}
	return ""
}

// qualityEntry is a rule of the standard's library. Rules in other words (SQL,
// other engines) are refused: nothing would run them.
type qualityEntry struct {
	ID          string  `yaml:"id"`
	Name        string  `yaml:"name"`
	Description string  `yaml:"description"`
	Dimension   string  `yaml:"dimension"`
	Severity    string  `yaml:"severity"`
	Impact      any     `yaml:"businessImpact"`
	Method      any     `yaml:"method"`
	Scheduler   any     `yaml:"scheduler"`
	Schedule    any     `yaml:"schedule"`
	Tags        any     `yaml:"tags"`
	Defined     any     `yaml:"authoritativeDefinitions"`
	Custom      any     `yaml:"customProperties"`
	Type        string  `yaml:"type"`
	Metric      string  `yaml:"metric"`
	Unit        string  `yaml:"unit"`
	MustBe      *int64  `yaml:"mustBe"`
	MustNotBe   *int64  `yaml:"mustNotBe"`
	Above       *int64  `yaml:"mustBeGreaterThan"`
	Least       *int64  `yaml:"mustBeGreaterOrEqualTo"`
	Below       *int64  `yaml:"mustBeLessThan"`
	Most        *int64  `yaml:"mustBeLessOrEqualTo"`
	Between     []int64 `yaml:"mustBeBetween"`
	Arguments   struct {
		ValidValues   []string     `yaml:"validValues"`
		MissingValues []string     `yaml:"missingValues"`
		Pattern       string       `yaml:"pattern"`
		Properties    []string     `yaml:"properties"`
		At            fault.Places `yaml:"-"`
	} `yaml:"arguments"`

	At fault.Places `yaml:"-"`
}

// columnMetrics are the metrics of a property, with the arguments they take.
var columnMetrics = map[string][]string{
	"invalidValues": {"validValues", "pattern"}, "nullValues": nil, "missingValues": {"missingValues"}, "duplicateValues": nil,
}

// isText says whether a rule is but words for people.
func (q qualityEntry) isText() bool {
	return q.Type == "text" && q.Metric == "" && q.MustBe == nil
}

// isLibrary refuses rules that are not of the standard's library.
func (q qualityEntry) isLibrary() error {
	if q.Severity != "" && q.Severity != "error" {
		return fmt.Errorf("severity %s is not known, only error: a row that breaks a rule goes to quarantine, and error_share says how many may", q.Severity)
	}
	if q.Type != "" && q.Type != "library" {
		return fmt.Errorf("type %s is not run; the standard's library is, and queries of your own stand under checks in loadstar.yaml", q.Type)
	}
	return nil
}

// check refuses what the metric does not take.
func (q qualityEntry) check(arguments []string) error {
	isNone := q.Unit == "percent" && q.Metric != "rowCount" && q.MustBe != nil && *q.MustBe == 0 // no part of the rows is no row
	if q.Unit != "" && q.Unit != "rows" && !isNone {
		return fmt.Errorf("unit %s is not known, only rows; error_share says which part of the rows may break the contract", q.Unit)
	}
	for word := range q.Arguments.At {
		if word != "" && !strings.Contains(" "+strings.Join(arguments, " ")+" ", " "+word+" ") {
			return fmt.Errorf("metric %s takes no argument %s", q.Metric, word)
		}
	}
	return nil
}

// isNever refuses a rule that lets some rows break it.
func (q qualityEntry) isNever() error {
	if q.MustBe == nil || *q.MustBe != 0 || q.MustNotBe != nil || q.Above != nil || q.Least != nil || q.Below != nil || q.Most != nil || q.Between != nil {
		return fmt.Errorf("metric %s needs mustBe: 0; error_share says which part of the rows may break the contract", q.Metric)
	}
	return nil
}

// applyQuality reads a rule about the values of a column. Each row must keep
// it, so that none may break it.
func (p *Property) applyQuality(q qualityEntry) error {
	if q.isText() {
		return nil
	}
	if err := q.isLibrary(); err != nil {
		return err
	}
	if q.Metric == "rowCount" {
		return errors.New("metric rowCount is about an object: it stands beside properties, not in one")
	}
	arguments, known := columnMetrics[q.Metric]
	if !known {
		return fault.Unknown("", "metric", q.Metric, []string{"invalidValues", "nullValues", "missingValues", "duplicateValues"})
	}
	if err := q.check(arguments); err != nil {
		return err
	}
	if err := q.isNever(); err != nil {
		return err
	}
	switch q.Metric {
	case "invalidValues":
		if len(q.Arguments.ValidValues) == 0 && q.Arguments.Pattern == "" {
			return errors.New("metric invalidValues needs arguments: validValues or pattern")
		}
		if len(q.Arguments.ValidValues) > 0 {
			p.Allowed = q.Arguments.ValidValues
		}
		return p.setPattern(q.Arguments.Pattern)
	case "missingValues":
		p.Nulls = append(p.Nulls, q.Arguments.MissingValues...)
		p.Required = true
	case "nullValues":
		p.Required = true
	default:
		p.Unique = true
	}
	return nil
}

// applyQuality reads a rule about the number of rows, or about columns that
// together are unique. Several rules hold together.
func (o *Object) applyQuality(q qualityEntry) error {
	if q.isText() {
		return nil
	}
	if err := q.isLibrary(); err != nil {
		return err
	}
	if q.Metric == "duplicateValues" {
		return o.applyTogether(q)
	}
	if _, ofColumn := columnMetrics[q.Metric]; ofColumn {
		return fmt.Errorf("metric %s is about a column: it stands in a property", q.Metric)
	}
	if q.Metric != "rowCount" {
		return fault.Unknown("", "metric", q.Metric, []string{"rowCount", "duplicateValues"})
	}
	if err := q.check(nil); err != nil {
		return err
	}
	if q.Between != nil && (len(q.Between) != 2 || q.Between[0] > q.Between[1]) {
		return errors.New("mustBeBetween needs two numbers, the lower first")
	}
	least, most := []*int64{q.MustBe, q.Least}, []*int64{q.MustBe, q.Most}
	if q.MustNotBe != nil {
		if *q.MustNotBe != 0 {
			return errors.New("mustNotBe of rowCount is only known of 0; say a bound")
		}
		one := int64(1)
		least = append(least, &one)
	}
	if q.Above != nil {
		n := *q.Above + 1
		least = append(least, &n)
	}
	if q.Below != nil {
		n := *q.Below - 1
		most = append(most, &n)
	}
	if q.Between != nil {
		least, most = append(least, &q.Between[0]), append(most, &q.Between[1])
	}
	said := false
	for _, n := range least {
		if n != nil {
			o.Rows.Least, said = max(o.Rows.Least, *n), true
		}
	}
	for _, n := range most {
		if n != nil && (o.Rows.Most == nil || *n < *o.Rows.Most) {
			o.Rows.Most = n
		}
		said = said || n != nil
	}
	switch {
	case !said:
		return errors.New("metric rowCount needs mustBe, mustBeBetween or a bound, as mustBeGreaterThan: 0")
	case o.Rows.Most != nil && *o.Rows.Most < o.Rows.Least:
		return fmt.Errorf("no number of rows is at least %d and at most %d", o.Rows.Least, *o.Rows.Most)
	}
	return nil
}

// applyTogether reads which columns together must be unique.
func (o *Object) applyTogether(q qualityEntry) error {
	if err := q.check([]string{"properties"}); err != nil {
		return err
	}
	if err := q.isNever(); err != nil {
		return err
	}
	names := q.Arguments.Properties
	if len(names) == 0 {
		return errors.New("metric duplicateValues of an object needs arguments: {properties: [the columns that together are unique]}; for one column it stands in the property")
	}
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			return fmt.Errorf("arguments: properties lists %s twice", name)
		}
	}
	o.Together = append(o.Together, names)
	return nil
}

// checkTogether refuses names that no property of the object has.
func (o *Object) checkTogether() error {
	var known []string
	values := map[string]bool{}
	for _, p := range o.Properties {
		known = append(known, p.Name)
		values[p.Name] = p.Field != "" || p.Constant == nil && p.From == ""
	}
	for _, names := range o.Together {
		for _, name := range names {
			switch has, found := values[name]; {
			case !found:
				return fault.Unknown("", "property", name, known)
			case !has:
				return fmt.Errorf("property %s can't be compared: it needs a field, or a column of the delivery", name)
			}
		}
	}
	return nil
}
