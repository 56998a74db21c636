package recognise

import (
	"slices"
	"strings"
)

// peculiar lists, by entity, the fields of which a table that is not called so
// has at least one: an id, a name, a status, a kind and days stand in the tables
// of any program, of its rights, queues, texts and settings.
func peculiar(entity string) []string {
	return map[string][]string{
		"product":  {"unit_price", "unit_cost", "brand", "brand_family", "product_line"},
		"lead":     {"estimated_amount", "product_interest", "channel", "opportunity_id", "lost_reason", "last_stage"},
		"case":     {"subject", "priority", "first_reply_at"},
		"invoice":  {"total_amount", "net_amount", "due_on", "order_id", "customer_id", "credited_invoice_id"},
		"order":    {"total_amount", "net_amount", "customer_id", "shipping_amount"},
		"campaign": {"budget_amount", "channel", "division"},
	}[entity]
}

// isPeculiar says whether rows that nothing calls so hold what only those of
// their entity do, or name somebody.
func (j *Judge) isPeculiar(v Verdict) bool {
	fields := peculiar(v.Entity.Name)
	if fields == nil || v.bonus >= beginOfName || j.columnsName(v) || slices.ContainsFunc(v.Fields, func(f FieldColumn) bool {
		return slices.Contains(fields, f.Field.Name) && f.Sure > 0 && f.Column.Filled > 0 && !j.Tables.IsBareName(f.Column.Says())
	}) {
		return true
	}
	isCalled := slices.ContainsFunc(v.Fields, func(f FieldColumn) bool {
		return f.Field.Name == keyField(v.Entity) && f.Column.Filled > 0 && slices.ContainsFunc(HeaderTokens(f.Column.Says()), func(w string) bool {
			return slices.Contains(j.Tables.entityNames(w), v.Entity.Name)
		})
	})
	return isCalled || v.Entity.Name == "lead" && slices.ContainsFunc(v.Party, func(f FieldColumn) bool {
		return Meaning(f.Field.Name).IsEvidence() && f.Field.Name != string(meansGiven)
	})
}

// countsGoods says whether a column says how many articles a row is made of:
// "items_count" is that of a cart or an order.
func (j *Judge) countsGoods(q Question) bool {
	return slices.ContainsFunc(q.Columns, func(p *Profile) bool {
		tokens := HeaderTokens(p.Says())
		isOfGoods := slices.ContainsFunc(tokens, func(w string) bool {
			return slices.Contains(j.Tables.entityNames(w), "order_line") || slices.Contains(j.Tables.entityNames(w), "product")
		})
		counts := slices.ContainsFunc(tokens, func(w string) bool { return j.Tables.counts[w] })
		return len(tokens) > 1 && isOfGoods && counts && p.Filled > 0 && p.numberShare() >= fitsField && !strings.Contains(p.Says(), ".")
	})
}

// namesDocument says whether a column is the id of an order or invoice: who is
// somebody new has none yet.
func (j *Judge) namesDocument(q Question) bool {
	return slices.ContainsFunc(q.Columns, func(p *Profile) bool {
		return p.Filled > 0 && !j.Tables.IsIDWord(p.Says()) && j.Tables.IDOf(p.Says()) != "" &&
			(j.Tables.MayMean(p.Says(), "order_line", "order_id") || j.Tables.MayMean(p.Says(), "invoice_line", "invoice_id"))
	})
}

// isOfOthers says whether a table is called by what its rows only belong to:
// articles with a price and a stock are no lines, and what became of orders,
// without an amount, is none.
func (j *Judge) isOfOthers(v Verdict, q Question) bool {
	if len(q.Names) == 0 {
		return false
	}
	switch v.Entity.Name {
	case "order_line", "invoice_line":
		return v.bonus < beginOfName && j.Tables.namesEntity(q.Names[0], "product") >= nameEnd &&
			!slices.ContainsFunc(v.Fields, func(f FieldColumn) bool {
				return slices.Contains([]string{"order_id", "invoice_id", "customer_id"}, f.Field.Name) && f.Sure > 0 && !f.Column.IsSpelt()
			})
	case "order", "invoice":
		isHistory := slices.ContainsFunc(HeaderTokens(q.Names[0]), func(w string) bool { return j.Tables.histories[w] })
		return isHistory && !v.has("total_amount")
	}
	return false
}
