package dedupe

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/zeebo/xxh3"
)

// modelFormat changes when a stored model can no longer be read.
const modelFormat = 14

// class is a kind of pair that the mixture tells apart.
type class uint8

const (
	classMatch      class = iota // one person
	classStrangers               // two unrelated ones
	classHousehold               // relatives or others who share name, address, phone, e-mail
	classTwins                   // the same with one birth date
	classNamesakes               // the same with one given name (father and son)
	classColleagues              // people who share address, phone or e-mail and no name
	classCount
)

// levelWeights are log2 probabilities in millibits, by field and level.
type levelWeights [fieldCount][maxLevels]int32

// slotModel tells how the rarity of a value changes its weight.
type slotModel struct {
	Chance int32     // log2 of the share of stranger pairs that agree, millibits
	Rates  [64]int32 // share of the pairs with one value that are strangers, parts per million, by count code
}

// partModel is the model of one kind of party.
type partModel struct {
	Records         int64             // parties it was learnt from
	Reason          string            // why it matches nothing, "" where it does
	Family          bool              // whether relatives are told apart
	Prior           [classCount]int32 // log2 of the share of all pairs, millibits; strangers 0
	Match           levelWeights
	Chance          levelWeights                // strangers
	Shared          levelWeights                // relatives; fields that relatives share only
	Namesake        [sameNames][maxLevels]int32 // e-mail levels of strangers by the names they have in common
	Slots           [slotCount]slotModel
	Scale           attributeScale             `json:",omitempty"` // what attributes are worth; none = they are not compared
	AttributeChance [contexts][maxLevels]int32 // levels of attributes of strangers by what else agrees
	Plain           [64]int32                  // log2 of how much oftener strangers share a name than its words say, by their weight, millibits
	Branches        [64]int32                  // the same of strangers that can be reached in other ways
	Cultures        cultures
	Alike           int32 // log2 of how much rarer matches are whose names are no more than alike, and nothing else is known, millibits
	Place           int32 // log2 of how much oftener strangers of one name live in one place, millibits
	Rich            bool  // whether records tell many things beside the name
	Alone           bool  // whether nothing but the name tells organisations apart
	Sisters         bool  // whether legal forms do
	Cluster         int32 // 1000 × the records of a party that one record sees
	Cut             int32 // millibits a pair needs
}

// Model holds the frozen parameters of matching as integers. A model is never
// changed once trained or read, so it may be shared.
type Model struct {
	parts [2]partModel
	hash  string
}

// Hash names the content of m: equal parameters, equal hash.
func (m *Model) Hash() string { return m.hash }

// storedModel is the JSON form of a model.
type storedModel struct {
	Format        int       `json:"format"`
	Persons       partModel `json:"persons"`
	Organisations partModel `json:"organisations"`
}

// MarshalJSON writes m in a form that UnmarshalJSON reads.
func (m *Model) MarshalJSON() ([]byte, error) {
	return json.Marshal(storedModel{Format: modelFormat, Persons: m.parts[person], Organisations: m.parts[organisation]})
}

// ErrModelFormat says that a model was stored by a release that compares
// otherwise; it must be trained anew.
var ErrModelFormat = errors.New("the stored matching model has another format")

// UnmarshalJSON reads what MarshalJSON wrote; it fails with ErrModelFormat on
// another format.
func (m *Model) UnmarshalJSON(b []byte) error {
	var version struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(b, &version); err != nil {
		return fmt.Errorf("read model: %w", err)
	}
	if version.Format != modelFormat {
		return fmt.Errorf("read model: %w: it has %d, this release reads %d", ErrModelFormat, version.Format, modelFormat)
	}
	var stored storedModel
	if err := json.Unmarshal(b, &stored); err != nil {
		return fmt.Errorf("read model: %w", err)
	}
	m.parts = [2]partModel{stored.Persons, stored.Organisations}
	return m.freeze()
}

func (m *Model) freeze() error {
	text, err := m.MarshalJSON()
	if err != nil {
		return fmt.Errorf("freeze model: %w", err)
	}
	h := xxh3.Hash128(text).Bytes()
	m.hash = hex.EncodeToString(h[:])
	return nil
}

// isShared says whether relatives share evidence of field f, as they do what nobody understands; whether they do the
// middle name, which of two family names may be the first, the file tells.
func isShared(f field) bool {
	return f == fieldFamily || f == fieldMiddle || f == fieldAddress || f == fieldEmail || f == fieldPhone || f == fieldAttributes
}

// slotOf is the field a slot speaks of.
func slotOf(s slot) field {
	return [slotCount]field{fieldGiven, fieldFamily, fieldBirth, fieldID, fieldAddress, fieldAddress, fieldEmail,
		fieldPhone, fieldFirm, fieldEmail}[s]
}

// levelOf is the level at which values of a slot agree.
func levelOf(s slot) uint8 {
	if s == slotLocal {
		return emailLocal
	}
	return 1
}
