//go:build duckdb_arrow

package load

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"

	"loadstar/schemas"
)

//go:embed feeds/*.sql
var feedFiles embed.FS

type feedRow struct {
	Feed     string `json:"feed_name"`
	System   string `json:"source_system"`
	Mode     string `json:"mode"`
	Version  string `json:"contract_version"`
	Meaning  string `json:"meaning"`
	FreshFor int64  `json:"fresh_within_seconds"` // 0 = not promised
}

type feedColumnRow struct {
	Feed     string   `json:"feed_name"`
	Object   string   `json:"object_name"`
	Column   string   `json:"column_name"`
	Entity   string   `json:"entity"`
	Field    string   `json:"field"` // "" = kept as attribute
	Aliases  []string `json:"aliases"`
	From     string   `json:"taken_from"` // "" = from the column itself
	Part     string   `json:"taken_part"` // regular expression, "" = all of it
	Constant *string  `json:"constant"`
	Meaning  string   `json:"meaning"`
	Personal bool     `json:"is_personal"`
}

// RecordFeeds makes the contracts of the project the whole content of
// meta.feed and meta.feed_column. They travel as JSON in a bound parameter.
func (b *Build) RecordFeeds(ctx context.Context, contracts []schemas.Contract) error {
	document := struct {
		Feeds   []feedRow       `json:"feed"`
		Columns []feedColumnRow `json:"feed_column"`
	}{}
	for _, c := range contracts {
		document.Feeds = append(document.Feeds, feedRow{Feed: c.Feed, System: c.System, Mode: string(c.Delivery),
			Version: c.Version, Meaning: c.Description, FreshFor: int64(c.Freshness.Seconds())})
		for _, o := range c.Objects {
			columns, err := objectColumns(c, o)
			if err != nil {
				return fmt.Errorf("record feed %s: %w", c.Feed, err)
			}
			document.Columns = append(document.Columns, columns...)
		}
	}
	text, err := json.Marshal(document)
	if err != nil {
		return fmt.Errorf("record feeds: %w", err)
	}
	query, err := sqlFile(feedFiles, "feeds/record.sql")
	if err != nil {
		return err
	}
	for _, statement := range splitStatements(query) {
		var args []any
		if usesParameter(statement) {
			args = append(args, string(text))
		}
		if _, err := b.exec(ctx, statement, args...); err != nil {
			return fmt.Errorf("record feeds: %w", err)
		}
	}
	return nil
}

func objectColumns(c schemas.Contract, o schemas.Object) ([]feedColumnRow, error) {
	entity, err := schemas.EntityNamed(o.Entity)
	if err != nil {
		return nil, err
	}
	var rows []feedColumnRow
	for _, p := range o.Properties {
		field, _ := entity.Field(p.Field)
		part := ""
		if p.Part != nil {
			part = p.Part.String()
		}
		rows = append(rows, feedColumnRow{Feed: c.Feed, Object: o.Name, Column: p.Name, Entity: o.Entity, Field: p.Field,
			Aliases: p.Aliases, From: p.From, Part: part, Constant: p.Constant, Meaning: p.Meaning, Personal: p.PII || field.PII})
	}
	return rows, nil
}
