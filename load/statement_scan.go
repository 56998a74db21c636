package load

import (
	"errors"
	"fmt"
	"strings"

	"loadstar/schemas/fault"
)

// trimStatement drops white space around a query and semicolons at its end.
func trimStatement(query string) string {
	return strings.TrimRight(strings.TrimSpace(query), "; \r\n\t")
}

// StatementError says why a text is no question that can be asked.
type StatementError struct {
	reason string
	line   int // where, from 1
}

func (e *StatementError) Error() string { return e.reason }

// question refuses what is not one statement that only reads.
func question(query string) error {
	if err := oneStatement(query); err != nil {
		return err
	}
	words := strings.Fields(query)
	switch verb := strings.ToLower(words[0]); verb {
	case "insert", "update", "delete", "merge", "truncate", "create", "drop", "alter", "copy", "export", "import", "attach",
		"detach", "set", "reset", "pragma", "call", "install", "load", "vacuum", "checkpoint", "begin", "commit", "rollback", "explain", "use":
		return &StatementError{fmt.Sprintf("query: %s can't be run: versions are read-only; begin with select, from, with, describe, summarize or show", verb), 1}
	}
	return nil
}

// asked rewrites DuckDB's error, which shows the statement that a question was
// wrapped in, such that line and mark are those of the question.
func asked(err error) error {
	lines := strings.Split(err.Error(), "\n")
	for i, line := range lines[:len(lines)-1] {
		rest, found := strings.CutPrefix(line, "LINE 1: ")
		for _, wrap := range []string{wrapText + wrapJSON, wrapText, wrapParquet} {
			if n := wrapped(rest, wrap); found && n > 0 {
				rest = rest[n:]
				lines[i], lines[i+1] = "LINE 1: "+rest, strings.TrimPrefix(lines[i+1], strings.Repeat(" ", n))
			}
		}
	}
	return &askedError{text: "query: " + strings.Join(lines, "\n"), err: err}
}

// wrapped counts the bytes of line that belong to the wrap in front of a
// question; DuckDB shows "..." for the beginning of a long line.
func wrapped(line, wrap string) int {
	rest, isCut := strings.CutPrefix(line, "...")
	if !isCut {
		if strings.HasPrefix(line, wrap) {
			return len(wrap)
		}
		return 0
	}
	for at := 1; at < len(wrap)-len(" from ("); at++ {
		if strings.HasPrefix(rest, wrap[at:]) {
			return len("...") + len(wrap) - at
		}
	}
	return 0
}

// askedError is DuckDB's error in the words of the question.
type askedError struct {
	text string
	err  error
}

func (e *askedError) Error() string { return e.text }
func (e *askedError) Unwrap() error { return e.err }

// oneStatement refuses several statements in one text: the driver would run
// all but the last while it prepares them.
func oneStatement(query string) error {
	text := trimStatement(query)
	if text == "" {
		return &StatementError{"the query is empty", 1}
	}
	for i := 0; i < len(text); {
		if text[i] == ';' {
			return &StatementError{"give one statement at a time: the query holds a semicolon inside", lineAt(query, text, i)}
		}
		n, open := token(text, i)
		if open {
			return &StatementError{"the query has a quote or comment that is not closed", lineAt(query, text, i)}
		}
		i += n
	}
	return nil
}

// lineAt is the line of a query, from 1, in which the byte i of its trimmed
// text stands.
func lineAt(query, text string, i int) int {
	return 1 + strings.Count(query[:strings.Index(query, text)+i], "\n")
}

// ownSQL says what is wrong with a project's own file, and in which line.
func ownSQL(file string, err error) error {
	wrong := fault.New(fault.ConfigSQL, "%w", err)
	wrong.File, wrong.Next = file, "mend the file"
	wrong.At.Line = 1
	var statement *StatementError
	if errors.As(err, &statement) {
		wrong.At.Line = statement.line
	}
	return wrong
}

// token measures what starts at i: a quoted text, a comment, or one byte.
// open tells that its end is missing.
func token(text string, i int) (n int, open bool) {
	rest := text[i:]
	switch {
	case rest[0] == '\'' && escapes(text, i):
		return escapedText(rest)
	case rest[0] == '\'' || rest[0] == '"':
		return upTo(rest, 1, rest[:1])
	case strings.HasPrefix(rest, "--"):
		n, _ = upTo(rest, 2, "\n")
		return n, false
	case strings.HasPrefix(rest, "/*"):
		return blockComment(rest)
	case rest[0] == '$' && (i == 0 || !isWord(text[i-1])):
		if tag := dollarTag(rest); tag != "" {
			return upTo(rest, len(tag), tag)
		}
	}
	return 1, false
}

// upTo measures a token that ends with mark, looked for after the start.
func upTo(text string, start int, mark string) (n int, open bool) {
	end := strings.Index(text[start:], mark)
	if end < 0 {
		return len(text), true
	}
	return start + end + len(mark), false
}

// escapes tells whether the quote at i starts a text with backslashes: E'it\'s'.
func escapes(text string, i int) bool {
	return i > 0 && (text[i-1] == 'e' || text[i-1] == 'E') && (i == 1 || !isWord(text[i-2]))
}

func escapedText(text string) (n int, open bool) {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '\'':
			return i + 1, false
		}
	}
	return len(text), true
}

// blockComment measures a comment that may hold others.
func blockComment(text string) (n int, open bool) {
	depth := 0
	for i := 0; i+1 < len(text); i++ {
		switch text[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			depth--
			i++
			if depth == 0 {
				return i + 1, false
			}
		}
	}
	return len(text), true
}

// dollarTag returns the mark of a dollar-quoted text ($$ or $name$), "" where
// none starts.
func dollarTag(text string) string {
	for i := 1; i < len(text); i++ {
		if text[i] == '$' {
			return text[:i+1]
		}
		if !isWord(text[i]) || i == 1 && text[i] >= '0' && text[i] <= '9' {
			return ""
		}
	}
	return ""
}

func isWord(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80
}
