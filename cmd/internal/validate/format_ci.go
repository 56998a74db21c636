package validate

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"loadstar/schemas/fault"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"` // always 0: what schemas of JUnit demand
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	File    string        `xml:"file,attr,omitempty"`
	Line    int64         `xml:"line,attr,omitempty"`
	Failure *junitFailure `xml:"failure,omitempty"`
	Out     string        `xml:"system-out,omitempty"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// writeJUnit writes one suite a feed; each finding is a case, and a feed
// without errors has one that passes.
func (r *Report) writeJUnit(out io.Writer) error {
	doc := junitSuites{Name: "loadstar validate"}
	var names []string
	for _, f := range r.Feeds {
		names = append(names, f.Feed)
	}
	for _, f := range r.Findings {
		if name := suiteOf(f); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		suite := junitSuite{Name: name}
		for _, f := range r.Findings {
			if suiteOf(f) == name {
				suite.add(f)
			}
		}
		if suite.Failures == 0 {
			suite.Cases = append(suite.Cases, junitCase{Class: name, Name: "deliveries keep the contract"})
		}
		suite.Tests = len(suite.Cases)
		doc.Tests += suite.Tests
		doc.Failures += suite.Failures
		doc.Suites = append(doc.Suites, suite)
	}
	if _, err := io.WriteString(out, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(out)
	e.Indent("", "  ")
	if err := e.Encode(doc); err != nil {
		return fmt.Errorf("write junit: %w", err)
	}
	_, err := io.WriteString(out, "\n")
	return err
}

func suiteOf(f *Finding) string {
	if f.Feed == "" {
		return "configuration"
	}
	return f.Feed
}

func (s *junitSuite) add(f *Finding) {
	c := junitCase{Class: s.Name, Name: strings.TrimSpace(fmt.Sprintf("%s %s %s", f.Code, f.Location(), f.Column)), File: f.path(), Line: f.first().Line}
	if f.Severity == Error {
		s.Failures++
		c.Failure = &junitFailure{Message: oneLine(f.whatText()), Type: string(f.Code), Text: f.Text()}
	} else {
		c.Out = f.Text()
	}
	s.Cases = append(s.Cases, c)
}

type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool    sarifTool     `json:"tool"`
		Columns string        `json:"columnKind"` // what startColumn counts
		Results []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string    `json:"id"`
		ShortDescription sarifText `json:"shortDescription"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int64 `json:"startLine"`
		StartColumn int   `json:"startColumn,omitempty"`
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
	}
)

// writeSARIF writes SARIF 2.1.0: each code is a rule, each finding a result
// with its first places.
func (r *Report) writeSARIF(out io.Writer, version string) error {
	run := sarifRun{Tool: sarifTool{Driver: sarifDriver{Name: "loadstar", Version: version, Rules: []sarifRule{}}}, Columns: "unicodeCodePoints", Results: []sarifResult{}}
	index := map[fault.Code]int{}
	for _, f := range r.Findings {
		if _, known := index[f.Code]; !known {
			index[f.Code] = len(run.Tool.Driver.Rules)
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{string(f.Code), sarifText{f.Code.Title()}})
		}
		result := sarifResult{
			RuleID: string(f.Code), RuleIndex: index[f.Code], Level: string(f.Severity), Message: sarifText{f.message()},
			Fingerprints: map[string]string{"loadstar/v1": f.print()},
		}
		for _, p := range f.Places {
			if f.path() != "" {
				result.Locations = append(result.Locations, sarifPlace(f.File, p))
			}
		}
		if len(result.Locations) == 0 { // code scanning takes no result without a place
			result.Locations = []sarifLocation{sarifPlace(r.project, Spot{})}
		}
		run.Results = append(run.Results, result)
	}
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	log := sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}}
	if err := e.Encode(log); err != nil {
		return fmt.Errorf("write sarif: %w", err)
	}
	return nil
}

// print names the finding as a whole, whatever rows it stands at.
func (f *Finding) print() string {
	return printText(fingerprint(string(f.Code), f.Feed, f.Column, filepath.Base(f.File)))
}

func sarifPlace(file string, p Spot) sarifLocation {
	l := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{(&url.URL{Path: filepath.ToSlash(file)}).String()}}}
	switch {
	case p.Sheet != "":
		l.Logical = []sarifLogical{{strings.TrimPrefix(p.String(), "#")}}
	case p.Line > 0:
		l.Physical.Region = &sarifRegion{p.Line, p.Char}
	}
	return l
}
