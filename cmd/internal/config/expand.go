package config

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
)

// variable is ${NAME} or ${NAME:-default}.
var variable = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\}`)

// expand replaces the variables of a configuration text, outside comments. A
// variable that is not set and has no default is an error that names its line.
func expand(text []byte, env Environment) ([]byte, error) {
	var out bytes.Buffer
	for number, line := range strings.SplitAfter(string(text), "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			out.WriteString(line)
			continue
		}
		missing := ""
		out.WriteString(variable.ReplaceAllStringFunc(line, func(found string) string {
			parts := variable.FindStringSubmatch(found)
			if value, ok := env(parts[1]); ok {
				return value
			}
			if parts[2] == "" {
				missing = parts[1]
			}
			return parts[3]
		}))
		if missing != "" {
			return nil, fmt.Errorf("line %d: environment variable %s is not set; set it, or give a default: ${%s:-value}", number+1, missing, missing)
		}
	}
	return out.Bytes(), nil
}

// redact keeps line, column and reason of a YAML error but drops the source
// excerpt, which may hold an expanded secret.
func redact(err error) error {
	var syntax yaml.Error
	if errors.As(err, &syntax) {
		message, _, _ := strings.Cut(yaml.FormatError(err, false, false), "\n")
		return errors.New(message)
	}
	return err
}

func sum(text []byte) string {
	h := sha256.Sum256(text)
	return hex.EncodeToString(h[:])
}
