package draft

import (
	"context"
	"slices"

	"loadstar/cmd/internal/recognise"
)

// backslash is what programs other than spreadsheets escape quotes with.
const backslash = `\`

// readEscaped reads a file again with backslashes before the quotes within its
// quotes, where some rows can't be read without. It keeps the way that refuses
// fewer rows.
func (d *drafter) readEscaped(ctx context.Context, file *recognise.File, look recognise.Look, plain []*recognise.Survey) ([]*recognise.Survey, error) {
	if file.Dialect.Format != "csv" || !slices.ContainsFunc(plain, func(s *recognise.Survey) bool { return s.Quotes > 0 }) {
		return plain, nil
	}
	file.Dialect.Escape = backslash
	escaped, err := file.Surveys(ctx, look, d.judge.Tables)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil || rejectsOf(escaped) >= rejectsOf(plain) {
		file.Dialect.Escape = ""
		return plain, nil
	}
	return escaped, nil
}

func rejectsOf(surveys []*recognise.Survey) (rows int) {
	for _, s := range surveys {
		rows += s.Rejects
	}
	return rows
}

// isEscaped says whether a file of the feed escapes the quotes within quotes.
func (f *feed) isEscaped() bool {
	return slices.ContainsFunc(f.parts, func(p *part) bool { return p.file.Dialect.Escape != "" })
}
