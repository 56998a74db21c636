package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"

	"github.com/apache/arrow-go/v18/arrow"

	"loadstar/dedupe"
	"loadstar/load"
)

// Names under which what matching pins is kept with the identity.
const (
	modelState     = "model"
	namesState     = "names"     // what was known of names when the model was trained
	overridesState = "overrides" // values that people set, of the last run
	decisionsState = "decisions" // the human judgements on pairs of the last run
	nameDecisions  = "name decisions"
)

// model returns the pinned model with the names to compare by; the first run,
// and one that decides all anew, trains it.
func (j *job) model(ctx context.Context, build *load.Build, records *dedupe.Records) (*dedupe.Model, *dedupe.Names, error) {
	if j.o.Rematch {
		return j.train(ctx, build, records)
	}
	model, names, err := readModel(ctx, build, j.names)
	if errors.Is(err, dedupe.ErrModelFormat) {
		j.note("the matching model of an earlier release is trained anew; customers stay as they are until their records change")
		err = nil
	}
	if err != nil || model != nil {
		return model, names, err
	}
	return j.train(ctx, build, records)
}

// train learns the model from all records and pins it with what was known of
// names.
func (j *job) train(ctx context.Context, build *load.Build, records *dedupe.Records) (*dedupe.Model, *dedupe.Names, error) {
	_, known, err := readNames(ctx, build, j.names)
	if err != nil {
		return nil, nil, err
	}
	names := known.Decide(j.names.now)
	model, err := dedupe.Train(ctx, records, names, j.dedupeSettings())
	if err != nil {
		return nil, nil, fmt.Errorf("train matching model: %w", err)
	}
	if err := pin(ctx, build, namesState, known); err != nil {
		return nil, nil, err
	}
	return model, names, pin(ctx, build, modelState, model)
}

// judgedNames are the human judgements on names of the last run and of this
// run.
type judgedNames struct {
	before, now []dedupe.NameDecision
	run         int64
}

// readNames reads the dictionary with what people decided, and freezes it.
func readNames(ctx context.Context, from keeper, judged judgedNames) (*dedupe.Dictionary, *dedupe.Names, error) {
	dictionary, err := dedupe.ReadDictionary(from.Identity(ctx, "name_dictionary"), from.Identity(ctx, "name_variant"))
	if err != nil {
		return nil, nil, fmt.Errorf("read name dictionary: %w", err)
	}
	dictionary.Decide(judged.before, judged.now, judged.run)
	names, err := dictionary.Names()
	return dictionary, names, err
}

// readModel reads the pinned model, nil where none is trained yet, and the
// names to compare by: those known when it was trained, what was learnt about
// spellings and short forms since, and what people decided.
func readModel(ctx context.Context, from keeper, judged judgedNames) (*dedupe.Model, *dedupe.Names, error) {
	_, names, err := readNames(ctx, from, judged)
	if err != nil {
		return nil, nil, err
	}
	model, trainedWith := &dedupe.Model{}, &dedupe.Names{}
	isPinned, err := pinned(ctx, from, modelState, model)
	if err != nil || !isPinned {
		return nil, names.Decide(judged.now), err // with dedupe.ErrModelFormat the names are good
	}
	isPinned, err = pinned(ctx, from, namesState, trainedWith)
	if err != nil || !isPinned { // a model of an earlier release was kept without its names
		return model, names.Decide(judged.now), err
	}
	return model, trainedWith.With(names).Decide(judged.now), nil
}

// keeper is a version, published or being built, that holds pinned values.
type keeper interface {
	State(ctx context.Context, name string) (string, error)
	Identity(ctx context.Context, table string) iter.Seq2[arrow.RecordBatch, error]
}

// pinned reads a value kept with the identity; false where there is none.
func pinned(ctx context.Context, from keeper, name string, into any) (bool, error) {
	text, err := from.State(ctx, name)
	if err != nil {
		return false, fmt.Errorf("read pinned %s: %w", name, err)
	}
	if text == "" {
		return false, nil
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return false, fmt.Errorf("read pinned %s: %w", name, err)
	}
	return true, nil
}

// pin keeps a value with the identity.
func pin(ctx context.Context, build *load.Build, name string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("pin %s: %w", name, err)
	}
	return build.SetState(ctx, name, string(text))
}
