package extract

import (
	"os"
	"path/filepath"
	"strings"
)

// WhyNoFile says why a pattern names no file where that can be told, as text to
// put behind it; "" where it cannot.
func WhyNoFile(projectDir, pattern string) string {
	switch {
	case pattern == "":
		return ""
	case strings.Contains(pattern, "://"):
		return ": it is an address in a network; fetch the file first, or name a program that does under `command`"
	case strings.HasPrefix(pattern, "~"):
		return ": ~ is no folder here, write ${HOME}"
	}
	path := pattern
	if !filepath.IsAbs(pattern) {
		path = filepath.Join(projectDir, pattern)
	}
	if isFolder(path) {
		return ": it is a folder; name the files in it, as " + filepath.ToSlash(filepath.Join(pattern, "*.csv"))
	}
	folder := filepath.Dir(path)
	if strings.ContainsAny(filepath.Dir(pattern), "*?[") {
		return ""
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return ": there is no folder " + filepath.ToSlash(filepath.Dir(pattern))
	}
	for _, e := range entries {
		name := e.Name()
		if ok, err := filepath.Match(strings.ToLower(filepath.Base(path)), strings.ToLower(name)); err == nil && ok && !e.IsDir() {
			return "; did you mean " + filepath.ToSlash(filepath.Join(filepath.Dir(pattern), name)) + "?"
		}
	}
	return ""
}
