package config

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"loadstar/schemas/fault"
)

// variable is ${NAME} or ${NAME:-default}.
var variable = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\}`)

// filled is one variable of a configuration text with what stands for it.
type filled struct {
	name, value string
	at          fault.Place
}

// mark stands for a variable until its value is put in: a word that YAML takes
// as it is everywhere.
func mark(i int) string { return fmt.Sprintf("%s%dx", markPrefix, i) }

const markPrefix = "LOADSTARx"

// expand replaces the variables of a configuration text, outside comments, and
// also gives the text with a mark for each of them. A
// variable that is not set and has no default is an error with its place, and
// so is one whose value YAML would not read as it is: it would become another
// value, or keys, and their errors would show pieces of it.
func expand(text []byte, env Environment) (expanded, marks []byte, faults fault.List) {
	var marked bytes.Buffer
	var variables []filled
	for number, line := range strings.SplitAfter(string(text), "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			marked.WriteString(line)
			continue
		}
		marked.WriteString(variable.ReplaceAllStringFunc(line, func(found string) string {
			parts := variable.FindStringSubmatch(found)
			at := fault.Place{Line: number + 1, Column: strings.Index(line, found) + 1}
			value, ok := env(parts[1])
			if !ok {
				value = parts[3]
			}
			if !ok && parts[2] == "" {
				faults.Add(at, fault.ConfigVariable, fmt.Errorf("environment variable %s is not set; set it, or give a default: ${%s:-value}", parts[1], parts[1]))
			}
			variables = append(variables, filled{parts[1], value, at})
			return mark(len(variables) - 1)
		}))
	}
	faults = append(faults, strangers(marked.String(), variables)...)
	for _, f := range faults {
		for i := range variables {
			if variables[i].at == f.At {
				variables[i].value = "" // a second error would tell what it holds
			}
		}
	}
	return []byte(putIn(marked.String(), variables)), marked.Bytes(), faults
}

func putIn(text string, variables []filled) string {
	pairs := make([]string, 0, 2*len(variables))
	for i, v := range variables {
		pairs = append(pairs, mark(i), v.value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// strangers finds the variables whose values YAML does not read as they are.
func strangers(marked string, variables []filled) fault.List {
	if len(variables) == 0 || survive(marked, variables) {
		return nil
	}
	var faults fault.List
	for i, v := range variables {
		alone := slices.Clone(variables)
		for k := range alone {
			if k != i {
				alone[k].value = mark(k)
			}
		}
		if survive(marked, alone) {
			continue
		}
		e := fault.New("", "YAML does not read the value of environment variable %s as it is", v.name)
		e.Next = fmt.Sprintf("write it in quotes that do not occur in it, as '${%s}'; in dsn and password ${env:%s} takes any character", v.name, v.name)
		faults.Add(v.at, fault.ConfigVariable, e)
	}
	return faults
}

// survive says whether a text has the same keys and values with marks and with
// what they stand for. A text that is no YAML anyway has errors of its own.
func survive(marked string, variables []filled) bool {
	want, err := fault.Words([]byte(marked))
	if err != nil {
		return true
	}
	for i := range want {
		want[i] = strings.TrimSpace(putIn(want[i], variables))
	}
	got, err := fault.Words([]byte(putIn(marked, variables)))
	return err == nil && slices.Equal(got, want)
}

func sum(text []byte) string {
	h := sha256.Sum256(text)
	return hex.EncodeToString(h[:])
}
