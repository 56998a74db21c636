package dedupe

import (
	"bytes"
	"unicode/utf8"
)

// namesNobody says whether a folded name stands for want of one, or for a test:
// "Unknown Customer", "Test User B", "n/a", "Walk-in". It is so where each of its
// words is one of those, a letter or a number; a person called Guest has another
// name besides.
func namesNobody(name []byte) bool {
	const shortest = 4 // letters of a word that says so by itself
	says := false
	for word := range bytes.FieldsSeq(name) {
		switch {
		case utf8.RuneCount(word) == 1, isNumber(word):
		case nobodyWord(string(word)):
			says = says || len(word) >= shortest || string(word) == "nn"
		default:
			return false
		}
	}
	return says || string(name) == "n a"
}

// nobodyWord says whether a word belongs to names of nobody.
func nobodyWord(word string) bool {
	switch word {
	case "nn", "unknown", "anonymous", "anon", "nobody", "none", "null", "nil", "noname", "no", "not", "name", "names", "provided", "available",
		"specified", "stated", "missing", "blank", "empty", "undefined", "unnamed", "test", "tester", "testing", "testuser", "demo", "dummy", "sample",
		"example", "placeholder", "default", "temp", "temporary", "tbd", "tba", "xx", "xxx", "xxxx", "user", "customer", "client", "guest", "visitor",
		"walk", "walkin", "in", "cash", "counter", "buyer", "shopper", "person", "contact", "member":
		return true
	case "unbekannt", "unbekannter", "unbekannte", "anonym", "keine", "keiner", "angabe", "angaben", "ohne", "namen", "kunde", "kundin",
		"gast", "laufkunde", "laufkundschaft", "barverkauf", "muster", "platzhalter", "testkunde", "benutzer", "onbekend", "anoniem", "klant", "okand",
		"ukendt", "ukjent", "tuntematon", "gebruiker":
		return true
	case "inconnu", "inconnue", "anonyme", "sans", "nom", "invite", "utilisateur", "passage", "desconocido", "desconocida", "anonimo", "anonima",
		"sin", "nombre", "cliente", "invitado", "invitada", "usuario", "prueba", "desconhecido", "desconhecida", "sem", "nome", "convidado", "consumidor",
		"final", "sconosciuto", "sconosciuta", "ospite", "senza", "prova", "publico", "mostrador":
		return true
	case "nieznany", "nieznana", "anonimowy", "klient", "gosc", "brak", "danych", "neznamy", "neznama", "zakaznik", "host", "ismeretlen", "ugyfel",
		"necunoscut", "bilinmiyor", "misafir", "musteri", "neizvestno", "klijent":
		return true
	}
	return false
}
