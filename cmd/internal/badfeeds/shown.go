package badfeeds

import (
	"encoding/base64"

	"loadstar/schemas/fault"
)

// shownCases are deliveries whose cells show something else than they hold, or
// hold what no record says: labels that number formats make of numbers, texts
// written as formulas, lines drawn between rows.
func shownCases() []Case {
	label := func(name, format, column, wanted string) Case {
		field := map[string]string{"A": ".invoice_id", "B": ".status", "E": ".quantity"}[column]
		id := "I-2"
		if column == "A" {
			id = wanted
		}
		return styled("label-"+name, format, column, `<c r="%s" s="4"><v>42</v></c>`, ok(3).with(id+field, wanted))
	}
	formula := func(name, text, wanted string) Case { return value("text-formula-"+name, "status", text, "", wanted) }
	optional := `
      - {name: invoice_id, primaryKey: true}
      - {name: status}`
	return []Case{
		label("of-a-key", `&quot;INV-&quot;0000`, "A", "INV-0042"),
		label("of-a-key-behind", `0&quot; A&quot;`, "A", "42 A"),
		label("before", `\R\E&quot;-&quot;000000`, "B", "RE-000042"),
		label("within", `000-000`, "B", "000-042"),
		label("behind-with-a-year", `0&quot;/2026&quot;`, "B", "42/2026"),
		label("of-general", `&quot;No. &quot;General`, "B", "No. 42"),
		label("unit", `0 &quot;kg&quot;`, "B", "42"),
		label("group", `#\ ##0`, "B", "42"),
		label("on-a-count", `&quot;x&quot;0`, "E", "42"),
		styled("label-narrower-than-its-number", `&quot;K-&quot;0`, "B", `<c r="%s" s="4"><v>20017</v></c>`, ok(3).with("I-2.status", "K-20017")),
		styled("label-on-a-fraction", `&quot;K-&quot;0`, "B", `<c r="%s" s="4"><v>1.5</v></c>`, ok(3).with("I-2.status", "1.5")),
		styled("label-on-an-amount", `&quot;K-&quot;0`, "D", `<c r="%s" s="4"><v>100.5</v></c>`, ok(3)),
		formula("unquoted-text", "", "").made(constant([]byte(header + `I-1,="00123",2026-01-02,100.50,1` + "\n" + good(2, 2)))).want(ok(2).with("I-1.status", "00123")),
		formula("empty", `=""`, ""),
		formula("of-two", `="1"&"2"`, `="1"&"2"`),
		formula("cut", `="1`, `="1`),
		text("row/ruled", header+"----------,------,------------,------------,--------\n"+good(1, 2), Want{Loaded: 2, Bad: []string{"2 row.no_record"}}).withProperties(optional),
		text("parquet/duration", "", refused(fault.DeliveryNested, "column status is a duration[ms]")).named("invoices.parquet", "parquet").made(durations),
		value("date-year-of-two-digits-first", "invoiced_on", "26/01/05", "", "2026-01-05", "locale: {date: yy/mm/dd to 2036}"),
	}
}

// durations is a Parquet file whose status was a duration to its writer, which
// the library here does not write.
func durations() ([]byte, error) {
	return base64.StdEncoding.DecodeString("UEFSMRUAFRoVGiwVAhUAFQYVBhwAAAACAAAAAgEDAAAASS0xFQAVHBUcLBUCFQAVBhUGHAAAAAIAAAACAVoAAAAAAAAAFQAVHhUeLBUCFQAVBhUGHAAAAAIAAAACAQUAAAAxMDAuNRUEGUw1ABgGc2" +
		"NoZW1hFQYAFQwlAhgKaW52b2ljZV9pZCUATBwAAAAVBCUCGAZzdGF0dXMAFQwlAhgMdG90YWxfYW1vdW50JQBMHAAAABYCGRwZPCYAHBUMGSUGABkYCmludm9pY2VfaWQVABYCFkAWQCYISRwVABUA" +
		"FQIAPBYGGQYZJgACAAAAJgAcFQQZJQYAGRgGc3RhdHVzFQAWAhZCFkImSEkcFQAVABUCADwpBhkmAAIAAAAmABwVDBklBgAZGAx0b3RhbF9hbW91bnQVABYCFkQWRCaKAUkcFQAVABUCADwWChkGGS" +
		"YAAgAAABbGARYCJggWxgEAGRwYDEFSUk9XOnNjaGVtYRisAi8vLy8vOWdBQUFBUUFBQUFBQUFLQUF3QUJnQUZBQWdBQ2dBQUFBQUJCQUFNQUFBQUNBQUlBQUFBQkFBSUFBQUFCQUFBQUFNQUFBQjBB" +
		"QUFBT0FBQUFBUUFBQUNvLy8vL0FBQUJCUkFBQUFBZ0FBQUFCQUFBQUFBQUFBQU1BQUFBZEc5MFlXeGZZVzF2ZFc1MEFBQUFBSnovLy8vWS8vLy9BQUFCRWhBQUFBQVlBQUFBQkFBQUFBQUFBQUFHQU" +
		"FBQWMzUmhkSFZ6QUFERS8vLy9FQUFVQUFnQUJnQUhBQXdBQUFBUUFCQUFBQUFBQUFFRkVBQUFBQ0FBQUFBRUFBQUFBQUFBQUFvQUFBQnBiblp2YVdObFgybGtBQUFFQUFRQUJBQUFBQUFBQUFBPQAY" +
		"IHBhcnF1ZXQtY3BwLWFycm93IHZlcnNpb24gMjYuMC4xGTwcAAAcAAAcAAAAaQIAAFBBUjE=")
}

// want is the case with another outcome.
func (c Case) want(w Want) Case {
	c.Want = w
	return c
}
