package extract

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"loadstar/schemas/fault"
)

// open moves into an envelope: an object that holds the records, or the one
// record, under one of the keys of s.records, as the answers of web services
// do. It returns where the first of them may stand; s.state tells whether
// they are an array.
func (s *arraySplitter) open(at int) (int, error) {
	s.isInside = true
	at++
	for {
		key, value, err := s.key(at)
		if err != nil {
			return 0, err
		}
		if value < 0 {
			return 0, s.fail(at, fault.New(fault.DeliveryText, "the text is one object that has none of %s", strings.Join(s.records, ", ")))
		}
		if slices.Contains(s.records, key) {
			switch s.w.buf[value] {
			case '[':
				s.state = atFirst
				return value + 1, nil
			case '{':
				return value, nil
			}
			return 0, s.fail(value, fault.New(fault.DeliveryText, "%s is neither an array of records nor a record", key))
		}
		if at, err = s.behind(key, value); err != nil {
			return 0, err
		}
	}
}

// close reads the rest of an envelope, whose records have been read.
func (s *arraySplitter) close(at int) (int, error) {
	at, err := s.pairEnd(at)
	for err == nil {
		var key string
		var value int
		if key, value, err = s.key(at); err != nil {
			break
		}
		if value >= 0 && slices.Contains(s.records, key) {
			return 0, s.fail(value, fault.New(fault.DeliveryText, "the object holds records twice, the second time as %s", key))
		}
		if value < 0 {
			s.isInside = false
			if at, err = s.skipSpace(at); err != nil {
				break
			}
			return s.end(at + 1)
		}
		at, err = s.behind(key, value)
	}
	return 0, err
}

// key reads a key at offset at and says where its value stands, -1 where the
// object ends instead.
func (s *arraySplitter) key(at int) (key string, value int, err error) {
	if at, err = s.skipSpace(at); err != nil {
		return "", 0, err
	}
	if at == len(s.w.buf) {
		return "", 0, s.fail(at, errCutEnvelope)
	}
	if s.w.buf[at] == '}' {
		return "", -1, nil
	}
	if s.w.buf[at] != '"' {
		return "", 0, s.fail(at, fault.New(fault.DeliveryText, "expected a key or }"))
	}
	end, err := s.valueEnd(at)
	if err != nil {
		return "", 0, err
	}
	key = string(s.w.buf[at+1 : end-1])
	if at, err = s.skipSpace(end); err != nil {
		return "", 0, err
	}
	if at == len(s.w.buf) || s.w.buf[at] != ':' {
		return "", 0, s.fail(at, fault.New(fault.DeliveryText, "expected a colon behind a key"))
	}
	if at, err = s.skipSpace(at + 1); err != nil {
		return "", 0, err
	}
	if at == len(s.w.buf) {
		return "", 0, s.fail(at, errCutEnvelope)
	}
	return key, at, nil
}

// behind is the offset of the next key behind the value of one at offset at,
// which may say that more records follow.
func (s *arraySplitter) behind(key string, at int) (int, error) {
	end, err := s.valueEnd(at)
	if err != nil {
		return 0, err
	}
	if s.follows == "" && saysMore(key, s.w.buf[at:end]) {
		s.follows = key
	}
	return s.pairEnd(end)
}

// What web services call where the next page is, and whether there is one.
var (
	pageKeys  = []string{"hasmore", "hasnext", "hasnextpage", "more", "moreitems", "next", "nextlink", "odatanextlink", "nextpage", "nextpageurl", "nextpagetoken", "nexturl", "nexthref", "nextcursor", "nextrecordsurl"}
	pagesKeys = []string{"paging", "pagination", "links", "pageinfo", "meta", "page"}
)

// saysMore says whether a key of an envelope, or of an object in it about its
// pages, says that more records follow: its value is true, a text or a number but
// 0, or an object.
func saysMore(key string, value []byte) bool {
	const longest = 40
	if len(key) > longest {
		return false
	}
	switch name := pageKey(key); {
	case slices.Contains(pageKeys, name):
		return len(value) > 0 && value[0] != '[' && !slices.Contains([]string{"false", "null", `""`, "0", "{}"}, string(value))
	case slices.Contains(pagesKeys, name) && value[0] == '{':
		var parts map[string]json.RawMessage
		if json.Unmarshal(value, &parts) != nil {
			return false // what the records need not
		}
		for key, part := range parts {
			if slices.Contains(pageKeys, pageKey(key)) && saysMore(key, part) {
				return true
			}
		}
	}
	return false
}

// pageKey folds a key: @odata.nextLink and next_link are odatanextlink and nextlink.
func pageKey(key string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, key)
}

// pairEnd moves over the comma behind a value; before a } there is none.
func (s *arraySplitter) pairEnd(at int) (int, error) {
	at, err := s.skipSpace(at)
	if err != nil {
		return 0, err
	}
	switch {
	case at == len(s.w.buf):
		return 0, s.fail(at, errCutEnvelope)
	case s.w.buf[at] == ',':
		return at + 1, nil
	case s.w.buf[at] == '}':
		return at, nil
	}
	return 0, s.fail(at, fault.New(fault.DeliveryText, "expected a comma or } behind a value"))
}

var errCutEnvelope = fault.New(fault.DeliveryCut, "the file is cut off: the object that holds the records is never closed; deliver it again")
