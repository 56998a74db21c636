package draft

import (
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// envelopeWords begin the names of what an answer or export says of itself
// beside its records.
func envelopeWords() []string {
	return []string{
		"generated", "exported", "created", "updated", "count", "total", "page", "pages", "next", "prev", "previous", "has", "more", "status", "success",
		"version", "meta", "object", "url", "link", "links", "limit", "offset", "cursor", "size", "kind", "timestamp", "time", "date", "source", "message", "ok",
	}
}

// envelopeOf is the key of the records where a JSON text is one object around
// them that says nothing else of them, "" where it is not. Read so each record
// has its place in the file.
func envelopeOf(surveys []*recognise.Survey) string {
	const fewest = 2
	key := ""
	for _, s := range surveys {
		switch {
		case s.Path == "" && s.Rows != 1:
			return ""
		case s.Path == "":
			for _, c := range s.Columns {
				if words := recognise.HeaderTokens(c.Name); c.Filled > 0 && c.Deep.Records == 0 && (len(words) == 0 || !slices.Contains(envelopeWords(), words[0])) {
					return ""
				}
			}
		case strings.Contains(s.Path, "."):
		case key != "" || s.Rows < fewest:
			return "" // two lists of records, or hardly one
		default:
			key = s.Path
		}
	}
	return key
}
