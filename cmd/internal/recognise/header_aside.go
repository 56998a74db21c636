package recognise

import "slices"

// isPartOfAmount says whether the words of a header beside those that were known
// make it a part of the amount: "shipping amount", "tax total", "processing fee
// amount". "Total incl. tax" is the amount.
func (t *WordTables) isPartOfAmount(field string, tokens, known []string) bool {
	if !slices.Contains([]string{"line_amount", "total_amount", "amount", "unit_price", "estimated_amount"}, field) {
		return false
	}
	names := func(w string) bool {
		return t.isFieldWord(w, "shipping_amount") || t.isFieldWord(w, "tax_amount") || t.isFieldWord(w, "discount_amount") || t.business.fees[w]
	}
	isPart := false
	for _, w := range tokens {
		if t.business.taxed[w] {
			return false
		}
		isPart = isPart || names(w) && !slices.Contains(known, w)
	}
	return isPart
}

// isOfAnother says whether a header speaks of what the row belongs to: the type
// of a parent is none of the row.
func isOfAnother(tokens []string) bool {
	return slices.ContainsFunc(tokens, func(w string) bool {
		return slices.Contains([]string{"parent", "related", "target", "object"}, w)
	})
}

// isAudit says whether a header speaks of who wrote the row: "modified user id".
func isAudit(tokens []string) bool {
	return slices.ContainsFunc(tokens, func(w string) bool {
		return slices.Contains([]string{"modified", "created", "updated", "entered", "changed", "deleted", "inserted"}, w)
	})
}

// isOfPlace says whether a header speaks of where somebody is: the state of an
// address is no status.
func isOfPlace(tokens []string) bool {
	return slices.ContainsFunc(tokens, func(w string) bool {
		return slices.Contains([]string{"ship", "shipping", "billing", "bill", "mailing", "delivery", "postal", "buyer", "address", "residence", "home", "region", "province"}, w)
	}) && len(tokens) > 1 && !slices.Contains(tokens, "status")
}
