package catalogue

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	text "text/template"
)

//go:embed pages/*
var pages embed.FS

// Write writes the site into a folder: index.html, which needs nothing beside
// it, and the same as Markdown. It creates the folder, and overwrites pages
// it wrote before.
func (s Site) Write(dir string) error {
	page, err := template.New("index.html").Funcs(template.FuncMap{"words": words, "class": className, "number": isNumber, "numbers": areNumbers, "shown": shown, "style": style, "script": script, "has": s.has}).
		ParseFS(pages, "pages/index.html")
	if err != nil {
		return fmt.Errorf("read page: %w", err)
	}
	plain, err := text.New("").Funcs(text.FuncMap{"cell": markdownCell, "words": words, "shown": shown}).ParseFS(pages, "pages/*.md")
	if err != nil {
		return fmt.Errorf("read page: %w", err)
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return fmt.Errorf("write documentation: %w", err)
	}
	if err := write(filepath.Join(dir, "index.html"), func(b *bytes.Buffer) error { return page.Execute(b, s) }); err != nil {
		return err
	}
	names, err := fs.Glob(pages, "pages/*.md")
	if err != nil {
		return fmt.Errorf("list pages: %w", err)
	}
	var failed []error
	for _, name := range names {
		name = filepath.Base(name)
		failed = append(failed, write(filepath.Join(dir, name), func(b *bytes.Buffer) error { return plain.ExecuteTemplate(b, name, s) }))
	}
	return errors.Join(failed...)
}

func write(path string, fill func(*bytes.Buffer) error) error {
	var b bytes.Buffer
	if err := fill(&b); err != nil {
		return fmt.Errorf("fill %s: %w", filepath.Base(path), err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o640); err != nil {
		return fmt.Errorf("write documentation: %w", err)
	}
	return nil
}

// style and script are part of the page, so that it works from a file.
func style() (template.CSS, error) {
	t, err := pages.ReadFile("pages/style.css")
	return template.CSS(t), err // #nosec: a file of the program
}

func script() (template.JS, error) {
	t, err := pages.ReadFile("pages/search.js")
	return template.JS(t), err // #nosec: a file of the program
}

// markdownCell keeps a value inside its table cell, and text: many a viewer of
// Markdown takes HTML in it for HTML.
func markdownCell(value string) string {
	return strings.NewReplacer("|", `\|`, "\r", " ", "\n", " ", "&", "&amp;", "<", "&lt;").Replace(value)
}

// isNumber tells whether an answer is to stand right.
func isNumber(value string) bool {
	return value != "" && strings.Trim(value, "-.0123456789") == "" && strings.Count(value, "-") < 2
}

// areNumbers tells whether a column of answers holds numbers.
func areNumbers(rows [][]string, column int) bool {
	found := false
	for _, row := range rows {
		if row[column] != "" && !isNumber(row[column]) {
			return false
		}
		found = found || row[column] != ""
	}
	return found
}

// shown leaves the zeros out that only the type puts behind a number.
func shown(value string) string {
	if !isNumber(value) || !strings.Contains(value, ".") {
		return value
	}
	return strings.TrimSuffix(strings.TrimRight(value, "0"), ".")
}
