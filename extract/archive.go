package extract

import (
	"archive/zip"
	"path"
	"slices"
	"strconv"
	"strings"

	"loadstar/schemas/fault"
)

// PackedFiles are the files of an archive, without folders and what desktops
// leave beside them: resource forks, thumbnails, hidden files.
func PackedFiles(archive *zip.Reader) []*zip.File {
	return slices.DeleteFunc(slices.Clone(archive.File), func(f *zip.File) bool {
		name := path.Base(f.Name)
		return f.FileInfo().IsDir() || strings.HasPrefix(f.Name, "__MACOSX/") || strings.HasPrefix(name, ".") ||
			strings.EqualFold(name, "thumbs.db") || strings.EqualFold(name, "desktop.ini")
	})
}

// errManyPacked names some of the files of an archive that should hold one.
func errManyPacked(files []*zip.File) error {
	const shown = 3
	var names []string
	for _, f := range files[:min(len(files), shown)] {
		names = append(names, strconv.Quote(f.Name))
	}
	if len(files) > shown {
		names = append(names, "…")
	}
	return fault.New(fault.DeliveryPacked, "the zip file holds %d files (%s); pack each delivery on its own", len(files), strings.Join(names, ", "))
}
