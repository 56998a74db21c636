package extract

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loadstar/schemas/fault"
)

func write(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func filesBelow(t *testing.T, root string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestLand(t *testing.T) {
	const sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // of "abc"
	project := t.TempDir()
	landing := filepath.Join(project, "warehouse", "landing")
	write(t, filepath.Join(project, "feeds", "a [1].csv"), "abc")
	l, err := Land(context.Background(), Shelf{Dir: landing, Project: project}, "contacts", "feeds/a [1].csv")
	if err != nil {
		t.Fatal(err)
	}
	if l.Feed != "contacts" || l.Path != "feeds/a [1].csv" || l.SHA256 != sum || l.Size != 3 || !l.DeliveredAt.IsZero() {
		t.Errorf("landed %+v", l)
	}
	if l.File != filepath.Join(landing, "ba", sum) || l.File != LandedFile(landing, sum) {
		t.Errorf("kept as %s", l.File)
	}
	content, err := os.ReadFile(l.File)
	if err != nil || string(content) != "abc" {
		t.Errorf("kept %q, %v", content, err)
	}
	info, err := os.Stat(l.File)
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	again := write(t, filepath.Join(project, "elsewhere.csv"), "abc")
	for _, isKept := range []func(int64) bool{nil, threeBytes} {
		if l, err = Land(context.Background(), Shelf{Dir: landing, Project: project, HasSize: isKept}, "contacts", again); err != nil || l.Path != "elsewhere.csv" || l.SHA256 != sum || l.Size != 3 {
			t.Errorf("landed again %+v, %v", l, err)
		}
	}
	if now, err := os.Stat(l.File); err != nil || !now.ModTime().Equal(info.ModTime()) {
		t.Errorf("equal bytes were kept twice, %v", err)
	}
	if files := filesBelow(t, landing); len(files) != 1 {
		t.Errorf("the landing folder holds %v", files)
	}
	other := write(t, filepath.Join(project, "other.csv"), "abd")
	if l, err = Land(context.Background(), Shelf{Dir: landing, Project: project, HasSize: threeBytes}, "contacts", other); err != nil || l.SHA256 == sum {
		t.Errorf("other bytes of that many landed as %+v, %v", l, err)
	}
	if content, err := os.ReadFile(l.File); err != nil || string(content) != "abd" {
		t.Errorf("kept %q, %v", content, err)
	}
}

// threeBytes says that some of that many are landed.
func threeBytes(size int64) bool { return size == 3 }

func TestLandReplacesDamagedBytes(t *testing.T) {
	project := t.TempDir()
	path := write(t, filepath.Join(project, "a.csv"), "abc")
	l, err := Land(context.Background(), Shelf{Dir: filepath.Join(project, "landing"), Project: project}, "f", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, isKept := range []func(int64) bool{nil, threeBytes} {
		if err := os.Truncate(l.File, 1); err != nil {
			t.Fatal(err)
		}
		if l, err = Land(context.Background(), Shelf{Dir: filepath.Join(project, "landing"), Project: project, HasSize: isKept}, "f", path); err != nil {
			t.Fatal(err)
		}
		if content, err := os.ReadFile(l.File); err != nil || string(content) != "abc" {
			t.Errorf("kept %q, %v", content, err)
		}
	}
}

func TestLandRefuses(t *testing.T) {
	project := t.TempDir()
	landing := filepath.Join(project, "landing")
	for path, says := range map[string]string{"": "empty", "gone.csv": "no such file", ".": "folder"} {
		_, err := Land(context.Background(), Shelf{Dir: landing, Project: project}, "contacts", path)
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, expected %q", path, err, says)
		}
		if path != "" && !errors.Is(err, ErrNoFile) {
			t.Errorf("%q: %v is not ErrNoFile", path, err)
		}
	}
	write(t, filepath.Join(project, "a.csv"), "abc")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Land(ctx, Shelf{Dir: landing, Project: project}, "contacts", "a.csv"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if files := filesBelow(t, landing); len(files) > 0 {
		t.Errorf("left behind: %v", files)
	}
}

// changing is a context that changes the delivery when Land first asks it,
// which is between two reads.
type changing func()

func (c changing) Deadline() (time.Time, bool) { return time.Time{}, false }
func (c changing) Done() <-chan struct{}       { return nil }
func (c changing) Value(any) any               { return nil }
func (c changing) Err() error                  { c(); return nil }

func TestLandSeesChanges(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"grows": func(path string) error { return os.WriteFile(path, []byte("abcdef"), 0o644) },
		"is touched": func(path string) error {
			return os.Chtimes(path, time.Time{}, time.Unix(1, 0))
		},
		"is replaced": func(path string) error {
			if err := os.WriteFile(path+".new", []byte("abc"), 0o644); err != nil {
				return err
			}
			return os.Rename(path+".new", path)
		},
		"goes": os.Remove,
	} {
		for _, isKept := range []func(int64) bool{nil, threeBytes} {
			t.Run(name, func(t *testing.T) {
				project := t.TempDir()
				path := write(t, filepath.Join(project, "a.csv"), "abc")
				landing := filepath.Join(project, "landing")
				if err := os.Mkdir(landing, 0o750); err != nil {
					t.Fatal(err)
				}
				done := false
				ctx := changing(func() {
					if !done {
						done = true
						if err := change(path); err != nil {
							t.Error(err)
						}
					}
				})
				_, err := Land(ctx, Shelf{Dir: landing, Project: project, HasSize: isKept}, "f", path)
				if !errors.Is(err, ErrChanging) {
					t.Errorf("error is %v", err)
				}
				if files := filesBelow(t, landing); len(files) > 0 {
					t.Errorf("kept %v", files)
				}
			})
		}
	}
}

// TestLinkToNowhere: a link whose file is gone is a delivery that is missing,
// not one that is not there.
func TestLinkToNowhere(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "b.csv"), "x\n1\n")
	if err := os.Symlink("gone", filepath.Join(dir, "a.csv")); err != nil {
		t.Skip(err)
	}
	if found, err := Glob(dir, "*.csv"); fault.CodeOf(err) != fault.DeliveryMissing {
		t.Errorf("%v, %v: want a refusal", found, err)
	}
}

func TestGlob(t *testing.T) {
	project := filepath.Join(t.TempDir(), "p [x]*")
	for _, name := range []string{"b.csv", "a.csv", "c [1].csv", "c1.csv", ".hidden.csv", "~$a.csv", "d [2]/e.csv", "folder.csv/x"} {
		write(t, filepath.Join(project, "feeds", name), "")
	}
	outside := write(t, filepath.Join(project, "..", "out", "z.csv"), "")
	for pattern, want := range map[string][]string{
		"feeds/*.csv":       {"a.csv", "b.csv", "c [1].csv", "c1.csv"},
		"feeds/c [1].csv":   {"c [1].csv"},
		"feeds/c?[1]*":      nil,
		"feeds/c[1].csv":    {"c1.csv"},
		"feeds/d [2]/*.csv": {"d [2]/e.csv"},
		"feeds/[ab].csv":    {"a.csv", "b.csv"},
		"feeds/.h*":         {".hidden.csv"},
		"feeds/~$*":         {"~$a.csv"},
		"feeds/none*":       nil,
	} {
		found, err := Glob(project, pattern)
		if err != nil {
			t.Errorf("%s: %v", pattern, err)
		}
		var names []string
		for _, path := range found {
			rel, err := filepath.Rel(filepath.Join(project, "feeds"), path)
			if err != nil || !filepath.IsAbs(path) {
				t.Errorf("%s gives %s, %v", pattern, path, err)
			}
			names = append(names, filepath.ToSlash(rel))
		}
		if pattern == "feeds/c?[1]*" {
			continue // either reading of the brackets is right
		}
		same(t, pattern, names, want)
	}
	if found, err := Glob(project, "../out/*.csv"); err != nil || len(found) != 1 || found[0] != filepath.Clean(outside) {
		t.Errorf("outside: %v, %v", found, err)
	}
	if _, err := Glob(project, "a["); err == nil {
		// No file has this name, and as a pattern it has no meaning.
		t.Log("an open bracket was taken literally")
	}
	if _, err := Glob(project, ""); err == nil {
		t.Error("an empty pattern was taken")
	}
}

// TestGlobKeepsToItsFolder: whoever may drop files does not choose which other
// files of the machine are read.
func TestGlobKeepsToItsFolder(t *testing.T) {
	t.Parallel()
	project := t.TempDir()
	drops := filepath.Join(project, "drops")
	write(t, filepath.Join(drops, "a.csv"), "")
	secret := write(t, filepath.Join(t.TempDir(), "secret"), "")
	link := func(target, name string) {
		if err := os.Symlink(target, filepath.Join(drops, name)); err != nil {
			t.Fatal(err)
		}
	}
	link("a.csv", "latest.csv")
	if found, err := Glob(project, "drops/*.csv"); err != nil || len(found) != 2 {
		t.Errorf("a link within the folder: %v, %v", found, err)
	}
	link(secret, "x.tsv")
	link(filepath.Dir(secret), "folder")
	for _, pattern := range []string{"drops/*.tsv", "drops/*/secret", "d*/*.tsv"} {
		if found, err := Glob(project, pattern); err == nil || !strings.Contains(err.Error(), "leads out of its folder") {
			t.Errorf("%s gives %v, %v", pattern, found, err)
		}
	}
	if found, err := Glob(project, "drops/x.tsv"); err != nil || len(found) != 1 {
		t.Errorf("a link that the project itself names: %v, %v", found, err)
	}
	moved := filepath.Join(t.TempDir(), "moved")
	if err := os.Rename(drops, moved); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(moved, drops); err != nil {
		t.Fatal(err)
	}
	if found, err := Glob(project, "drops/*.csv"); err != nil || len(found) != 2 {
		t.Errorf("a folder that is a link itself: %v, %v", found, err)
	}
}

// TestGlobNamesThatAreNoText: a name in another encoding could not be written
// beside the rows of its file.
func TestGlobNamesThatAreNoText(t *testing.T) {
	t.Parallel()
	project := t.TempDir()
	if err := os.WriteFile(filepath.Join(project, "rechnung_\xfc.csv"), nil, 0o600); err != nil {
		t.Skip("this file system takes no such name: ", err)
	}
	if found, err := Glob(project, "*.csv"); err == nil || !strings.Contains(err.Error(), "no UTF-8") {
		t.Errorf("found %q, error %v", found, err)
	}
}
