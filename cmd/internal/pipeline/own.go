package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"loadstar/cmd/internal/config"
	"loadstar/load"
	"loadstar/schemas/fault"
)

// own is what a project adds: SQL and funnels.
type own struct {
	checks  []load.Check
	marts   []load.Mart
	funnels []load.Funnel
	hash    string // of the marts
	all     string // hash of all that the catalogue says about the project itself
}

// CheckOwn finds what is wrong with the checks, marts and funnels of a project
// as far as it shows without a warehouse. The error is a fault.List.
func CheckOwn(cfg config.Config) error {
	_, err := readOwn(cfg)
	return err
}

// readOwn reads all that a project adds. The error is a fault.List of
// everything that is wrong with it.
func readOwn(cfg config.Config) (own, error) {
	var o own
	var faults fault.List
	var err error
	both := sha256.New()
	o.checks, err = ownFiles("checks", cfg.Checks, cfg.File, func(file string, text []byte) (load.Check, error) {
		fmt.Fprintf(both, "%s %d\n%s", file, len(text), text)
		return load.ParseCheck(file, text)
	})
	faults.Add(fault.Place{}, fault.ConfigSQL, err)
	h := sha256.New()
	o.marts, err = ownFiles("marts", cfg.Marts, cfg.File, func(file string, text []byte) (load.Mart, error) {
		fmt.Fprintf(h, "%s %d\n%s", file, len(text), text)
		return load.ParseMart(file, text)
	})
	faults.Add(fault.Place{}, fault.ConfigSQL, err)
	if cfg.Marts != "" {
		o.hash = hex.EncodeToString(h.Sum(nil))
	}
	fmt.Fprintf(both, "%q", cfg.Attributes)
	o.all = hex.EncodeToString(both.Sum(h.Sum(nil)))
	o.funnels, err = funnels(cfg)
	faults.Add(fault.Place{}, fault.ConfigFunnel, err)
	return o, faults.Err()
}

// funnels reads the project's own funnels.
func funnels(cfg config.Config) ([]load.Funnel, error) {
	var own []load.Funnel
	var faults fault.List
	for _, name := range cfg.Funnels {
		file := filepath.Join(cfg.Dir, name)
		text, err := os.ReadFile(file)
		if err != nil {
			faults.Add(cfg.FunnelsAt, fault.ConfigFunnel, unread("funnels", cfg.File, err))
			continue
		}
		f, err := load.ParseFunnel(filepath.ToSlash(file), text)
		faults.Add(fault.Place{}, fault.ConfigFunnel, err)
		own = append(own, f)
	}
	return own, faults.Err()
}

// unread says that a file which loadstar.yaml names can't be read.
func unread(what, config string, cause error) error {
	code := fault.ConfigSQL
	if what == "funnels" {
		code = fault.ConfigFunnel
	}
	wrong := fault.New(code, "%s: %w", what, cause)
	wrong.File, wrong.Next = config, "write the file, correct its name, or let the program read it"
	return wrong
}

// OwnChecks reads the project's own checks, in the order of their names.
func OwnChecks(cfg config.Config) ([]load.Check, error) {
	return ownFiles("checks", cfg.Checks, cfg.File, load.ParseCheck)
}

// ownFiles reads the .sql files of a folder that loadstar.yaml names, "" =
// none, in the order of their names. what is the key that names it, project
// the file that does. The error is a fault.List.
func ownFiles[T any](what, dir, project string, parse func(file string, text []byte) (T, error)) ([]T, error) {
	if dir == "" {
		return nil, nil
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.sql"))
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("folder %s holds no .sql file", dir)
	}
	if err != nil {
		return nil, unread(what, project, err)
	}
	var all []T
	var faults fault.List
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			faults.Add(fault.Place{}, fault.ConfigSQL, unread(what, file, err))
			continue
		}
		one, err := parse(filepath.ToSlash(file), text)
		faults.Add(fault.Place{}, fault.ConfigSQL, err)
		all = append(all, one)
	}
	return all, faults.Err()
}
