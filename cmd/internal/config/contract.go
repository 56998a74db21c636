package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// builtin begins the name of a contract that ships with Loadstar.
const builtin = "builtin:"

// contract reads the contract of a feed: a file of the project, or a shipped
// one, which takes the feed's name.
func (c Config) contract(name string, e feedEntry) (contract schemas.Contract, file string, faults fault.List) {
	if shipped, ok := strings.CutPrefix(e.Contract, builtin); ok {
		contract, faults = e.shipped(name, shipped)
		return contract, e.Contract, faults
	}
	file = c.path(e.Contract)
	if e.System != "" || e.Delivery != "" {
		faults.Add(e.At["contract"], fault.ConfigMismatch, fmt.Errorf("system and delivery go with a builtin contract; %s says them itself", e.Contract))
	}
	text, err := os.ReadFile(file)
	if err != nil {
		faults.Add(e.At["contract"], fault.ConfigContract, unreadable(file, e.Contract, err))
		return contract, file, faults
	}
	contract, err = schemas.ParseContract(file, text)
	if err != nil {
		var wrong fault.List
		if !errors.As(err, &wrong) {
			wrong.Add(e.At["contract"], fault.ConfigContract, err)
		}
		return contract, file, append(faults, wrong...)
	}
	if contract.Feed != name {
		faults.Add(e.At["contract"], fault.ConfigMismatch, fmt.Errorf("contract %s is for feed %s; give both one name", e.Contract, contract.Feed))
	}
	return contract, file, faults
}

// shipped is a contract that ships with Loadstar, under the feed's name.
func (e feedEntry) shipped(feed, name string) (schemas.Contract, fault.List) {
	var faults fault.List
	contract, err := schemas.Connector(name)
	if err != nil {
		faults.Add(e.At["contract"], fault.ConfigContract, err)
		return contract, faults
	}
	contract.Feed = feed
	if e.System != "" {
		contract.System = e.System
	}
	switch e.Delivery {
	case "":
	case schemas.Snapshot, schemas.Delta, schemas.Append:
		contract.Delivery = e.Delivery
	default:
		faults.Add(e.At["delivery"], fault.ConfigValue, fmt.Errorf("delivery: %q is not snapshot, delta or append", e.Delivery))
	}
	return contract, faults
}

// unreadable says why a contract can't be read, and, where it is not there,
// which contracts are.
func unreadable(file, name string, err error) *fault.Error {
	var cause *fs.PathError
	if errors.As(err, &cause) {
		err = cause.Err
	}
	e := fault.New("", "read contract %s: %w", name, err)
	others, globErr := filepath.Glob(filepath.Join(filepath.Dir(file), "*.yaml"))
	if globErr != nil || !errors.Is(err, fs.ErrNotExist) {
		return e
	}
	for i, o := range others {
		others[i] = filepath.Base(o)
	}
	if near := fault.Nearest(filepath.Base(file), others, nil); len(near) > 0 {
		e.Next = "did you mean " + strings.Join(near, " or ") + "?"
	}
	return e
}
