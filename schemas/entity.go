package schemas

import (
	"embed"
	"fmt"
	"io/fs"
	"sort"
	"sync"

	"github.com/goccy/go-yaml"

	"loadstar/schemas/fault"
)

//go:embed entities/*.yaml
var entityFiles embed.FS

// Entity is a canonical entity: what a contract maps a feed onto, and one
// table of the ODS.
type Entity struct {
	Name    string  `yaml:"name"`
	Meaning string  `yaml:"meaning"`
	Grain   string  `yaml:"grain"`
	History bool    `yaml:"history"` // superseded states are kept, for SCD2
	Fields  []Field `yaml:"fields"`
}

// Field is one field of an entity.
type Field struct {
	Name    string `yaml:"name"`
	Type    Type   `yaml:"type"`
	Clean   string `yaml:"clean"` // cleansing function (package transform), "" = trimmed text
	PII     bool   `yaml:"pii"`
	Meaning string `yaml:"meaning"`
}

// Field returns the field with the given name.
func (e Entity) Field(name string) (Field, bool) {
	for _, f := range e.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// Entities returns the canonical entities, sorted by name. The slice and what
// it points to are shared: callers must not change them.
func Entities() ([]Entity, error) { return loadEntities() }

// EntityNamed returns the canonical entity of that name.
func EntityNamed(name string) (Entity, error) {
	all, err := Entities()
	if err != nil {
		return Entity{}, err
	}
	for _, e := range all {
		if e.Name == name {
			return e, nil
		}
	}
	names := make([]string, len(all))
	for i, e := range all {
		names[i] = e.Name
	}
	return Entity{}, fmt.Errorf("no canonical entity is called %q; %s", name, fault.DidYouMean(name, names))
}

var loadEntities = sync.OnceValues(func() ([]Entity, error) {
	names, err := fs.Glob(entityFiles, "entities/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list entities: %w", err)
	}
	sort.Strings(names)
	var all []Entity
	for _, name := range names {
		text, err := entityFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		var e Entity
		if err := yaml.UnmarshalWithOptions(text, &e, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("parse %s: %w", name, err)
		}
		for _, f := range e.Fields {
			if !f.Type.valid() {
				return nil, fmt.Errorf("%s: field %s has unknown type %q", name, f.Name, f.Type)
			}
		}
		all = append(all, e)
	}
	return all, nil
})
