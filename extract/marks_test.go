package extract

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// TestMarks: a file whose marks are known is not read again; one that differs
// in any of them is, and so is one that was written just before.
func TestMarks(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("files have marks on Linux only")
	}
	project := t.TempDir()
	landing := filepath.Join(project, "landing")
	path := write(t, filepath.Join(project, "a.csv"), "abc")
	land := func(m *Marks) string {
		t.Helper()
		l, err := Land(context.Background(), Shelf{Dir: landing, Project: project, HasSize: threeBytes, Marks: m}, "f", path)
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Write(); err != nil {
			t.Fatal(err)
		}
		return l.SHA256
	}
	later := time.Now().Add(time.Hour)
	abc := land(ReadMarks(landing, time.Now()))
	if m := ReadMarks(landing, later); len(m.known) != 0 {
		t.Errorf("a file of this moment is remembered: %v", m.known)
	}
	land(ReadMarks(landing, later))
	m := ReadMarks(landing, later)
	if m.known[path].SHA256 != abc {
		t.Fatalf("remembered %v, want %s", m.known, abc)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	other, err := Land(context.Background(), Shelf{Dir: landing, Project: project}, "f", write(t, filepath.Join(project, "b.csv"), "abd"))
	if err != nil {
		t.Fatal(err)
	}
	m.known[path] = marked{Marks: marksOf(info), SHA256: other.SHA256, Size: 3} // tells whether bytes are read
	if got := land(m); got != other.SHA256 {
		t.Errorf("a file with known marks was read: %s", got)
	}
	m = ReadMarks(landing, later)
	m.known[path] = marked{Marks: marksOf(info), SHA256: "a", Size: 3}
	if got := land(m); got != abc {
		t.Errorf("a hash that is none gave %s", got)
	}
	kept, err := os.Stat(filepath.Join(landing, marksFile))
	if err != nil {
		t.Fatal(err)
	}
	land(ReadMarks(landing, later))
	if now, err := os.Stat(filepath.Join(landing, marksFile)); err != nil || !os.SameFile(kept, now) {
		t.Errorf("marks that are no news were written again, %v", err)
	}
	if err := os.Truncate(other.File, 1); err != nil {
		t.Fatal(err)
	}
	m = ReadMarks(landing, later)
	if got := land(m); got != abc {
		t.Errorf("bytes that are kept no longer were taken for kept: %s", got)
	}
	write(t, path, "xyz")
	if err := os.Chtimes(path, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	if got := land(ReadMarks(landing, later)); got == abc {
		t.Error("other bytes with the size and the moment of the old ones were not read")
	}
	write(t, filepath.Join(landing, marksFile), "{cut")
	if m := ReadMarks(landing, later); len(m.known) != 0 {
		t.Errorf("damaged marks are %v", m.known)
	}
	land(ReadMarks(landing, later))
}
