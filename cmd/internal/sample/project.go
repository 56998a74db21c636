package sample

import (
	"embed"
	"fmt"
	"os"
	"path/filepath"
)

//go:embed project.yaml truth.txt contracts/*.yaml
var projectFiles embed.FS

// marker tells a sample project from any other folder.
const marker = "truth/README.txt"

// prepareFolder makes dir an empty sample project with its configuration and
// contracts. The warehouse of an earlier sample is left alone; its feeds and
// truth are removed.
func prepareFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("read folder: %w", err)
	}
	if len(entries) > 0 {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(marker))); err != nil {
			return fmt.Errorf("%s: %w", dir, ErrNotSample)
		}
	}
	for _, part := range []string{"feeds", "contracts"} {
		if err := os.RemoveAll(filepath.Join(dir, part)); err != nil {
			return fmt.Errorf("remove earlier sample: %w", err)
		}
	}
	for from, to := range map[string]string{"truth.txt": marker, "project.yaml": "loadstar.yaml"} {
		text, err := projectFiles.ReadFile(from)
		if err != nil {
			return fmt.Errorf("read project file: %w", err)
		}
		if err := writeFile(dir, to, text); err != nil {
			return err
		}
	}
	return writeContracts(dir)
}

func writeContracts(dir string) error {
	entries, err := projectFiles.ReadDir("contracts")
	if err != nil {
		return fmt.Errorf("list contracts: %w", err)
	}
	for _, e := range entries {
		text, err := projectFiles.ReadFile("contracts/" + e.Name())
		if err != nil {
			return fmt.Errorf("read contract: %w", err)
		}
		if err := writeFile(dir, "contracts/"+e.Name(), text); err != nil {
			return err
		}
	}
	return nil
}

func writeFile(dir, name string, text []byte) error {
	file, err := createFile(dir, name)
	if err != nil {
		return err
	}
	if _, err := file.Write(text); err != nil {
		return fmt.Errorf("write %s: %w", name, joinErrors(err, file.Close()))
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("close %s: %w", name, err)
	}
	return nil
}
