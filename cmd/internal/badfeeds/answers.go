package badfeeds

import "loadstar/schemas/fault"

// answerCases are answers of web interfaces in forms that no list of records is.
func answerCases() []Case {
	const records = `[{"invoice_id": "I-1", "total_amount": 100.50}, {"invoice_id": "I-2", "total_amount": 100.50}]`
	answer := func(name, content string, want Want, custom ...string) Case {
		return text("json/"+name, content, want, custom...).named("invoices.json", "json")
	}
	return []Case{
		answer("envelope", `{"data": `+records+`}`, Want{Bad: []string{"1 key.missing", "1 required"}}),
		answer("envelope-of-errors", `{"errors": [{"message": "timeout"}], "data": null}`, Want{Bad: []string{"1 key.missing", "1 required"}}),
		answer("text-of-json", `"[{\"invoice_id\": \"I-1\", \"total_amount\": 100.50}]"`, refused(fault.DeliveryKind, "no JSON")),
		answer("rows-below-names", `[["invoice_id", "total_amount"], ["I-1", 100.50]]`, Want{Bad: []string{"1 json.syntax", "2 json.syntax"}}),
		answer("records-by-id", `{"I-1": {"invoice_id": "I-1", "total_amount": 100.50}, "I-2": {"invoice_id": "I-2", "total_amount": 100.50}}`, Want{Bad: []string{"1 key.missing", "1 required"}}),
		answer("columns-of-values", `{"invoice_id": ["I-1", "I-2"], "total_amount": [100.50, 100.50]}`, Want{Bad: []string{"1 json.nested"}}),
		answer("prefix-against-scripts", ")]}',\n"+records, refused(fault.DeliveryKind, "no JSON")),
		answer("call-of-a-function", "callback("+records+");", refused(fault.DeliveryKind, "no JSON")),
	}
}
