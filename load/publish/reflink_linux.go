package publish

import (
	"os"

	"golang.org/x/sys/unix"
)

// reflink makes target share the blocks of source (btrfs, XFS, bcachefs).
func reflink(target, source *os.File) error {
	return unix.IoctlFileClone(int(target.Fd()), int(source.Fd()))
}

// freeBytes is the space an unprivileged process may still use at path.
func freeBytes(path string) (uint64, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(path, &st); err != nil {
		return 0, err
	}
	return st.Bavail * uint64(st.Bsize), nil
}
