package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"time"
)

// marksFile lies in the landing folder.
const marksFile = ".marks.json"

// youngest is how long before the run a file must have been changed last for
// its marks to be kept: clocks of file systems tick in up to two seconds, and
// what is written twice within a tick has the same marks.
const youngest = 2 * time.Second

// Marks remembers the marks that the file system gave to delivered files when
// their bytes were hashed (device, file number, size, last change of bytes,
// last change of marks), so that a folder with years of deliveries is not read
// in each run. A file that differs in one of them is read; so is every file
// where the file system tells no moment of the last change of marks, which no
// program can set. Losing what is remembered costs time only. The zero value
// remembers nothing; it is not for use by several goroutines.
type Marks struct {
	file        string
	asked       time.Time
	known, seen map[string]marked
}

// marked is one file as it was hashed.
type marked struct {
	Marks  string `json:"marks"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

// ReadMarks reads what earlier runs remembered in a landing folder. asked is a
// moment before the first file is looked at. Marks that are missing or can't
// be read are none.
func ReadMarks(landingDir string, asked time.Time) *Marks {
	m := &Marks{file: filepath.Join(landingDir, marksFile), asked: asked, known: map[string]marked{}, seen: map[string]marked{}}
	if text, err := os.ReadFile(m.file); err != nil || json.Unmarshal(text, &m.known) != nil {
		m.known = map[string]marked{}
	}
	return m
}

// Write remembers the files that this run looked at, where that is news.
func (m *Marks) Write() error {
	if maps.Equal(m.seen, m.known) {
		return nil
	}
	text, err := json.Marshal(m.seen)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(m.file), landingDirMode)
	}
	if err != nil {
		return fmt.Errorf("remember marks: %w", err)
	}
	next := m.file + ".next"
	if err := os.WriteFile(next, text, landingMode); err != nil {
		return fmt.Errorf("remember marks: %w", errors.Join(err, os.Remove(next)))
	}
	if err := os.Rename(next, m.file); err != nil {
		return fmt.Errorf("remember marks: %w", err)
	}
	return nil
}

// hash is the sha256 that a file's bytes had when it had these marks, "" where
// that is not known. path is absolute.
func (m *Marks) hash(path string, info fs.FileInfo) string {
	if m == nil {
		return ""
	}
	is, known := marksOf(info), m.known[path]
	if is == "" || known.Marks != is || known.Size != info.Size() || len(known.SHA256) != hex.EncodedLen(sha256.Size) {
		return ""
	}
	return known.SHA256
}

// note remembers what bytes a file has. info is from before they were read.
func (m *Marks) note(path string, info fs.FileInfo, sha256 string) {
	if m == nil || m.seen == nil || !changedAt(info).Add(youngest).Before(m.asked) {
		return
	}
	if is := marksOf(info); is != "" {
		m.seen[path] = marked{Marks: is, SHA256: sha256, Size: info.Size()}
	}
}
