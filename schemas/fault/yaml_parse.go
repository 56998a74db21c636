package fault

import (
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// parse also survives the texts that the parser itself falls over.
func parse(text []byte) (file *ast.File, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("it is no YAML that can be read")
		}
	}()
	if len(text) > mostBytes {
		return nil, fmt.Errorf("it is larger than %d MB", mostBytes>>20)
	}
	tokens := lexer.Tokenize(string(text))
	if at := tooDeep(tokens); at != nil {
		return nil, fmt.Errorf("values are nested more than %d deep in line %d", mostNested, at.Position.Line)
	}
	return parser.Parse(tokens, 0)
}

// What a document may cost: the parser's memory grows with the square of how
// deep it is nested.
const (
	mostBytes  = 16 << 20
	mostNested = 100
)

// tooDeep is where brackets, or entries that begin in one line, are nested
// deeper than people write them; nil = nowhere.
func tooDeep(tokens token.Tokens) *token.Token {
	depth, entries, line := 0, 0, 0
	for _, t := range tokens {
		if t.Position.Line != line {
			entries, line = 0, t.Position.Line
		}
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		case token.SequenceEntryType, token.MappingKeyType, token.MappingValueType:
			if depth == 0 {
				entries++
			}
		}
		if depth > mostNested || entries > mostNested {
			return t
		}
	}
	return nil
}

// syntaxError leaves the source excerpt out, which may hold a secret. The
// parser's own text of an error without a token can't be asked for.
func syntaxError(code Code, err error) *Error {
	e := &Error{Code: code}
	var syntax *yaml.SyntaxError
	if !errors.As(err, &syntax) {
		e.Reason = err.Error()
	} else {
		e.Reason = syntax.GetMessage()
		if t := syntax.GetToken(); t != nil && t.Position != nil {
			e.At = Place{t.Position.Line, t.Position.Column}
		}
	}
	return e
}
