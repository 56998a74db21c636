package dedupe

import "strings"

// splitAlias parts another name off that of an organisation: what it was called
// before, or what it trades as ("Acme (formerly Apex) Ltd", "Northlight dba Borealis").
// The form at the end is that of the name.
func splitAlias(name string) (own, alias string) {
	words := strings.Fields(name)
	for i := 1; i+1 < len(words); i++ {
		length := saysAlias(words[i:])
		if length == 0 || i+length >= len(words) {
			continue
		}
		rest := words[i+length:]
		own, after := words[:i:i], []string(nil)
		if strings.HasPrefix(words[i], "(") || strings.HasPrefix(words[i], "[") {
			for n, w := range rest {
				if strings.HasSuffix(w, ")") || strings.HasSuffix(w, "]") {
					rest, after = rest[:n+1], rest[n+1:]
					break
				}
			}
		}
		const around = " ()[],;:"
		return strings.Trim(strings.Join(append(own, after...), " "), around), strings.Trim(strings.Join(rest, " "), around)
	}
	return name, ""
}

// saysAlias returns how many words announce another name, 0 where none do.
// Short ones that are words of their own do so in brackets only.
func saysAlias(words []string) int {
	first := strings.ToLower(strings.Trim(words[0], "([,:"))
	switch first {
	case "formerly", "fka", "f/k/a", "aka", "a/k/a", "dba", "d/b/a", "t/a", "vormals", "ehemals", "ehem.", "anciennement", "voorheen", "tidigare", "dawniej",
		"ранее", "бывш.", "previously":
		if second := strings.ToLower(strings.Trim(words[min(1, len(words)-1)], ":")); first == "formerly" && second == "known" || first == "previously" && second == "known" {
			return min(3, len(words))
		}
		return 1
	case "trading", "doing", "also":
		if said := strings.ToLower(strings.Join(words[1:min(3, len(words))], " ")); strings.HasPrefix(said, "as ") && first == "trading" {
			return 2
		} else if said == "business as" || said == "known as" {
			return 3
		}
	}
	if strings.HasPrefix(words[0], "(") {
		switch first {
		case "ex", "früher", "prev.", "ex-", "già", "antes", "formally", "before", "was", "now":
			return 1
		}
	}
	return 0
}

// spreadAliases gives all organisations of a name the other name that one of them
// tells, where no two tell different ones: what is called by the other name alone
// is then as near to each of them.
func (r *Records) spreadAliases() {
	const several = ^uint32(0)
	told := map[uint32]uint32{}
	for i := range r.rows {
		if rec := &r.rows[i]; rec.alias != 0 {
			if other, known := told[rec.organisation]; known && other != rec.alias {
				told[rec.organisation] = several
				continue
			}
			told[rec.organisation] = rec.alias
		}
	}
	if len(told) == 0 {
		return
	}
	for i := range r.rows {
		rec := &r.rows[i]
		if alias := told[rec.organisation]; rec.kind == organisation && rec.alias == 0 && alias != several {
			rec.alias = alias
		}
	}
}
