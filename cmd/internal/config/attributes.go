package config

import (
	"fmt"
	"regexp"
	"strings"
)

var attributeColumn = regexp.MustCompile(`[a-z0-9]`)

// checkAttributes refuses names that make no column, or one column twice.
func checkAttributes(names []string) error {
	seen := map[string]string{}
	for _, name := range names {
		column := strings.Join(attributeColumn.FindAllString(strings.ToLower(name), -1), "")
		if column == "" {
			return fmt.Errorf("%q holds no letter or digit to name a column by", name)
		}
		if other, twice := seen[column]; twice {
			return fmt.Errorf("%q and %q would be one column", other, name)
		}
		seen[column] = name
	}
	return nil
}
