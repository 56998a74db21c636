package config

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"loadstar/schemas/fault"
)

// variable is ${NAME} or ${NAME:-default}.
var variable = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\}`)

// expand replaces the variables of a configuration text, outside comments. A
// variable that is not set and has no default is an error with its place.
func expand(text []byte, env Environment) ([]byte, fault.List) {
	var out bytes.Buffer
	var faults fault.List
	for number, line := range strings.SplitAfter(string(text), "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			out.WriteString(line)
			continue
		}
		out.WriteString(variable.ReplaceAllStringFunc(line, func(found string) string {
			parts := variable.FindStringSubmatch(found)
			if value, ok := env(parts[1]); ok {
				return value
			}
			if parts[2] == "" {
				at := fault.Place{Line: number + 1, Column: strings.Index(line, found) + 1}
				faults.Add(at, fault.ConfigVariable, fmt.Errorf("environment variable %s is not set; set it, or give a default: ${%s:-value}", parts[1], parts[1]))
			}
			return parts[3]
		}))
	}
	return out.Bytes(), faults
}

func sum(text []byte) string {
	h := sha256.Sum256(text)
	return hex.EncodeToString(h[:])
}
