package pipeline

import (
	"context"
	"errors"

	"loadstar/dedupe"
	"loadstar/load"
)

// learn lets the name dictionary grow by what this run has seen.
func (j *job) learn(ctx context.Context, build *load.Build, next *dedupe.State) error {
	prior, _, err := readNames(ctx, build, j.names)
	if err != nil {
		return err
	}
	grown, report, err := dedupe.Learn(prior, build.PartyNames(ctx), next.Members, j.manifest.Run)
	if err != nil {
		return err
	}
	grown.Decide(nil, j.names.now, j.manifest.Run)
	entries, variants, err := grown.Batches()
	if err != nil {
		return err
	}
	defer entries.Release()
	defer variants.Release()
	err = errors.Join(build.SetIdentity(ctx, "name_dictionary", entries), build.SetIdentity(ctx, "name_variant", variants))
	if err != nil {
		return err
	}
	j.report.Names = Names{Tokens: report.Tokens, New: report.New, Accepted: report.Accepted, Variants: report.Variants,
		Top1000: report.Top1000, Top10000: report.Top10000}
	return nil
}
