package load

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

// Rows of the meta tables that funnels are loaded into; the names of their
// fields are the names of the columns.

type funnelRow struct {
	Name      string   `json:"funnel_name"`
	Counts    string   `json:"counts"`
	Meaning   string   `json:"meaning"`
	Systems   string   `json:"source_systems"`
	Pipelines []string `json:"pipelines"`
}

type stepRow struct {
	Funnel string `json:"funnel_name"`
	Step   string `json:"step_id"`
	Name   string `json:"step_name"`
	Number int    `json:"step_number"`
}

type stageRow struct {
	Key      int64   `json:"stage_key"`
	Funnel   string  `json:"funnel_name"`
	Stage    string  `json:"stage_id"`
	Name     string  `json:"name"`
	Rank     int     `json:"stage_rank"`
	Step     *string `json:"step_id"`
	StepName *string `json:"step_name"`
	Number   *int    `json:"step_number"`
	First    bool    `json:"is_first"`
	Optional bool    `json:"is_optional"`
	Terminal bool    `json:"is_terminal"`
	Outcome  string  `json:"outcome"`
	Meaning  string  `json:"meaning"`
}

type transitionRow struct {
	Funnel     string `json:"funnel_name"`
	From       int64  `json:"from_stage_key"`
	To         int64  `json:"to_stage_key"`
	Legal      bool   `json:"is_legal"`
	Skip       bool   `json:"is_skip"`
	Regression bool   `json:"is_regression"`
}

type wordRow struct {
	Funnel string `json:"funnel_name"`
	System string `json:"source_system"`
	Entity string `json:"entity"`
	Word   string `json:"word"`
	Stage  int64  `json:"stage_key"`
}

func (f Funnel) row() funnelRow {
	systems := slices.Clone(f.Systems)
	sort.Strings(systems)
	pipelines := append([]string{}, f.Pipelines...)
	sort.Strings(pipelines)
	return funnelRow{Name: f.Name, Counts: f.Counts, Meaning: f.Meaning, Systems: strings.Join(systems, ","), Pipelines: pipelines}
}

func (f Funnel) steps() []stepRow {
	var rows []stepRow
	for i, s := range f.Steps {
		rows = append(rows, stepRow{Funnel: f.Name, Step: s.Step, Name: s.Name, Number: i + 1})
	}
	return rows
}

func (f Funnel) stages() []stageRow {
	var rows []stageRow
	for _, s := range f.Stages {
		row := stageRow{
			Key: f.key(s.Stage), Funnel: f.Name, Stage: s.Stage, Name: s.Name, Rank: s.Rank,
			First: s.Stage == f.first().Stage, Optional: s.Optional, Terminal: s.Outcome != "",
			Outcome: s.Outcome, Meaning: s.Meaning,
		}
		if s.Outcome == "" {
			row.Outcome = "open"
		}
		if number := f.stepNumber(s.Step); number > 0 {
			row.Step, row.StepName, row.Number = &s.Step, &f.Steps[number-1].Name, &number
		}
		rows = append(rows, row)
	}
	return rows
}

// transitions judges every pair of stages, and every stage as the first one.
func (f Funnel) transitions() []transitionRow {
	start := FunnelStage{Stage: "start", Rank: f.first().Rank - 1}
	var rows []transitionRow
	for _, from := range append([]FunnelStage{start}, f.Stages...) {
		for _, to := range f.Stages {
			if from.Stage == to.Stage {
				continue
			}
			key := int64(keyNotApplicable)
			if from.Stage != start.Stage {
				key = f.key(from.Stage)
			}
			rows = append(rows, transitionRow{
				Funnel: f.Name, From: key, To: f.key(to.Stage),
				Legal:      slices.Contains(f.Transitions[from.Stage], to.Stage),
				Skip:       f.skips(from, to),
				Regression: from.Stage != start.Stage && from.Step != "" && to.Step != "" && to.Rank < from.Rank,
			})
		}
	}
	return rows
}

// skips tells whether a move jumps over a stage or a whole step that is not
// optional. A stage that loses is not on the way, so moves to and from it skip
// nothing.
func (f Funnel) skips(from, to FunnelStage) bool {
	if to.Step == "" || (from.Step == "" && from.Stage != "start") {
		return false
	}
	for number := f.stepNumber(from.Step) + 1; number < f.stepNumber(to.Step); number++ {
		if !f.Steps[number-1].Optional {
			return true
		}
	}
	return slices.ContainsFunc(f.Stages, func(s FunnelStage) bool {
		step := f.stepNumber(s.Step)
		between := step == f.stepNumber(from.Step) || step == f.stepNumber(to.Step)
		return s.Step != "" && between && !s.Optional && s.Rank > from.Rank && s.Rank < to.Rank
	})
}

// words lists what each word of a source stands for. A word that stands for
// two stages of one entity of one system is an error.
func (f Funnel) words() ([]wordRow, error) {
	var rows []wordRow
	seen := map[wordRow]string{}
	add := func(system string, entities map[string]map[string][]string) error {
		for entity, stages := range entities {
			if entity == "any" {
				entity = ""
			}
			for stage, words := range stages {
				if !slices.ContainsFunc(f.Stages, func(s FunnelStage) bool { return s.Stage == stage }) {
					return fmt.Errorf("words: %q is not a stage", stage)
				}
				for _, word := range words {
					row := wordRow{Funnel: f.Name, System: system, Entity: entity, Word: plainWord(word)}
					if other, ok := seen[row]; ok && other != stage {
						return fmt.Errorf("words: %q stands for both %s and %s", word, other, stage)
					} else if ok {
						continue
					}
					seen[row] = stage
					row.Stage = f.key(stage)
					rows = append(rows, row)
				}
			}
		}
		return nil
	}
	if err := add("", f.Words); err != nil {
		return nil, err
	}
	for system, entities := range f.Sources {
		if err := add(system, entities); err != nil {
			return nil, err
		}
	}
	sort.Slice(rows, func(i, j int) bool {
		a, b := rows[i], rows[j]
		return a.System+"\x00"+a.Entity+"\x00"+a.Word < b.System+"\x00"+b.Entity+"\x00"+b.Word
	})
	return rows, nil
}
