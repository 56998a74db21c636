package draft

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// document writes YAML line by line and remembers the marked ones.
type document struct {
	text strings.Builder
	line int
	open []OpenLine
}

// todo begins the comment of a line that a person must decide.
const todo = "TODO(init): "

func (w *document) add(indent int, format string, args ...any) {
	fmt.Fprintf(&w.text, "%s%s\n", strings.Repeat(" ", indent), fmt.Sprintf(format, args...))
	w.line++
}

// comment writes text as a comment of its own line.
func (w *document) comment(indent int, text string) {
	if text != "" {
		w.add(indent, "# %s", oneLine(text))
	}
}

// ask writes a line whose value nothing told.
func (w *document) ask(indent int, question, line string) {
	w.add(indent, "%s # %s%s", line, todo, oneLine(question))
	w.open = append(w.open, OpenLine{Line: w.line, Text: question})
}

// oneLine keeps delivered text from ending a comment.
func oneLine(text string) string {
	const longest = 240
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text)
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return text
}

var plainScalar = regexp.MustCompile(`^[A-Za-z_ÄÖÜäöüßÀ-ÿ][A-Za-z0-9_ÄÖÜäöüßÀ-ÿ./ ()-]*$`)

// scalar writes a text such that YAML reads it back as it is.
func scalar(text string) string {
	isWord := false
	switch strings.ToLower(text) {
	case "true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf":
		isWord = true
	}
	if !isWord && plainScalar.MatchString(text) && !strings.HasSuffix(text, " ") && norm.NFC.IsNormalString(text) {
		return text
	}
	quoted, err := json.Marshal(text)
	if err != nil {
		return `""`
	}
	return string(quoted)
}

// list writes texts as a flow sequence.
func list(texts []string) string {
	var parts []string
	for _, t := range texts {
		parts = append(parts, scalar(t))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// foldText writes letters small and without marks.
func foldText(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(strings.ToLower(strings.NewReplacer("ß", "ss", "ł", "l", "ø", "o", "æ", "ae").Replace(s))))
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }

func wordMap(words [][2]string) string {
	var pairs []string
	for _, word := range words {
		pairs = append(pairs, scalar(word[0])+": "+scalar(word[1]))
	}
	return "{" + strings.Join(pairs, ", ") + "}"
}

func elseList(columns []elseText) string {
	var entries []string
	for _, e := range columns {
		entry := "{column: " + scalar(e.column)
		if e.prefix != "" {
			entry += ", prefix: " + scalar(e.prefix)
		}
		if len(e.nulls) > 0 {
			entry += ", nulls: " + list(e.nulls)
		}
		if len(e.words) > 0 {
			entry += ", words: " + wordMap(e.words)
		}
		entries = append(entries, entry+"}")
	}
	return "[" + strings.Join(entries, ", ") + "]"
}
