package draft

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"loadstar/cmd/internal/config"
)

// source is one database named by --from.
type source struct {
	driver, name string
	dsn          string // as it is written into loadstar.yaml: without a password, but for ${env:…} and the like
	password     string // that stood in the address itself; it is written apart
}

// Where the passwords that stood in addresses are written, for their owner alone.
const (
	secretFolder     = "secrets"
	secretFolderMode = 0o700
	secretFileMode   = 0o600
)

// addDatabase notes a database to look at.
func (d *drafter) addDatabase(driver, dsn string) {
	db := source{driver: driver, dsn: dsn, name: free(d.connected, databaseName(dsn))}
	if driver != "sqlite" {
		db.dsn, db.password = parted(dsn)
	}
	d.databases = append(d.databases, db)
}

// parted takes the password out of an address. Where that names a secret there
// is none to take.
func parted(dsn string) (address, password string) {
	u, err := url.Parse(dsn)
	if err != nil || u.User == nil {
		return dsn, ""
	}
	password, ok := u.User.Password()
	if !ok || password == "" {
		return dsn, ""
	}
	u.User = url.User(u.User.Username())
	return u.String(), password
}

// secrets of a database, to look at it now.
func (d *drafter) secrets(ctx context.Context, db source) (config.Secrets, error) {
	if db.driver == "sqlite" || db.password != "" {
		return config.Secrets{DSN: db.dsn, Password: db.password}, nil
	}
	c := config.Config{Dir: d.o.Dir, Connections: map[string]config.Connection{db.name: {Driver: db.driver, DSN: db.dsn}}}
	return c.Secrets(ctx, db.name)
}

// databaseDSN tells a database from a path.
func databaseDSN(from string) (driver, dsn string, ok bool) {
	if rest, found := strings.CutPrefix(from, "sqlite:"); found {
		return "sqlite", strings.TrimPrefix(rest, "//"), true
	}
	for prefix, driver := range map[string]string{"postgres://": "postgres", "postgresql://": "postgres", "mysql://": "mysql", "mariadb://": "mysql"} {
		if strings.HasPrefix(from, prefix) {
			return driver, from, true
		}
	}
	return "", "", false
}

func databaseName(dsn string) string {
	base := dsn[strings.LastIndexAny(dsn, `/\`)+1:]
	base, _, _ = strings.Cut(base, "?")
	return slug(strings.TrimSuffix(base, filepath.Ext(base)))
}

func (d *drafter) connections(w *document) {
	if len(d.databases) == 0 {
		return
	}
	w.add(0, "connections:")
	for _, db := range d.databases {
		dsn := db.dsn
		if rel, err := d.relative(dsn); err == nil && db.driver == "sqlite" {
			dsn = rel
		}
		password := ""
		if db.password != "" {
			w.comment(2, "its password was part of the address; it stands in a file of its own, which git leaves alone")
			password = fmt.Sprintf(", password: \"${file:%s/%s}\"", secretFolder, db.name)
		}
		w.add(2, "%s: {driver: %s, dsn: %s%s}", db.name, db.driver, scalar(dsn), password)
	}
}

// writeSecrets writes the passwords that stood in addresses, each into a file
// that its owner alone may read and that git ignores.
func (d *drafter) writeSecrets() error {
	folder := filepath.Join(d.o.Dir, secretFolder)
	for _, db := range d.databases {
		if db.password == "" {
			continue
		}
		if err := os.MkdirAll(folder, secretFolderMode); err != nil {
			return fmt.Errorf("make folder of secrets: %w", err)
		}
		for name, text := range map[string]string{".gitignore": "*\n", db.name: db.password + "\n"} {
			path := filepath.Join(folder, name)
			if err := os.WriteFile(path, []byte(text), secretFileMode); err != nil {
				return fmt.Errorf("write secret: %w", err)
			}
			if err := os.Chmod(path, secretFileMode); err != nil { // of an earlier draft
				return fmt.Errorf("write secret: %w", err)
			}
		}
		d.report.Notes = append(d.report.Notes, fmt.Sprintf("the password of %s stands in %s, not in %s", db.name, filepath.Join(folder, db.name), config.FileName))
	}
	return nil
}
