package config

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"loadstar/schemas/fault"
)

// secret is ${env:NAME}, ${file:PATH} or ${command:WORDS} in the dsn or
// password of a connection.
var secret = regexp.MustCompile(`\$\{(env|file|command):([^}]+)\}`)

const (
	secretTimeout = 30 * time.Second
	secretBytes   = 64 << 10
)

// Secrets are the dsn and the password of a connection with all secrets in
// them. They are looked up when the connection is used, and never kept.
type Secrets struct{ DSN, Password string }

// inAddress is the password in a connection's dsn, as each driver writes it.
var inAddress = regexp.MustCompile(`^(?:\w+://)?[^:@/?#\s]+:([^@/][^@]*)@|(?:^|[\s?&])password=([^\s&]+)`)

// exposed lists the connections of a configuration text whose password stands
// there as it is. In the text a mark stands for each variable.
func exposed(marked []byte) (names []string) {
	var doc document
	_ = fault.Decode(marked, fault.Codes{}, &doc) // its faults are found in the text without marks
	isPlain := func(text string) bool {
		return text != "" && !strings.Contains(text, markPrefix) && !secret.MatchString(text)
	}
	for _, name := range slices.Sorted(maps.Keys(doc.Connections)) {
		c := doc.Connections[name]
		plain := isPlain(c.Password)
		if found := inAddress.FindStringSubmatch(c.DSN); c.Driver != "sqlite" && found != nil {
			plain = plain || isPlain(found[1]) || isPlain(found[2])
		}
		if plain {
			names = append(names, name)
		}
	}
	return names
}

// ExposedNote says of a connection that its password stands in the file.
func ExposedNote(name string) string {
	return fmt.Sprintf("connection %s: its password stands in %s; name it there as ${env:NAME}, ${file:PATH} or ${command:WORDS}", name, FileName)
}

// Secrets looks the secrets of a connection up. Errors name where, never what.
func (c Config) Secrets(ctx context.Context, name string) (Secrets, error) {
	connection := c.Connections[name]
	dsn, err := c.fill(ctx, connection.DSN, strings.Contains(connection.DSN, "://"))
	if err != nil {
		return Secrets{}, fmt.Errorf("connections.%s.dsn: %w", name, err)
	}
	password, err := c.fill(ctx, connection.Password, false)
	if err != nil {
		return Secrets{}, fmt.Errorf("connections.%s.password: %w", name, err)
	}
	if connection.Driver == "sqlite" {
		dsn = c.path(dsn)
	}
	return Secrets{DSN: dsn, Password: password}, nil
}

// fill replaces the secrets of a text. In an address they are escaped, so that
// any character may stand in a password.
func (c Config) fill(ctx context.Context, text string, isAddress bool) (string, error) {
	var failed error
	filled := secret.ReplaceAllStringFunc(text, func(found string) string {
		parts := secret.FindStringSubmatch(found)
		value, err := c.lookUp(ctx, parts[1], parts[2])
		if err != nil && failed == nil {
			failed = fmt.Errorf("${%s:…}: %w", parts[1], err)
		}
		if isAddress {
			return strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
		}
		return value
	})
	return filled, failed
}

func (c Config) lookUp(ctx context.Context, kind, what string) (string, error) {
	switch kind {
	case "env":
		value, ok := os.LookupEnv(what)
		if !ok {
			return "", fmt.Errorf("environment variable %s is not set", what)
		}
		return value, nil
	case "file":
		return c.secretFile(what)
	default:
		return secretCommand(ctx, c.Dir, what)
	}
}

func (c Config) secretFile(path string) (_ string, err error) {
	file, err := os.Open(c.path(path))
	if err != nil {
		return "", fmt.Errorf("read secret: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	text, err := io.ReadAll(io.LimitReader(file, secretBytes+1))
	if err != nil {
		return "", fmt.Errorf("read secret: %w", err)
	}
	if len(text) > secretBytes {
		return "", fmt.Errorf("%s holds more than %d KB: it is no secret", filepath.Base(path), secretBytes>>10)
	}
	return strings.TrimRight(string(text), "\r\n"), nil
}

// secretCommand runs a program without a shell in the project folder; its
// output is the secret.
func secretCommand(ctx context.Context, dir, words string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, secretTimeout)
	defer cancel()
	parts := strings.Fields(words)
	if len(parts) == 0 {
		return "", errors.New("it names no program")
	}
	cmd := exec.CommandContext(ctx, parts[0], parts[1:]...)
	cmd.Dir, cmd.WaitDelay = dir, time.Second
	var out secretText
	cmd.Stdout = &out
	err := cmd.Run()
	switch {
	case len(out.text) > secretBytes:
		return "", fmt.Errorf("%s wrote more than %d KB, which is no secret", parts[0], secretBytes>>10)
	case ctx.Err() != nil:
		return "", fmt.Errorf("%s did not end within %s", parts[0], secretTimeout)
	case err != nil:
		return "", fmt.Errorf("run %s: %w", parts[0], err)
	case len(out.text) == 0:
		return "", fmt.Errorf("%s wrote nothing, which is no secret", parts[0])
	}
	return strings.TrimRight(string(out.text), "\r\n"), nil
}

// secretText takes what a program writes until it is too much for a secret.
type secretText struct{ text []byte }

// Write fails where it is too much, which closes the program's output.
func (t *secretText) Write(p []byte) (int, error) {
	t.text = append(t.text, p...)
	if len(t.text) > secretBytes {
		return len(p), errors.New("too long")
	}
	return len(p), nil
}
