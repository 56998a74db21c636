package transform_test

import (
	"encoding/xml"
	"os"
	"strings"
	"testing"
)

// labelled is a name whose words people have tagged.
type labelled struct {
	Words []struct {
		XMLName xml.Name
		Text    string `xml:",chardata"`
	} `xml:",any"`
}

func readLabelled(t *testing.T, file string) []labelled {
	t.Helper()
	text, err := os.ReadFile("../../shared/data/people/probablepeople_labels/" + file)
	if err != nil {
		t.Skip("skipped: the labelled names of ../shared/data are absent")
	}
	var all struct {
		Names []labelled `xml:"Name"`
	}
	if err := xml.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	return all.Names
}

func (l labelled) text() string {
	var words []string
	for _, w := range l.Words {
		words = append(words, w.Text)
	}
	return strings.Join(words, " ")
}

// firstPerson gives the given and family name of the first person, bare of
// marks and case.
func (l labelled) firstPerson() (given, family string) {
	second := false
	for _, w := range l.Words {
		switch w.XMLName.Local {
		case "GivenName", "FirstInitial":
			if !second {
				given += bare(w.Text)
			}
		case "Surname", "LastInitial":
			family += bare(w.Text)
		case "And":
			if family != "" {
				return given, family
			}
			second = given != ""
		}
	}
	return given, family
}

func bare(s string) string {
	return strings.NewReplacer(".", "", ",", "", "'", "", " ", "").Replace(strings.ToLower(s))
}

// TestLabelledPeople measures splitting on names tagged by others. A tenth of
// them put the family name first without a comma, which no rule can see.
func TestLabelledPeople(t *testing.T) {
	tb := tables(t)
	right, all, asOrganisation := 0, 0, 0
	names := readLabelled(t, "person_labeled.xml")
	for _, n := range names {
		p := tb.SplitName(n.text())
		if p.Organisation != "" {
			asOrganisation++
		}
		if len(n.Words) < 2 {
			continue // one word: no text tells which name it is
		}
		all++
		if given, family := n.firstPerson(); bare(p.Given) == given && bare(p.Family) == family {
			right++
		}
	}
	share := float64(right) / float64(all)
	t.Logf("%d of %d names of two words and more split right: %.1f %%; %d of %d taken for organisations", right, all, 100*share, asOrganisation, len(names))
	if share < 0.95 || asOrganisation > 3 {
		t.Errorf("splitting has become worse")
	}
}

// TestLabelledCompanies measures how many company names are told from persons
// where they come in a person's field.
func TestLabelledCompanies(t *testing.T) {
	tb := tables(t)
	found, formal, formalFound := 0, 0, 0
	names := readLabelled(t, "company_labeled.xml")
	for _, n := range names {
		known := tb.SplitName(n.text()).Organisation != ""
		if known {
			found++
		}
		if n.hasLegalForm() {
			formal++
			if known {
				formalFound++
			}
		}
	}
	t.Logf("%d of %d companies found; with a legal form %d of %d", found, len(names), formalFound, formal)
	if float64(formalFound) < 0.9*float64(formal) {
		t.Errorf("legal forms are missed")
	}
}

func (l labelled) hasLegalForm() bool {
	for _, w := range l.Words {
		if w.XMLName.Local == "CorporationLegalType" {
			return true
		}
	}
	return false
}
