package draft

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/recognise"
	"loadstar/extract"
)

// drop is one delivered file, or one table of a database.
type drop struct {
	path   string // of the file
	rel    string // as loadstar.yaml names it
	folder string // below the folder that was given, without those of its partition; "" = right in it
	stem   string // of the name, without extensions
	plain  string // the stem without dates and numbers
	ext    string
	date   nameDate // in the name, or else in the folders of its partition

	partition partition

	file *recognise.File

	connection string // of a table
	table      string
	with       []extract.Continuation // files that tell more of its rows
	query      string                 // of the table with what others tell of its rows, "" = the table alone is read
	key        string                 // column that the database says is the key of its rows
	shows      []string               // tables that have its rows too: it is a view of them, or a part
}

// gather lists the files and databases that were named.
func (d *drafter) gather() error {
	for _, from := range d.o.From {
		if driver, dsn, ok := databaseDSN(from); ok {
			d.addDatabase(driver, dsn)
			continue
		}
		info, err := os.Stat(from)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return usage("--from %s: there is no such file or folder; a database is named as sqlite:FILE or by its URL", from)
		case err != nil:
			return fmt.Errorf("look at --from: %w", err)
		case info.IsDir():
			err = d.gatherFolder(from)
		default:
			err = d.gatherFile(from, "")
		}
		if err != nil {
			return err
		}
	}
	d.partSellers()
	return nil
}

// gatherFolder walks a folder; what can't be data by its name is left out.
func (d *drafter) gatherFolder(root string) error {
	project, err := filepath.Abs(d.o.Dir)
	if err != nil {
		return err
	}
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("look at --from: %w", err)
		}
		name := entry.Name()
		if path != root && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")) {
			if entry.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if entry.IsDir() {
			full, err := filepath.Abs(path)
			if err == nil && filepath.Dir(full) == project && slices.Contains([]string{contractFolder, secretFolder, "warehouse", "decisions"}, name) {
				return filepath.SkipDir
			}
			return err
		}
		if name == config.FileName {
			return nil
		}
		if !entry.Type().IsRegular() {
			d.leaveOther(path, entry.Type())
			return nil
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		if folder == "." {
			folder = ""
		}
		return d.gatherFile(path, filepath.ToSlash(folder))
	})
}

// leaveOther says of what is neither file nor folder why it is not read.
func (d *drafter) leaveOther(path string, kind fs.FileMode) {
	why := "it is no file, but a pipe, socket or device"
	if kind&fs.ModeSymlink != 0 {
		to, err := os.Readlink(path)
		if err != nil {
			to = "nowhere"
		}
		why = "it is a link to " + to + ": name that with --from"
	}
	d.left(path, why)
}

// noData are extensions of files that stand beside data.
func noData() []string {
	return []string{".md", ".yaml", ".yml", ".sql", ".py", ".r", ".sh", ".html", ".htm", ".pdf", ".doc", ".docx", ".rst", ".log", ".ini", ".toml",
		".png", ".jpg", ".exe", ".go", ".js", ".css", ".sqlite-wal", ".sqlite-shm", ".db-wal", ".db-shm"}
}

func (d *drafter) gatherFile(path, folder string) error {
	name := filepath.Base(path)
	stem, ext := cutExtensions(name)
	if slices.Contains(noData(), strings.ToLower(filepath.Ext(name))) || slices.Contains([]string{"readme", "license", "licence", "notes"}, strings.ToLower(stem)) {
		return d.leaveDump(path)
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	if d.seen[full] {
		return nil // named twice: by its folder and by itself
	}
	d.seen[full] = true
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("look at %s: %w", path, err)
	}
	if info.Size() == 0 {
		d.empty = append(d.empty, path)
		return nil
	}
	isDatabase, err := isSQLite(path)
	if err != nil {
		return fmt.Errorf("look at %s: %w", path, err)
	}
	if isDatabase {
		d.databases = append(d.databases, source{driver: "sqlite", dsn: path, name: free(d.connected, slug(stem))})
		return nil
	}
	rel, err := d.relative(path)
	if err != nil {
		return err
	}
	plain, date := d.plainStem(stem)
	part := partitionOf(folder, d.judge.Clean)
	if date.text == "" {
		date = part.date
	}
	d.drops = append(d.drops, &drop{path: path, rel: rel, folder: part.plain, stem: stem, plain: plain, ext: ext, date: date, partition: part})
	return nil
}

// dumpLine begins the rows of tables that databases write as SQL.
var dumpLine = regexp.MustCompile(`(?im)^\s*(insert\s+into|copy\s+\S+.*\bfrom\s+stdin)\b`)

// leaveDump says of a script in SQL that holds rows why they are not read:
// other files that stand beside data are passed over.
func (d *drafter) leaveDump(path string) (err error) {
	if !strings.EqualFold(filepath.Ext(path), ".sql") {
		return nil
	}
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("look at %s: %w", path, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	const most = 1 << 20
	head, err := io.ReadAll(io.LimitReader(file, most))
	if err != nil {
		return fmt.Errorf("look at %s: %w", path, err)
	}
	if dumpLine.Match(head) {
		d.left(path, "it is a dump in SQL: load it into a database (sqlite3 books.sqlite < FILE, or the server that wrote it) and name that with --from")
	}
	return nil
}

// cutExtensions parts "orders.csv.gz".
func cutExtensions(name string) (stem, ext string) {
	stem = name
	for {
		e := filepath.Ext(stem)
		if e == "" || len(e) > 8 || strings.ContainsAny(e, " -_") || strings.Trim(e, ".0123456789") == "" {
			return stem, name[len(stem):]
		}
		stem = strings.TrimSuffix(stem, e)
		if stem == "" {
			return name, ""
		}
	}
}

var stemNumber = regexp.MustCompile(`[-_. T]*\d+`)

// plainStem takes dates and numbers off a file's name.
func (d *drafter) plainStem(stem string) (plain string, date nameDate) {
	date = findNameDate(stem, d.judge.Clean)
	if date.text != "" {
		stem = strings.Replace(stem, date.whole, "", 1)
	}
	plain = stemNumber.ReplaceAllString(stem, "")
	return strings.Trim(plain, "-_. "), date
}

func isSQLite(path string) (is bool, err error) {
	file, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	magic := []byte("SQLite format 3\x00")
	head := make([]byte, len(magic))
	n, err := file.Read(head)
	if err != nil && n == 0 {
		return false, err
	}
	return bytes.Equal(head[:n], magic), nil
}

// relative is a path as the project names it: below or beside its folder where
// that is short, else absolute.
func (d *drafter) relative(path string) (string, error) {
	base, err := filepath.Abs(d.o.Dir)
	if err != nil {
		return "", err
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(base, full)
	const mostUp = 3
	if err != nil || strings.Count(rel, "..") > mostUp {
		return filepath.ToSlash(full), nil
	}
	return filepath.ToSlash(rel), nil
}

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

// isReadable says whether a slug keeps most letters of a text: those of other
// scripts are lost.
func isReadable(text string) bool {
	letters := 0
	for _, r := range foldText(text) {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return len(strings.Trim(slug(text), "_0123456789"))*2 >= letters && slug(text) != noSlug
}

// free is a name that is not taken yet: the name itself, or with a number.
func free(taken map[string]bool, base string) string {
	name := base
	for n := 2; taken[name]; n++ {
		name = fmt.Sprintf("%s_%d", base, n)
	}
	taken[name] = true
	return name
}

// noSlug is the slug of a text without Latin letters and digits.
const noSlug = "feed"

// slug makes a feed's name of any text.
func slug(text string) string {
	s := strings.Trim(notSlug.ReplaceAllString(foldText(text), "_"), "_")
	if s == "" {
		return noSlug
	}
	if s[0] >= '0' && s[0] <= '9' {
		s = "f_" + s
	}
	return s
}
