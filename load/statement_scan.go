package load

import (
	"errors"
	"strings"
)

// trimStatement drops white space around a query and semicolons at its end.
func trimStatement(query string) string {
	return strings.TrimRight(strings.TrimSpace(query), "; \r\n\t")
}

// oneStatement refuses several statements in one text: the driver would run
// all but the last while it prepares them.
func oneStatement(query string) error {
	text := trimStatement(query)
	if text == "" {
		return errors.New("the query is empty")
	}
	for i := 0; i < len(text); {
		if text[i] == ';' {
			return errors.New("give one statement at a time: the query holds a semicolon inside")
		}
		n, open := token(text, i)
		if open {
			return errors.New("the query has a quote or comment that is not closed")
		}
		i += n
	}
	return nil
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
