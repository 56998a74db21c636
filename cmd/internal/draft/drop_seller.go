package draft

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// partSellers finds folders that are called after sales people, side by side
// (leads/anna_meier, leads/jan_vos): they part the deliveries of one feed, and
// tell whose rows they are.
func (d *drafter) partSellers() {
	siblings := map[string][]string{} // by the folders above
	for _, drop := range d.drops {
		names := folderNames(drop)
		for i, name := range names {
			if above := strings.Join(names[:i], "/"); !slices.Contains(siblings[above], name) {
				siblings[above] = append(siblings[above], name)
			}
		}
	}
	const fewest = 2
	sellers := map[string]bool{} // by the folders above
	for above, all := range siblings {
		sellers[above] = len(all) >= fewest && d.areSellers(all)
	}
	for _, drop := range d.drops {
		names := folderNames(drop)
		for i := range names {
			if !sellers[strings.Join(names[:i], "/")] {
				continue
			}
			drop.partition = partition{folders: names[i], globs: make([]string, len(names)), seller: i + 1}
			drop.partition.globs[i] = "*"
			drop.partition.plain = path.Join(slices.Concat(names[:i], names[i+1:])...)
			drop.folder = drop.partition.plain
			break
		}
	}
}

// folderNames are the folders of a drop below the one that was given; none where
// they tell its day or period.
func folderNames(drop *drop) []string {
	if drop.table != "" || drop.folder == "" || drop.partition.folders != "" {
		return nil
	}
	return strings.Split(drop.folder, "/")
}

// areSellers says whether folders are called by the whole names of persons, of
// whom at least half are known by their given names.
func (d *drafter) areSellers(folders []string) bool {
	known := 0
	for _, name := range folders {
		text := personOf(name)
		if n := len(strings.Fields(text)); n < 2 || n > 3 || strings.ContainsFunc(text, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(" '’-", r)
		}) {
			return false
		}
		if d.judge.IsPerson(text) {
			known++
		}
	}
	return known*2 >= len(folders)
}

// personOf writes the name of a folder as that of a person: "anna_meier" is
// Anna Meier.
func personOf(folder string) string {
	words := strings.FieldsFunc(folder, func(r rune) bool { return r == '_' || r == '.' || unicode.IsSpace(r) })
	for i, w := range words {
		if first, size := utf8.DecodeRuneInString(w); w == strings.ToLower(w) {
			words[i] = string(unicode.ToUpper(first)) + w[size:]
		}
	}
	return strings.Join(words, " ")
}

// sellersOfFolders is the expression whose group is the folder of a sales person,
// with the names that the folders mean; "" where no folder is one's.
func (f *feed) sellersOfFolders() (part string, names [][2]string) {
	first := f.parts[0].drop
	if first.partition.seller == 0 {
		return "", nil
	}
	for _, p := range f.parts {
		if pair := [2]string{p.drop.partition.folders, personOf(p.drop.partition.folders)}; !slices.Contains(names, pair) {
			names = append(names, pair)
		}
	}
	slices.SortFunc(names, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	below := len(first.partition.globs) - first.partition.seller + 1 // folders and the file
	return `(?:^|[/\\])([^/\\]+)` + strings.Repeat(`[/\\][^/\\]+`, below) + regexp.QuoteMeta(first.ext) + `$`, names
}
