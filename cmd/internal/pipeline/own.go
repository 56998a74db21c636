package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"loadstar/cmd/internal/config"
	"loadstar/load"
)

// own is what a project adds in SQL.
type own struct {
	checks []load.Check
	marts  []load.Mart
	hash   string // of the marts
	all    string // hash of all that the catalogue says about the project itself
}

func readOwn(cfg config.Config) (own, error) {
	var o own
	var err error
	both := sha256.New()
	o.checks, err = ownFiles("checks", cfg.Checks, func(file string, text []byte) (load.Check, error) {
		fmt.Fprintf(both, "%s %d\n%s", file, len(text), text)
		return load.ParseCheck(file, text)
	})
	if err != nil {
		return o, err
	}
	h := sha256.New()
	o.marts, err = ownFiles("marts", cfg.Marts, func(file string, text []byte) (load.Mart, error) {
		fmt.Fprintf(h, "%s %d\n%s", file, len(text), text)
		return load.ParseMart(file, text)
	})
	if cfg.Marts != "" {
		o.hash = hex.EncodeToString(h.Sum(nil))
	}
	fmt.Fprintf(both, "%q", cfg.Attributes)
	o.all = hex.EncodeToString(both.Sum(h.Sum(nil)))
	return o, err
}

// OwnChecks reads the project's own checks, in the order of their names.
func OwnChecks(cfg config.Config) ([]load.Check, error) {
	return ownFiles("checks", cfg.Checks, load.ParseCheck)
}

// ownFiles reads the .sql files of a folder that loadstar.yaml names, "" =
// none, in the order of their names. what is the key that names it.
func ownFiles[T any](what, dir string, parse func(file string, text []byte) (T, error)) ([]T, error) {
	if dir == "" {
		return nil, nil
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.sql"))
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("folder %s of loadstar.yaml holds no .sql file", dir)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	var all []T
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", what, err)
		}
		one, err := parse(filepath.ToSlash(file), text)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}
