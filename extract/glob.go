package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"loadstar/schemas/fault"
)

// Glob lists the files that pattern names, as absolute paths in ascending
// order; pattern is absolute or relative to projectDir. A pattern that is the
// path of an existing file names that file, whatever characters it holds.
// Folders are left out, and so are hidden files and the lock files of office
// programs unless the pattern asks for them by their first character. A link
// that a pattern finds may lead to files of the same folder only: who may drop
// files into it could have any file of this machine read otherwise.
func Glob(projectDir, pattern string) ([]string, error) {
	if pattern == "" {
		return nil, fmt.Errorf("list files: the pattern is empty")
	}
	base, err := filepath.Abs(projectDir)
	if err != nil {
		return nil, fmt.Errorf("list files: %w", err)
	}
	if filepath.IsAbs(pattern) {
		base = string(filepath.Separator)
	}
	if literal := filepath.Join(base, pattern); isFile(literal) {
		return []string{literal}, nil
	}
	escaped := escapeGlob(base, `\*?[`)
	found, err := filepath.Glob(filepath.Join(escaped, pattern))
	if err == nil && len(found) == 0 && strings.Contains(pattern, "[") {
		// A folder such as "2026 [1]" beside a star: brackets mean themselves.
		found, err = filepath.Glob(filepath.Join(escaped, escapeGlob(pattern, "[")))
	}
	if err == nil && len(found) == 0 {
		found, err = globComposed(base, pattern)
	}
	if err != nil {
		return nil, fmt.Errorf("list files %q: %w", pattern, err)
	}
	hidden := strings.HasPrefix(filepath.Base(pattern), ".")
	locks := strings.HasPrefix(filepath.Base(pattern), "~$")
	found = slices.DeleteFunc(found, func(path string) bool {
		name := filepath.Base(path)
		return isFolder(path) || strings.HasPrefix(name, ".") && !hidden || strings.HasPrefix(name, "~$") && !locks
	})
	slices.SortFunc(found, ComparePaths)
	if at := slices.IndexFunc(found, func(path string) bool { return !utf8.ValidString(filepath.Base(path)) }); at >= 0 {
		return nil, fault.New(fault.DeliveryMissing, "the name of the file %q is no UTF-8, so nothing could name its rows: rename it and deliver it again", filepath.Base(found[at]))
	}
	if err := noneLeadsOut(filepath.Join(base, fixedPart(pattern)), found); err != nil {
		return nil, err
	}
	return found, nil
}

// globComposed compares the names of one folder with the pattern letter by
// letter, however their accents are written: other systems than this one take
// them apart.
func globComposed(base, pattern string) ([]string, error) {
	folder := filepath.Join(base, filepath.Dir(pattern))
	wanted := norm.NFC.String(filepath.Base(pattern))
	if strings.IndexFunc(wanted, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return nil, nil // it has no accents
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, nil //nolint:nilerr // no such folder: no files
	}
	var found []string
	for _, e := range entries {
		name := norm.NFC.String(e.Name())
		fits, err := filepath.Match(wanted, name)
		if err != nil {
			return nil, err
		}
		if fits || name == wanted {
			found = append(found, filepath.Join(folder, e.Name()))
		}
	}
	return found, nil
}

// fixedPart is the folder that a pattern names before its first sign of a
// pattern.
func fixedPart(pattern string) string {
	folder := filepath.Dir(pattern)
	for strings.ContainsAny(folder, `*?[\`) {
		folder = filepath.Dir(folder)
	}
	return folder
}

func noneLeadsOut(folder string, paths []string) error {
	if len(paths) == 0 {
		return nil
	}
	within, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return fmt.Errorf("list files: %w", err)
	}
	for _, path := range paths {
		target, err := filepath.EvalSymlinks(path)
		if err != nil {
			return fault.New(fault.DeliveryMissing, "%s is a link to a file that is not there", filepath.Base(path))
		}
		if rel, err := filepath.Rel(within, target); err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return fault.New(fault.DeliveryMissing, "%s is a link that leads out of its folder: deliver the file itself, or name the folder that it is in under from", filepath.Base(path))
		}
	}
	return nil
}

// isFolder is false for a link to nowhere: that is a delivery that is
// missing.
func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

func escapeGlob(path, special string) string {
	var b strings.Builder
	for _, r := range path {
		if strings.ContainsRune(special, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
