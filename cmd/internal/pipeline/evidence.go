package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"loadstar/dedupe"
	"loadstar/load"
	"loadstar/load/publish"
	"loadstar/schemas"
)

// Evidence explains the identity of one published version. Close it.
type Evidence struct {
	*load.Identities
	version   publish.Version
	warehouse publish.Warehouse
	records   *dedupe.Records // nil until a pair is asked for, with names and model
	names     *dedupe.Names
	model     *dedupe.Model
}

// OpenEvidence opens what matching knew and decided in a version.
func OpenEvidence(ctx context.Context, w publish.Warehouse, v publish.Version) (*Evidence, error) {
	file := filepath.Join(v.Dir, publish.ODSFile)
	if err := mayRead(file); err != nil {
		return nil, err
	}
	identities, err := load.OpenIdentities(ctx, file)
	if err != nil {
		return nil, err
	}
	return &Evidence{Identities: identities, version: v, warehouse: w}, nil
}

// mayRead says whom to ask where the file of identities is closed to the user.
func mayRead(file string) error {
	f, err := os.Open(file)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s holds identity data and is closed to this user: only its owner and its group may read it; ask for membership of the group", file)
	case err != nil:
		return fmt.Errorf("read identity data: %w", err)
	}
	return f.Close()
}

// read takes in what comparing needs: the model and every party.
func (e *Evidence) read(ctx context.Context) error {
	if e.records != nil {
		return nil
	}
	judged, err := e.judgedNames(ctx)
	if err != nil {
		return err
	}
	if e.model, e.names, err = readModel(ctx, e.Identities, judged); err != nil {
		return err
	}
	if e.model == nil {
		return fmt.Errorf("version %d keeps no matching model; build it anew with `loadstar run --full`", e.version.Number)
	}
	e.records, err = readRecords(e.Parties(ctx), func(int64) {})
	return err
}

// judgedNames are the judgements on names that the version obeys.
func (e *Evidence) judgedNames(ctx context.Context) (judged judgedNames, err error) {
	_, err = pinned(ctx, e.Identities, nameDecisions, &judged.now)
	return judged, err
}

// Names reads the name dictionary of the version.
func (e *Evidence) Names(ctx context.Context) (*dedupe.Dictionary, error) {
	dictionary, err := dedupe.ReadDictionary(e.Identity(ctx, "name_dictionary"), e.Identity(ctx, "name_variant"))
	if err != nil {
		return nil, fmt.Errorf("read name dictionary: %w", err)
	}
	return dictionary, nil
}

// Pair explains why two records are, or are not, one customer by the evidence.
func (e *Evidence) Pair(ctx context.Context, left, right int64) (dedupe.Explanation, error) {
	if err := e.read(ctx); err != nil {
		return dedupe.Explanation{}, err
	}
	return dedupe.Explain(e.records, e.names, e.model, left, right)
}

// RecordKey reads how a user names a record: SYSTEM:ID or its
// source_customer_key.
func RecordKey(name string) (int64, error) {
	if system, id, isPlace := strings.Cut(name, ":"); isPlace {
		return schemas.CustomerKey(system, id), nil
	}
	key, err := strconv.ParseInt(name, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is no record: write SYSTEM:ID or a source_customer_key", name)
	}
	return key, nil
}

// Record finds the record that a user names.
func (e *Evidence) Record(ctx context.Context, name string) (load.Member, error) {
	key, err := RecordKey(name)
	if err != nil {
		return load.Member{}, err
	}
	m, found, err := e.Member(ctx, key)
	if err != nil {
		return load.Member{}, err
	}
	if !found {
		return load.Member{}, fmt.Errorf("version %d has no record %s", e.version.Number, name)
	}
	return m, nil
}

// Weakest is the pair that a customer would fall apart without: the weakest of
// the strongest pairs that hold its records together. ok is false where it has
// one record, or no stored pair.
func Weakest(pairs []load.PairRow) (weakest load.PairRow, ok bool) {
	root := map[int64]int64{}
	find := func(x int64) int64 {
		for {
			up, has := root[x]
			if !has || up == x {
				return x
			}
			x = up
		}
	}
	for i := len(pairs) - 1; i >= 0; i-- { // pairs come weakest first
		left, right := find(pairs[i].Left), find(pairs[i].Right)
		if left != right {
			root[left] = right
			weakest, ok = pairs[i], true
		}
	}
	return weakest, ok
}
