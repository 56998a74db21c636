package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"loadstar/cmd/internal/pipeline"
	"loadstar/dedupe"
	"loadstar/load"
	"loadstar/load/publish"
)

// sheetColumns head the sheet of pairs; the fields of both records follow.
// Records are named by system and id, for spreadsheets round long keys.
func sheetColumns() []string {
	return []string{"verdict", "why", "bits", "left_record", "right_record"}
}

// inert keeps a spreadsheet from taking a delivered value for a formula.
func inert(value string) string {
	if value == "" || !strings.ContainsRune("=+-@\t\r", rune(value[0])) || strings.Trim(value, "+-0123456789. ") == "" {
		return value
	}
	return "'" + value
}

// writeSheet writes a sheet that did not exist, readable by its owner alone; no
// cell is taken for a formula.
func writeSheet(path, sheet string, widths []float64, header []string, rows [][]string) error {
	all := [][]string{header}
	for _, row := range rows {
		if !pipeline.IsExcel(path) { // there cells are text
			row = slices.Clone(row)
			for i, value := range row {
				row[i] = inert(value)
			}
		}
		all = append(all, row)
	}
	err := pipeline.WriteSheet(path, sheet, widths, all)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already and is not overwritten: move it away, or name another file", path)
	}
	return err
}

// sheetOf is the sheet of pairs, its header first: what neither record of any
// pair tells has no columns.
func sheetOf(doubts []doubt) [][]string {
	fields := slices.DeleteFunc(load.PartyFields(), func(f string) bool {
		return !slices.ContainsFunc(doubts, func(d doubt) bool { return d.leftValues[f] != "" || d.rightValues[f] != "" })
	})
	header := sheetColumns()
	for _, f := range fields {
		header = append(header, "left_"+f, "right_"+f)
	}
	rows := [][]string{header}
	for _, d := range doubts {
		row := []string{"", "", bits(d.Millibits), recordName(d.left), recordName(d.right)}
		for _, f := range fields {
			row = append(row, d.leftValues[f], d.rightValues[f])
		}
		rows = append(rows, row)
	}
	return rows
}

func (a *app) exportPairs(doubts []doubt, path string) error {
	rows := sheetOf(doubts)
	header, rows := rows[0], rows[1:]
	if err := writeSheet(path, "pairs", []float64{10, 20, 8, 22, 22}, header, rows); err != nil {
		return fmt.Errorf("export pairs: %w", err)
	}
	fmt.Fprintf(a.out, "%d pairs are in %s. Fill the column verdict with y, n or u, then: loadstar review --import %s\n", len(doubts), path, path)
	return nil
}

func (a *app) importJudgements(ctx context.Context, w publish.Warehouse, e *pipeline.Evidence, f reviewFlags) error {
	judgements, err := readJudgements(ctx, f.importOf, f.who, func(name string) (int64, error) {
		m, err := e.Record(ctx, name) // a key that was edited names nobody
		return m.Record, err
	})
	if err != nil {
		return fmt.Errorf("import judgements: %s: %w", f.importOf, err)
	}
	if err := pipeline.Decide(w, judgements...); err != nil {
		return err
	}
	return a.reviewed(len(judgements))
}

// readJudgements reads a sheet that exportPairs wrote and people filled; rows
// without a verdict are skipped. key finds a record by its name. Errors name the
// line or row.
func readJudgements(ctx context.Context, path, who string, key func(name string) (int64, error)) ([]dedupe.StoredDecision, error) {
	rows, err := pipeline.ReadSheet(ctx, path, []string{"verdict", "why", "left_record", "right_record"})
	if err != nil {
		return nil, err
	}
	var judgements []dedupe.StoredDecision
	for _, row := range rows {
		answer := strings.ToLower(strings.TrimSpace(row.Cells[0]))
		if answer == "" {
			continue
		}
		verdict := verdictOf(answer)
		if verdict == "" {
			return nil, fmt.Errorf("%s: verdict %q is not y, n or u", row.Place, short(answer, 10))
		}
		var keys [2]int64
		for i, side := range []string{"left_record", "right_record"} {
			if keys[i], err = key(strings.TrimSpace(row.Cells[2+i])); err != nil {
				return nil, fmt.Errorf("%s: %s: %w", row.Place, side, err)
			}
		}
		d := judgement(load.PairRow{Left: keys[0], Right: keys[1]}, verdict, who, row.Cells[1])
		if err := d.Check(); err != nil {
			return nil, fmt.Errorf("%s: %w", row.Place, err)
		}
		judgements = append(judgements, d)
	}
	return judgements, nil
}
