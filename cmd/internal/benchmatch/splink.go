package benchmatch

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// splinkVersion is the release that the script was written for.
const splinkVersion = "splink==5.0.0"

//go:embed peer_splink.py
var splinkScript []byte

// splink is a peer, installed in a virtual environment of its own.
type splink struct{ python, script string }

// installSplink makes the environment in dir where it is missing.
func installSplink(ctx context.Context, dir string, progress io.Writer) (*splink, error) {
	venv := filepath.Join(dir, "venv")
	s := &splink{python: filepath.Join(venv, "bin", "python"), script: filepath.Join(dir, "peer_splink.py")}
	if _, err := os.Stat(s.python); err != nil {
		if err := loud(ctx, progress, "python3", "-m", "venv", venv); err != nil {
			return nil, fmt.Errorf("make a Python environment (python3 with its venv module is needed): %w", err)
		}
	}
	if err := loud(ctx, progress, s.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", splinkVersion); err != nil {
		return nil, fmt.Errorf("install %s: %w", splinkVersion, err)
	}
	if err := os.WriteFile(s.script, splinkScript, 0o600); err != nil {
		return nil, fmt.Errorf("write the peer's script: %w", err)
	}
	return s, nil
}

func loud(ctx context.Context, progress io.Writer, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdout, cmd.Stderr = progress, progress
	return cmd.Run()
}

func (s *splink) run(ctx context.Context, file string) (figures, error) {
	return runJSON(exec.CommandContext(ctx, s.python, s.script, file))
}
