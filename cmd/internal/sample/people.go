package sample

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
)

// PeopleColumns is the header of what People writes. record_id counts from 1;
// person_id is the truth: equal where two records are one person.
func PeopleColumns() []string {
	return []string{"record_id", "person_id", "given_name", "middle_name", "family_name", "suffix", "birth_date",
		"address_line", "postcode", "city", "country", "email", "phone"}
}

// People writes the given number of records (at least 1) of the sample
// company's persons to out, as one CSV file in which every source has the same
// columns: names as the sources spell them, dates as 2006-01-02, phones in
// E.164. Records of one person follow one another. Equal numbers and seeds
// give equal bytes.
func People(ctx context.Context, records int, seed uint64, out io.Writer) error {
	if records < 1 {
		return fmt.Errorf("write people: %d records, expected at least 1", records)
	}
	w, err := newWorld(Options{Customers: records, Days: 1, Seed: seed})
	if err != nil {
		return err
	}
	buffer := bufio.NewWriterSize(out, 1<<18)
	rows := csv.NewWriter(buffer)
	if err := rows.Write(PeopleColumns()); err != nil {
		return fmt.Errorf("write people: %w", err)
	}
	written := 0
	for i := int64(0); written < records; i++ {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("write people: %w", err)
		}
		p, list := w.records(i)
		if p.org {
			continue
		}
		for _, rec := range list[:min(len(list), records-written)] {
			written++
			if err := rows.Write(rec.peopleRow(written, p)); err != nil {
				return fmt.Errorf("write people: %w", err)
			}
		}
	}
	rows.Flush()
	if err := rows.Error(); err != nil {
		return fmt.Errorf("write people: %w", err)
	}
	return buffer.Flush()
}

func (rec *record) peopleRow(number int, p person) []string {
	born := ""
	if rec.hasBirth {
		born = rec.born.iso()
	}
	phone := rec.mobile
	if phone.none() {
		phone = rec.phone
	}
	return []string{fmt.Sprint(number), fmt.Sprintf("P%d", p.index), rec.given, rec.middle, rec.family, rec.suffix, born,
		rec.streetLine(), rec.addr.postcode, rec.addr.city, rec.addr.country, rec.email, phone.e164()}
}
