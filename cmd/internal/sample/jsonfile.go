package sample

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"unicode/utf8"
)

// jsonFile writes one delivery as JSON Lines and knows on which line it is.
// Objects are opened, filled and closed in one buffer.
type jsonFile struct {
	path, feed string
	file       *os.File
	out        *bufio.Writer
	buf        []byte
	line, rows int64
	err        error
	plants     []jsonPlant
}

// jsonPlant is one kind of broken line that a JSON feed gets.
type jsonPlant struct {
	after      int64
	kind, rule string
	line       func(serial int64) (text, key string)
}

func (d *delivery) createJSON(feed, name string) (*jsonFile, error) {
	path := d.path("store/"+name, "jsonl")
	file, err := createFile(d.dir, path)
	if err != nil {
		return nil, err
	}
	f := &jsonFile{path: path, feed: feed, file: file, out: bufio.NewWriterSize(file, 1<<18)}
	d.open = append(d.open, f)
	return f, nil
}

func (f *jsonFile) comma() {
	if n := len(f.buf); n > 0 && f.buf[n-1] != '{' && f.buf[n-1] != '[' {
		f.buf = append(f.buf, ',')
	}
}

func (f *jsonFile) key(name string) {
	f.comma()
	f.buf = append(f.buf, '"')
	f.buf = append(f.buf, name...)
	f.buf = append(f.buf, '"', ':')
}

// text writes a string member; an empty one is left out, as the store does.
func (f *jsonFile) text(name, value string) {
	if value == "" {
		return
	}
	f.key(name)
	f.buf = appendJSON(f.buf, value)
}

func (f *jsonFile) money(name string, value cents) {
	f.key(name)
	f.buf = value.append(f.buf)
}

func (f *jsonFile) number(name string, value int) {
	f.key(name)
	f.buf = strconv.AppendInt(f.buf, int64(value), 10)
}

func (f *jsonFile) word(name, literal string) {
	f.key(name)
	f.buf = append(f.buf, literal...)
}

func (f *jsonFile) time(name string, at moment) {
	f.key(name)
	f.buf = append(f.buf, '"')
	f.buf = at.time().AppendFormat(f.buf, "2006-01-02T15:04:05Z")
	f.buf = append(f.buf, '"')
}

func (f *jsonFile) begin(name string) { f.key(name); f.buf = append(f.buf, '{') }
func (f *jsonFile) list(name string)  { f.key(name); f.buf = append(f.buf, '[') }
func (f *jsonFile) item()             { f.comma(); f.buf = append(f.buf, '{') }
func (f *jsonFile) end()              { f.buf = append(f.buf, '}') }
func (f *jsonFile) endList()          { f.buf = append(f.buf, ']') }

// open starts a record, done writes it as one line.
func (f *jsonFile) open() { f.buf = append(f.buf[:0], '{') }

func (f *jsonFile) done(t *truth) {
	f.end()
	f.rows++
	f.write(f.buf)
	for _, p := range f.plants {
		if f.rows%plantEvery != p.after {
			continue
		}
		text, key := p.line(f.rows)
		f.write([]byte(text))
		t.error(plantedError{
			file: f.path, place: strconv.FormatInt(f.line, 10), kind: p.kind, rule: p.rule, effect: quarantined, feed: f.feed, key: key,
		})
	}
}

func (f *jsonFile) write(text []byte) {
	f.line++
	f.out.Write(text)
	if err := f.out.WriteByte('\n'); err != nil && f.err == nil {
		f.err = fmt.Errorf("write %s: %w", f.path, err)
	}
}

func (f *jsonFile) close() error {
	err := f.err
	if e := f.out.Flush(); e != nil && err == nil {
		err = fmt.Errorf("write %s: %w", f.path, e)
	}
	if e := f.file.Close(); e != nil && err == nil {
		err = fmt.Errorf("close %s: %w", f.path, e)
	}
	return err
}

func appendJSON(buf []byte, text string) []byte {
	buf = append(buf, '"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			buf = append(buf, '\\', byte(r))
		case r < 0x20:
			buf = fmt.Appendf(buf, `\u%04x`, r)
		default:
			buf = utf8.AppendRune(buf, r)
		}
	}
	return append(buf, '"')
}
