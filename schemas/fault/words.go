package fault

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Words lists the keys and values of a YAML text, in its order and without the
// white space around them. What is empty or null is "".
func Words(text []byte) ([]string, error) {
	file, err := parse(text)
	if err != nil {
		return nil, syntaxError("", err)
	}
	w := &words{}
	for _, doc := range file.Docs {
		if doc.Body != nil {
			ast.Walk(w, doc.Body)
		}
	}
	return w.list, nil
}

type words struct{ list []string }

// Visit notes each word once: that of a block of text is not told again as the
// text in it.
func (w *words) Visit(n ast.Node) ast.Visitor {
	text := ""
	switch node := n.(type) {
	case *ast.LiteralNode:
		w.list = append(w.list, strings.TrimSpace(node.Value.Value))
		return nil
	case *ast.StringNode:
		text = node.Value
	case *ast.NullNode:
	case ast.ScalarNode:
		text = node.GetToken().Value
	case *ast.MappingNode:
		text = "{"
	case *ast.SequenceNode:
		text = "["
	default:
		return w
	}
	w.list = append(w.list, strings.TrimSpace(text))
	return w
}
