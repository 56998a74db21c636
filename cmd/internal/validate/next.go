package validate

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"loadstar/schemas/fault"
	"loadstar/transform"
)

// nextOf is what people can do about a code.
func nextOf(code fault.Code) string {
	switch code {
	case fault.DeliveryMissing:
		return "check the path and the name of the file, and the contract's delivered pattern"
	case fault.DeliveryPull:
		return "check the connection, the table and its columns; `loadstar connections test` tries each connection"
	case fault.DeliveryChanging:
		return "deliver under another name and rename when all is written, or set ready in the feed's from"
	case fault.DeliveryTooLarge:
		return "deliver it in smaller parts, or look for an unclosed quote or a damaged file"
	case fault.DeliveryNested:
		return "name the values by their paths below the column, or give the list a schema object of its own"
	case fault.DeliveryOther:
		return "look at the file, and at what the contract's dialect says of it"
	case fault.DeliveryColumn:
		return "add the header as delivered to the aliases of the property, or ask the sender for the column"
	case fault.DeliveryEncoding:
		return "set encoding in the contract's dialect to what the file has"
	case fault.DeliveryKind, fault.DeliveryText, fault.DeliveryJSON, fault.DeliveryPacked, fault.DeliveryExcel, fault.DeliveryParquet:
		return "ask the sender for the file again, or set the contract's dialect to what is delivered"
	case fault.DeliveryCut, fault.DeliveryDamaged, fault.DeliveryEmpty, fault.DeliveryControl:
		return "ask the sender for the file again"
	case fault.DeliveryHeader:
		return "mend the header at the source, or say in the contract's dialect where it stands"
	case fault.DeliverySheet:
		return "name the sheets under sheets in the contract's dialect"
	case fault.DeliveryEncrypted:
		return "ask the sender for the file without a password"
	case fault.FeedReference:
		return "deliver what is missing, or name the system that owns the ids under references in the contract"
	case fault.ContractUnfed:
		return "give the columns the fields that they mean ({property: field, value: …}), or take the object out"
	case fault.ContractNobody:
		return "add an object of entity customer over the same rows, or name the system that owns the ids under references in the contract"
	case fault.FeedAbsent:
		return "deliver it, or add `absent` to the contract's allow list"
	case fault.FeedEmpty:
		return "deliver it again, or add `empty` to the contract's allow list"
	case fault.FeedShrank:
		return "deliver it again, or add `shrink` to the contract's allow list"
	case fault.FeedRowCount:
		return "ask the sender for the whole delivery, or mend rowCount in the contract"
	case fault.FeedStale:
		return "deliver the feed, or mend slaProperties in the contract"
	case fault.DriftNew:
		return "nothing: they are kept as attributes; list them in the contract to type and map them"
	case fault.DriftMissing:
		return "ask the sender whether it is gone for good, and take it out of the contract then"
	case fault.DriftRenamed:
		return "add the new header to the aliases of the property"
	case fault.DriftRetyped:
		return "ask the sender what changed, or set the property's logicalType, layout or locale to what is delivered"
	}
	return ""
}

// nextOfRow is what people can do about a broken row, given the reason too.
func nextOfRow(rule, column, reason string) string {
	if strings.HasSuffix(reason, transform.OrNoValue) {
		return "mend the value, or name it under nulls of " + column + " in the contract where it means that there is none"
	}
	return nextOfRule(rule, column)
}

// nextOfRule is what people can do about a broken row.
func nextOfRule(rule, column string) string {
	switch rule {
	case "required", "key.missing":
		return "fill the column in at the source"
	case "allowed":
		return "mend the value, or add it to validValues (or words) of " + column
	case "range", "length", "pattern":
		return "mend the value, or loosen the rule of " + column + " in the contract"
	case "unique":
		return "drop the repeated rows, or take unique off " + column
	case "key.conflict":
		return "deliver one row for each key, or mark the column that says which is newer with version: true"
	case "row.unclaimed":
		return "fill " + column + " in at the source, or give one of the contract's objects no when; others: leave there leaves out what it does not name"
	case "row.no_record":
		return "deliver the rows without it, or describe it under totals or trailer in the contract's dialect"
	case "csv.quote":
		return "double the quotes inside the cell, or set quote: none where quotes are text"
	case "csv.ragged":
		return "quote cells that hold the delimiter, or set ragged: pad where cells at the end may be missing"
	case "encoding":
		return "set encoding in the contract's dialect to what the file has"
	case "excel.error", "excel.formula_uncached":
		return "mend the formula, calculate, and save the workbook"
	case "encoding.mojibake":
		return "export the rows again in one encoding, and name it in the contract's dialect"
	case "text.shortened":
		return "export " + column + " again as text: what the file holds is not the whole number"
	case "json.nested":
		return "name the value by its path below the key, or give the list a schema object of its own"
	case "fixed.long":
		return "make the column of " + column + " wider, or list what stands behind it as a property"
	case "fixed.short":
		return "deliver lines of full length, or set ragged: pad where blanks at the end are left out"
	case "totals.difference":
		return "mend the total, or the rows it sums up"
	case "currency.mismatch":
		return "deliver the currency in a column of its own, or mend the amount"
	case "excel.no_header":
		return "write a header over the column, or empty it"
	}
	if strings.HasPrefix(rule, "type.") || rule == "scale" {
		return "mend the value, or the type and locale of " + column + " in the contract"
	}
	if rule == "currency.unknown" {
		return "mend the value, or name it under nulls of " + column + " where it means the company's currency"
	}
	if strings.HasSuffix(rule, ".invalid") || strings.HasSuffix(rule, ".unknown") {
		return "mend the value, or drop required from " + column + " (then it is kept as an attribute)"
	}
	return "mend the row at the source"
}

// reasonOf is the first line of an error's text without what is said
// elsewhere: the steps that met it, the file, the line.
func reasonOf(err error, path string) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	for _, known := range []string{"conform: ", "look at ", "read ", "open ", path + ": "} {
		text = strings.TrimPrefix(text, known)
	}
	if rest := bindStep.ReplaceAllString(text, ""); rest != "" {
		text = rest
	}
	return linePrefix.ReplaceAllString(text, "")
}

var (
	bindStep   = regexp.MustCompile(`^bind header of feed [a-z0-9_]+, object [a-z0-9_]+: `)
	linePrefix = regexp.MustCompile(`^line (\d+)(?:, column (\d+))?: `)
)

// spotIn is where an error points to: the place of a document, or the line
// that a reader names.
func spotIn(err error, path string) Spot {
	var one *fault.Error
	if errors.As(err, &one) && one.At.Line > 0 {
		return Spot{Line: int64(one.At.Line), Char: one.At.Column}
	}
	_, text, _ := strings.Cut(err.Error(), path+": ")
	found := linePrefix.FindStringSubmatch(text)
	if found == nil {
		return Spot{}
	}
	var s Spot
	s.Line, _ = strconv.ParseInt(found[1], 10, 64)
	s.Char, _ = strconv.Atoi(found[2])
	return s
}
