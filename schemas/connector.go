package schemas

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed connectors
var connectorFiles embed.FS

// connectorFolder holds the shipped contracts: connectors/<system>/<table>.yaml.
const connectorFolder = "connectors"

// Connectors lists the contracts that ship with Loadstar as system/table
// ("salesforce/account"), sorted.
func Connectors() ([]string, error) {
	var names []string
	err := fs.WalkDir(connectorFiles, connectorFolder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name := strings.TrimPrefix(path, connectorFolder+"/")
		names = append(names, strings.TrimSuffix(name, ".yaml"))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list connectors: %w", err)
	}
	return names, nil
}

// Connector returns a shipped contract by its name. The error of an unknown
// name lists what the system has, or which systems there are.
func Connector(name string) (Contract, error) {
	text, err := connectorFiles.ReadFile(connectorFolder + "/" + name + ".yaml")
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return Contract{}, unknownConnector(name)
	}
	if err != nil {
		return Contract{}, fmt.Errorf("read connector %s: %w", name, err)
	}
	contract, err := ParseContract("builtin:"+name, text)
	if err != nil {
		return contract, err
	}
	contract.Shipped = true
	for _, o := range contract.Objects {
		for i := range o.Properties {
			o.Properties[i].loosen()
		}
	}
	return contract, nil
}

// loosen lets a shipped contract meet tables that nobody has seen: what a
// company does not use is not delivered, and where a table has two columns for
// one thing, the first that has a value counts.
func (p *Property) loosen() {
	var others []Alternative
	for _, alias := range p.Aliases {
		others = append(others, Alternative{Column: alias, Prefix: p.Prefix})
	}
	p.Else, p.Aliases = append(others, p.Else...), nil
	p.Absent = !p.Required || len(p.Else) > 0
}

func unknownConnector(name string) error {
	all, err := Connectors()
	if err != nil {
		return err
	}
	system, _, _ := strings.Cut(name, "/")
	var tables, systems []string
	seen := map[string]bool{}
	for _, known := range all {
		of, table, _ := strings.Cut(known, "/")
		if of == system {
			tables = append(tables, table)
		}
		if !seen[of] {
			seen[of] = true
			systems = append(systems, of)
		}
	}
	if len(tables) > 0 {
		return fmt.Errorf("no contract builtin:%s; %s has %s", name, system, strings.Join(tables, ", "))
	}
	return fmt.Errorf("no contract builtin:%s; there are contracts for %s", name, strings.Join(systems, ", "))
}
