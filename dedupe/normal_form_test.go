package dedupe

import (
	"bytes"
	"testing"
)

// TestLegalForms: however a form is written, it is one, and no part of the name.
func TestLegalForms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, name, form string }{
		{"Tarnbeck GmbH", "tarnbeck", "gmbh"},
		{"Tarnbeck G.m.b.H.", "tarnbeck", "gmbh"},
		{"Tarnbeck Gesellschaft mit beschränkter Haftung", "tarnbeck", "gmbh"},
		{"Tarnbeck GmbH & Co. KG", "tarnbeck", "gmbhkg"},
		{"Tarnbeck GmbH u. Co. KG", "tarnbeck", "gmbhkg"},
		{"Tarnbeck GmbH&Co.KG", "tarnbeck", "gmbhkg"},
		{"Tarnbeck UG (haftungsbeschränkt)", "tarnbeck", "ug"},
		{"Tarnbeck Aktiengesellschaft", "tarnbeck", "ag"},
		{"Acorro, Inc.", "acorro", "inc"},
		{"Acorro Co., Inc.", "acorro", "inc"},
		{"Acorro Limited Liability Company", "acorro", "llc"},
		{"Acorro Pty Limited", "acorro", "ltd"},
		{"Acorro Pty", "acorro", "ltd"},
		{"Acorro S. p. A.", "acorro", "spa"},
		{"ООО Тарнбек", "tarnbek", "ooo"},
		{"株式会社サンプル", "sanpuru", "kabu"},
		{"サンプル株式会社", "sanpuru", "kabu"},
		{"Acorro Company", "acorro", ""},
		{"Grubnik and Co", "grubnik", ""},
		{"Limited", "limited", ""},
		{"株式会社", "株式会社", ""},
		{"Holding Limited Acorro", "holding limited acorro", ""},
		{"", "", ""},
	} {
		words, form := splitForm(bytes.Fields(appendFold(nil, c.text)))
		if name := string(bytes.Join(words, []byte(" "))); name != c.name || form != c.form {
			t.Errorf("%q: name %q and form %q, want %q and %q", c.text, name, form, c.name, c.form)
		}
	}
}
