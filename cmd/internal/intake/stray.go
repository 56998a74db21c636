package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"loadstar/cmd/internal/config"
	"loadstar/extract"
)

// Strays lists the files that lie in the folders of feeds, are called by the
// same extension, and that no feed reads and nothing says to ignore: a delivery
// under a new name, mostly.
// Paths are as loadstar.yaml would name them, in ascending order.
func Strays(cfg config.Config) ([]string, error) {
	base, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for _, pattern := range cfg.Ignore {
		files, err := extract.Glob(cfg.Dir, pattern)
		if err != nil {
			return nil, fmt.Errorf("ignore: %w", err)
		}
		for _, file := range files {
			taken[file] = true
		}
	}
	extensions := map[string]map[string]bool{} // by folder
	for _, feed := range cfg.Feeds {
		if !feed.From.IsFile() {
			continue
		}
		files, err := extract.Glob(cfg.Dir, feed.From.Pattern)
		if err != nil {
			return nil, fmt.Errorf("feed %s: %w", feed.Name, err)
		}
		if folder := filepath.Dir(feed.From.Pattern); !strings.ContainsAny(folder, `*?[\`) {
			files = append(files, filepath.Join(absolute(base, folder), filepath.Base(feed.From.Pattern)))
		}
		for _, w := range feed.From.With {
			taken[absolute(base, w.CSV)] = true
		}
		for _, file := range files {
			taken[file] = true
			folder := filepath.Dir(file)
			if extensions[folder] == nil {
				extensions[folder] = map[string]bool{}
			}
			extensions[folder][strings.ToLower(filepath.Ext(file))] = true
		}
	}
	var strays []string
	for folder, known := range extensions {
		entries, err := os.ReadDir(folder)
		if err != nil {
			continue // it is not there: the feed's gate says so
		}
		for _, entry := range entries {
			name := entry.Name()
			path := filepath.Join(folder, name)
			isHidden := strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")
			if taken[path] || isHidden || !entry.Type().IsRegular() || !known[strings.ToLower(filepath.Ext(name))] {
				continue
			}
			if shown, err := filepath.Rel(base, path); err == nil {
				path = shown
			}
			strays = append(strays, filepath.ToSlash(path))
		}
	}
	slices.SortFunc(strays, extract.ComparePaths)
	return strays, nil
}

func absolute(dir, folder string) string {
	if filepath.IsAbs(folder) {
		return folder
	}
	return filepath.Join(dir, folder)
}
