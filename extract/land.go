package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"loadstar/schemas/fault"
)

// Errors of Land that a caller may tell apart.
var (
	// ErrChanging says that a delivery was written to while it was read.
	ErrChanging = fault.New(fault.DeliveryChanging, "the file changed while it was read; deliver it under another name and rename it when it is complete")
	// ErrNoFile says that a delivery's path names no regular file.
	ErrNoFile = fault.New(fault.DeliveryMissing, "no such file")
)

// landingMode keeps deliveries, which hold personal data, from other users.
const (
	landingMode    = 0o640
	landingDirMode = 0o750
	copyBlock      = 1 << 20
)

// Shelf is where Land keeps bytes, and what is known of those that it keeps.
type Shelf struct {
	Dir     string                // the landing folder
	Project string                // the folder that relative paths start at
	HasSize func(size int64) bool // whether bytes of that many may be kept already; nil = none are
	Marks   *Marks                // of files that were looked at before; nil = every file is read
}

// Land keeps the bytes of one delivered file in the landing folder, named by
// their sha256, and says where. path is absolute or relative to the project.
// Bytes that are kept already are not kept twice, and are looked at before
// anything is copied. When Land returns without an error the bytes are on disk.
func Land(ctx context.Context, shelf Shelf, feed, path string) (Landed, error) {
	if path == "" {
		return Landed{}, fmt.Errorf("land %s: the delivery's path is empty", feed)
	}
	full := path
	if !filepath.IsAbs(full) {
		full = filepath.Join(shelf.Project, path)
	}
	l := Landed{Feed: feed, Path: relative(shelf.Project, full)}
	sha, size, file, err := shelf.keep(ctx, full)
	if err != nil {
		return Landed{}, fmt.Errorf("land %s: %w", l.Path, err)
	}
	l.SHA256, l.Size, l.File = sha, size, file
	return l, nil
}

// LandedFile is where landingDir keeps the bytes with that sha256.
func LandedFile(landingDir, sha256 string) string {
	return filepath.Join(landingDir, sha256[:2], sha256)
}

func relative(projectDir, full string) string {
	base, err := filepath.Abs(projectDir)
	if err != nil {
		return filepath.ToSlash(full)
	}
	target, err := filepath.Abs(full)
	if err != nil {
		return filepath.ToSlash(full)
	}
	rel, err := filepath.Rel(base, target)
	if err != nil {
		return filepath.ToSlash(target)
	}
	return filepath.ToSlash(rel)
}

func (s Shelf) keep(ctx context.Context, path string) (sha string, size int64, file string, err error) {
	before, err := regularFile(path)
	if err != nil {
		return "", 0, "", err
	}
	mark, err := filepath.Abs(path)
	if err != nil {
		return "", 0, "", err
	}
	defer func() {
		if err == nil {
			s.Marks.note(mark, before, sha)
		}
	}()
	if sha := s.Marks.hash(mark, before); sha != "" {
		if target := LandedFile(s.Dir, sha); holds(target, before.Size()) {
			return sha, before.Size(), target, nil
		}
	}
	in, err := os.Open(path)
	if err != nil {
		return "", 0, "", err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if s.HasSize != nil && s.HasSize(before.Size()) {
		sum := sha256.New()
		if err := readUnchanged(ctx, sum, in, before); err != nil {
			return "", 0, "", err
		}
		sha := hex.EncodeToString(sum.Sum(nil))
		if target := LandedFile(s.Dir, sha); holds(target, before.Size()) {
			return sha, before.Size(), target, nil
		}
		if _, err := in.Seek(0, io.SeekStart); err != nil {
			return "", 0, "", err
		}
	}
	out, err := newIncoming(s.Dir)
	if err != nil {
		return "", 0, "", err
	}
	defer out.discard()
	if err := readUnchanged(ctx, out, in, before); err != nil {
		return "", 0, "", err
	}
	return out.commit()
}

// readUnchanged copies a whole file that was as before says when it was
// opened; it fails with ErrChanging where it is another one at the end.
func readUnchanged(ctx context.Context, to io.Writer, in *os.File, before fs.FileInfo) error {
	copied, err := copyWithContext(ctx, to, in)
	if err != nil {
		return err
	}
	after, err := os.Stat(in.Name())
	if err != nil {
		return fmt.Errorf("%w (%w)", ErrChanging, err)
	}
	if !os.SameFile(before, after) || before.Size() != after.Size() || copied != after.Size() ||
		!before.ModTime().Equal(after.ModTime()) {
		return ErrChanging
	}
	return nil
}

func regularFile(path string) (fs.FileInfo, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, ErrNoFile
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, fmt.Errorf("%w: it is a folder; name the files in it, as in %q", ErrNoFile, filepath.Join(filepath.Base(path), "*.csv"))
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%w: it is a pipe, a socket or a device", ErrNoFile)
	}
	return info, nil
}

func copyWithContext(ctx context.Context, to io.Writer, from io.Reader) (int64, error) {
	block := make([]byte, copyBlock)
	var copied int64
	for {
		if err := ctx.Err(); err != nil {
			return copied, err
		}
		n, err := from.Read(block)
		if n > 0 {
			if _, err := to.Write(block[:n]); err != nil {
				return copied, err
			}
			copied += int64(n)
		}
		if err == io.EOF {
			return copied, nil
		}
		if err != nil {
			return copied, err
		}
	}
}

// incoming is a file of the landing folder that has no name yet. It is hashed
// while it is written.
type incoming struct {
	dir  string
	file *os.File
	sum  hash.Hash
	size int64
}

func newIncoming(landingDir string) (*incoming, error) {
	if err := os.MkdirAll(landingDir, landingDirMode); err != nil {
		return nil, fmt.Errorf("make landing folder: %w", err)
	}
	file, err := os.CreateTemp(landingDir, ".incoming-*")
	if err != nil {
		return nil, fmt.Errorf("create landing file: %w", err)
	}
	in := &incoming{dir: landingDir, file: file, sum: sha256.New()}
	if err := file.Chmod(landingMode); err != nil {
		in.discard()
		return nil, fmt.Errorf("create landing file: %w", err)
	}
	return in, nil
}

// Write adds bytes to the file and, at the same time, to its hash, which takes
// longer. After an error the hash is worthless.
func (in *incoming) Write(p []byte) (int, error) {
	hashed := make(chan struct{})
	go func() {
		in.sum.Write(p)
		close(hashed)
	}()
	n, err := in.file.Write(p)
	<-hashed
	in.size += int64(n)
	return n, err
}

// discard removes the file; after commit it does nothing.
func (in *incoming) discard() {
	if in.file == nil {
		return
	}
	// The bytes are worthless whether or not these succeed, and a leftover
	// has a name that nothing reads.
	_ = in.file.Close()
	_ = os.Remove(in.file.Name())
	in.file = nil
}

// commit gives the file its name and makes file and name durable. Where the
// same bytes are kept already, the file is dropped.
func (in *incoming) commit() (sha string, size int64, file string, err error) {
	defer in.discard()
	sha = hex.EncodeToString(in.sum.Sum(nil))
	target := LandedFile(in.dir, sha)
	if holds(target, in.size) {
		return sha, in.size, target, nil
	}
	folder := filepath.Dir(target)
	if err := os.MkdirAll(folder, landingDirMode); err != nil {
		return "", 0, "", fmt.Errorf("make landing folder: %w", err)
	}
	if err := in.file.Sync(); err != nil {
		return "", 0, "", fmt.Errorf("sync landing file: %w", err)
	}
	name := in.file.Name()
	err = in.file.Close()
	in.file = nil
	if err == nil {
		err = os.Rename(name, target)
	}
	if err != nil {
		return "", 0, "", errors.Join(fmt.Errorf("name landing file: %w", err), os.Remove(name))
	}
	return sha, in.size, target, errors.Join(syncFolder(folder), syncFolder(in.dir))
}

// holds tells whether a landed file is there, with that many bytes.
func holds(path string, size int64) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Size() == size
}

func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return errors.Join(folder.Sync(), folder.Close())
}
