package validate

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"loadstar/schemas/fault"
)

// Formats lists the names of the output formats.
func Formats() []string { return []string{"text", "json", "junit", "sarif", "github"} }

// Write writes a report in one of the formats. version is that of the program.
func (r *Report) Write(out io.Writer, format, version string) error {
	switch format {
	case "text":
		return r.writeText(out)
	case "json":
		return r.writeJSON(out)
	case "junit":
		return r.writeJUnit(out)
	case "sarif":
		return r.writeSARIF(out, version)
	case "github":
		return r.writeGitHub(out)
	}
	return &UsageError{fault.Unknown(fault.ConfigValue, "format", format, Formats())}
}

// writeText writes each finding in at most six lines.
func (r *Report) writeText(out io.Writer) error {
	var b strings.Builder
	for _, f := range r.Findings {
		b.WriteString(f.Text())
		b.WriteByte('\n')
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	if isConfig := len(r.Findings) > 0 && r.Findings[0].config; isConfig {
		fmt.Fprintf(&b, "%s; the deliveries were not looked at.\n", r.counts())
		_, err := io.WriteString(out, b.String())
		return err
	}
	var rows, bad int64
	files := 0
	for _, f := range r.Feeds {
		rows += f.Rows
		bad += f.Bad
		files += f.Deliveries
	}
	fmt.Fprintf(&b, "%s of %s, %s: %d of %d rows would be quarantined.%s\n", plural(int64(files), "delivery"), plural(int64(len(r.Feeds)), "feed"),
		r.counts(), bad, rows, r.knownText())
	_, err := io.WriteString(out, strings.ReplaceAll(b.String(), "deliverys", "deliveries"))
	return err
}

func (r *Report) knownText() string {
	if r.Known == 0 {
		return ""
	}
	return fmt.Sprintf(" The baseline knows %s.", plural(r.Known, "other"))
}

func (r *Report) counts() string {
	n := map[Severity]int64{}
	for _, f := range r.Findings {
		n[f.Severity]++
	}
	return fmt.Sprintf("%s, %s", plural(n[Error], "error"), plural(n[Warning], "warning"))
}

// Text is the finding for people: what and where, how often, why, and what to
// do, in at most six lines.
func (f *Finding) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", f.Severity, f.Code)
	if f.Feed != "" {
		fmt.Fprintf(&b, " feed %s", f.Feed)
	}
	if at := f.Location(); at != "" {
		fmt.Fprintf(&b, " %s", oneLine(at))
	}
	b.WriteByte('\n')
	fmt.Fprintf(&b, "  what:   %s\n", oneLine(f.whatText()))
	if more := f.moreText(); more != "" {
		fmt.Fprintf(&b, "  where:  %s\n", oneLine(more))
	}
	if f.Reason != "" {
		fmt.Fprintf(&b, "  reason: %s\n", oneLine(f.Reason))
	}
	if f.Next != "" {
		fmt.Fprintf(&b, "  next:   %s\n", oneLine(f.Next))
	}
	return b.String()
}

// oneLine keeps a message on its line.
func oneLine(text string) string {
	return strings.NewReplacer("\r\n", "⏎", "\n", "⏎", "\r", "⏎").Replace(text)
}

func (f *Finding) whatText() string {
	text := f.What
	if f.Column != "" {
		text += ", column " + f.Column
	}
	if v := f.first().Value; v != "" {
		text += ": " + v
	}
	return text
}

// moreText names the first of several places.
func (f *Finding) moreText() string {
	if f.Count < 2 || f.first().String() == "" {
		return ""
	}
	var places []string
	for _, p := range f.Places {
		places = append(places, p.short())
	}
	text := fmt.Sprintf("%d rows: %s", f.Count, strings.Join(places, ", "))
	if f.Count > int64(len(f.Places)) {
		text += ", …"
	}
	return text
}

func (r *Report) writeJSON(out io.Writer) error {
	document := struct {
		OK bool `json:"ok"`
		*Report
	}{r.Err() == nil, r}
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(document); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	return nil
}

// writeGitHub writes workflow commands, which annotate the changed files.
func (r *Report) writeGitHub(out io.Writer) error {
	var b strings.Builder
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, f := range r.Findings {
		kind := map[Severity]string{Error: "error", Warning: "warning", Note: "notice"}[f.Severity]
		var at []string
		if f.path() != "" {
			at = append(at, "file="+property.Replace(f.path()))
			if p := f.first(); p.Line > 0 && p.Sheet == "" {
				at = append(at, fmt.Sprintf("line=%d", p.Line))
				if p.Char > 0 {
					at = append(at, fmt.Sprintf("col=%d", p.Char))
				}
			}
		}
		at = append(at, "title="+property.Replace(strings.TrimSpace(fmt.Sprintf("%s %s", f.Code, f.Feed))))
		fmt.Fprintf(&b, "::%s %s::%s\n", kind, strings.Join(at, ","), data.Replace(f.message()))
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// message is the finding without its code, as one text.
func (f *Finding) message() string {
	lines := []string{f.whatText()}
	if p := f.first(); p.Sheet != "" {
		lines[0] += " (" + p.short() + ")"
	}
	for _, line := range []string{f.moreText(), f.Reason, f.Next} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
