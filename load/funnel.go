package load

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"sort"
	"strings"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

//go:embed funnels/*.yaml
var funnelFiles embed.FS

// keyNotApplicable stands in every dimension for what there is none of; as a
// stage, for the time before the first one.
const keyNotApplicable = -2

// Funnel is a funnel as its YAML says it: what moves through it, the stages
// in order, the step each stage counts for, which moves are legal, and the
// words by which sources name the stages.
type Funnel struct {
	Name        string                                    `yaml:"funnel"`
	Counts      string                                    `yaml:"counts"` // pursuit or session
	Meaning     string                                    `yaml:"meaning"`
	Systems     []string                                  `yaml:"systems"`   // systems whose pursuits follow it; none = all that no other funnel names
	Pipelines   []string                                  `yaml:"pipelines"` // pipelines whose pursuits follow it, of these systems; none = all that no other funnel names
	Steps       []FunnelStep                              `yaml:"steps"`
	Stages      []FunnelStage                             `yaml:"stages"`
	Transitions map[string][]string                       `yaml:"transitions"` // stage or "start" -> stages that may follow
	Words       map[string]map[string][]string            `yaml:"words"`       // entity or "any" -> stage -> words
	Sources     map[string]map[string]map[string][]string `yaml:"sources"`     // source system -> entity or "any" -> stage -> words
	At          fault.Places                              `yaml:"-"`           // of its keys in the file
}

// FunnelStep is what people count: one or more stages.
type FunnelStep struct {
	Step     string `yaml:"step"`
	Name     string `yaml:"name"`
	Optional bool   `yaml:"optional"` // leaving the whole step out is no skip
}

// FunnelStage is one stage of a funnel.
type FunnelStage struct {
	Stage    string `yaml:"stage"`
	Name     string `yaml:"name"`
	Rank     int    `yaml:"rank"`     // greater = nearer to the goal
	Step     string `yaml:"step"`     // "" = a stage that loses the pursuit
	Optional bool   `yaml:"optional"` // leaving it out is no skip while another stage of its step is passed
	Outcome  string `yaml:"outcome"`  // "" = open; any other makes the stage terminal
	Meaning  string `yaml:"meaning"`

	At fault.Places `yaml:"-"` // of its keys in the file
}

// shippedFunnels are followed by the pursuits and sessions that no funnel names.
var shippedFunnels = [...]string{"online", "sales"}

// outcomes are what a terminal stage may mean.
var outcomes = [...]string{"won", "lost to competitor", "no decision", "lost"}

// Funnels returns the funnels that ship with Loadstar, sorted by name.
func Funnels() ([]Funnel, error) {
	names, err := fs.Glob(funnelFiles, "funnels/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list funnels: %w", err)
	}
	var all []Funnel
	for _, name := range names {
		text, err := funnelFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		f, err := ParseFunnel(name, text)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}

// ParseFunnel reads one funnel. The error is a fault.List of what to mend in
// the file, with its lines.
func ParseFunnel(file string, text []byte) (Funnel, error) {
	var f Funnel
	const code = fault.ConfigFunnel
	faults := fault.Decode(text, fault.Codes{Syntax: code, Unknown: code, Value: code, Open: code}, &f)
	if len(faults) == 0 {
		at, err := f.check()
		faults.Add(at, code, err)
	}
	return f, faults.In(file).Err()
}

// withShipped lays a project's funnels over the shipped ones: one of the same
// name replaces it.
func withShipped(own []Funnel) ([]Funnel, error) {
	all, err := Funnels()
	if err != nil {
		return nil, err
	}
	for _, f := range own {
		at := slices.IndexFunc(all, func(g Funnel) bool { return g.Name == f.Name })
		if at < 0 {
			all = append(all, f)
		} else {
			all[at] = f
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Name < all[j].Name })
	return all, nil
}

var shortName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// check finds the first thing that is wrong, and where it stands.
func (f Funnel) check() (fault.Place, error) {
	switch {
	case !shortName.MatchString(f.Name):
		return f.At["funnel"], fmt.Errorf("funnel: %q is not lower-case letters, digits and _", f.Name)
	case f.Counts != "pursuit" && f.Counts != "session":
		return f.At["counts"], fmt.Errorf("counts: %q is not pursuit or session", f.Counts)
	case f.Counts == "session" && len(f.Pipelines) > 0:
		return f.At["pipelines"], errors.New("pipelines: only pursuits have a pipeline, sessions have none")
	case len(f.Stages) == 0 || len(f.Steps) == 0:
		return f.At[""], errors.New("a funnel needs steps and stages")
	}
	seen := map[string]bool{}
	for _, s := range f.Stages {
		if key, err := f.checkStage(s, seen); err != nil {
			at, told := s.At[key]
			if !told {
				at = s.At[""]
			}
			return at, err
		}
	}
	for from, list := range f.Transitions {
		for _, name := range append([]string{from}, list...) {
			if !seen[name] && (name != "start" || name != from) {
				return f.At["transitions"], fmt.Errorf("transitions: %q is not a stage", name)
			}
		}
	}
	if len(f.Systems) == 0 && len(f.Pipelines) == 0 && !slices.Contains(shippedFunnels[:], f.Name) {
		return f.At["funnel"], fmt.Errorf("systems: names no source system that follows %s; one of everything else is called %s",
			f.Name, strings.Join(shippedFunnels[:], " or "))
	}
	_, err := f.words()
	return f.At["words"], err
}

// checkStage finds what is wrong with a stage, and the key that says it.
func (f Funnel) checkStage(s FunnelStage, seen map[string]bool) (key string, err error) {
	switch {
	case !shortName.MatchString(s.Stage) || s.Stage == "start":
		return "stage", fmt.Errorf("stages: %q is not lower-case letters, digits and _", s.Stage)
	case seen[s.Stage]:
		return "stage", fmt.Errorf("stages: %s stands there twice", s.Stage)
	case s.Step != "" && f.stepNumber(s.Step) == 0:
		var steps []string
		for _, step := range f.Steps {
			steps = append(steps, step.Step)
		}
		return "step", fmt.Errorf("stages: %s counts for step %q, which is not listed; %s", s.Stage, s.Step, fault.DidYouMean(s.Step, steps))
	case s.Outcome != "" && !slices.Contains(outcomes[:], s.Outcome):
		return "outcome", fmt.Errorf("stages: %s: outcome %q is not one of %s", s.Stage, s.Outcome, strings.Join(outcomes[:], ", "))
	case s.Step == "" && (s.Outcome == "" || s.Outcome == "won"):
		return "stage", fmt.Errorf("stages: %s needs a step, since it does not lose", s.Stage)
	}
	seen[s.Stage] = true
	return "", nil
}

// stepNumber is the position of a step from 1, 0 where there is none.
func (f Funnel) stepNumber(step string) int {
	return 1 + slices.IndexFunc(f.Steps, func(s FunnelStep) bool { return s.Step == step })
}

// key names a stage in every build alike.
func (f Funnel) key(stage string) int64 {
	tuple := schemas.AppendPart(nil, "stage", true)
	tuple = schemas.AppendPart(tuple, f.Name, true)
	tuple = schemas.AppendPart(tuple, stage, true)
	return schemas.Key63(schemas.HashID(tuple))
}

// first is the open stage of the lowest rank: where a pursuit begins.
func (f Funnel) first() FunnelStage {
	var first FunnelStage
	for _, s := range f.Stages {
		if s.Step != "" && (first.Stage == "" || s.Rank < first.Rank) {
			first = s
		}
	}
	return first
}

var wordBreaks = regexp.MustCompile(`[\s_/\-]+`)

// plainWord brings a word of a source into the form that words are compared
// in. The models do the same to the words they find (src_word.sql).
func plainWord(word string) string {
	return strings.Trim(wordBreaks.ReplaceAllString(strings.ToLower(word), " "), " ")
}
