package draft

import (
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// How feeds are called, and the patterns that name their files.

// patternOf writes the glob of a feed's files, such that it names no file of
// another.
func (d *drafter) patternOf(f *feed) string {
	first := f.parts[0].drop
	if first.table != "" {
		return ""
	}
	if own := d.ownPattern(f); own != "" {
		return own
	}
	if len(f.parts) > 1 {
		f.notes = append(f.notes, "the glob also names files of other feeds: narrow it")
		return f.commonPatterns()[0]
	}
	return first.rel
}

// ownPattern is the widest glob that names the files of a feed and no other, ""
// where there is none.
func (d *drafter) ownPattern(f *feed) string {
	for _, pattern := range f.commonPatterns() {
		isWhole := !slices.ContainsFunc(f.parts, func(p *part) bool { ok, err := path.Match(pattern, p.drop.rel); return err != nil || !ok })
		if isWhole && !d.globTakesOthers(pattern, f) {
			return pattern
		}
	}
	return ""
}

// commonPatterns are globs of what the files' names have in common, the widest
// first; none where there is one file without a date. Brackets of a folder stay
// as they are: extract.Glob takes them for themselves.
func (f *feed) commonPatterns() []string {
	first := f.parts[0].drop
	folder, name := first.globFolder(), path.Base(first.rel)
	prefix := name
	for _, p := range f.parts[1:] {
		prefix = commonPrefix(prefix, path.Base(p.drop.rel))
	}
	before, after, isDated := strings.Cut(name, first.date.whole)
	isDated = isDated && first.date.text != "" && first.date.place == ""
	switch {
	case first.partition.folders != "" && !isDated && prefix == name:
		return []string{path.Join(folder, stemNumber.ReplaceAllString(first.stem, "*")+first.ext), path.Join(folder, name)}
	case len(f.parts) > 1:
		common := strings.TrimRight(prefix, "0123456789-.")
		if isDated && strings.HasPrefix(prefix, before) { // two of one day have more in common
			common = before
		}
		return []string{path.Join(folder, common+"*"+first.ext), path.Join(folder, common+first.date.glob()+first.ext)}
	case isDated:
		return []string{path.Join(folder, before+"*"+after), path.Join(folder, before+first.date.glob()+after)}
	}
	return nil
}

func (d *drafter) globTakesOthers(pattern string, f *feed) bool {
	for _, other := range d.drops {
		ok, err := path.Match(pattern, other.rel)
		isOwn := slices.ContainsFunc(f.parts, func(p *part) bool { return p.drop == other })
		if err != nil || ok && !isOwn {
			return true
		}
	}
	return false
}

// nameFeeds gives every feed a name of its own.
func (d *drafter) nameFeeds() {
	taken := map[string]bool{}
	for _, f := range d.feeds {
		first := f.parts[0]
		base := first.drop.plain
		if len(f.parts) > 1 {
			for _, p := range f.parts[1:] {
				base = commonPrefix(base, p.drop.plain)
			}
		}
		words := []string{}
		if first.drop.folder != "" {
			words = append(words, strings.Split(first.drop.folder, "/")...)
		}
		if base != "" {
			words = append(words, base)
		}
		if first.of > len(first.sheets) && len(first.sheets) > 0 {
			words = append(words, first.sheets[0])
		}
		if len(words) == 0 {
			words = []string{filepath.Base(filepath.Dir(first.drop.path))}
		}
		text := strings.Join(dedupeWords(words), "_")
		f.isNameless = !isReadable(text)
		f.name = free(taken, slug(text))
	}
}

// nameByEntity names the feeds whose files are called in letters that a feed's
// name can't hold by what their rows are.
func (d *drafter) nameByEntity() {
	taken := map[string]bool{}
	for _, f := range d.feeds {
		if !f.isNameless {
			taken[f.name] = true
		}
	}
	for _, f := range d.feeds {
		if f.isNameless {
			f.name = free(taken, pluralOf(f.root().entity().Name))
		}
	}
	d.sortFeeds()
}

// dedupeWords leaves a folder's name out where the file's begins with it.
func dedupeWords(words []string) []string {
	var kept []string
	for i, w := range words {
		if i+1 < len(words) && strings.HasPrefix(slug(words[i+1]), slug(w)) {
			continue
		}
		kept = append(kept, w)
	}
	return kept
}
