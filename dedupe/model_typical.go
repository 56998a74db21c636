package dedupe

// Typical shares of the levels, from level 1: where Dirichlet priors pull.

// typicalMatch is how often a level is met in pairs of one person.
func typicalMatch(f field) []float64 {
	switch f {
	case fieldGiven:
		return []float64{.745, .05, .01, .03, .02, .06, .015, .025, .01, .02, .015}
	case fieldFamily:
		return []float64{.82, .015, .02, .07, .01, .02, .005, .02, .02}
	case fieldMiddle:
		return []float64{.7, .15, .08, .07}
	case fieldBirth:
		return []float64{.83, .02, .065, .01, .035, .02, .018, .002}
	case fieldGender:
		return []float64{.97, .03}
	case fieldID:
		return []float64{.9, .05, .01, .04}
	case fieldAddress:
		return []float64{.55, .1, .08, .03, .01, .02, .03, .05, .13}
	case fieldEmail:
		return []float64{.65, .08, .08, .05, .12, .02}
	case fieldPhone:
		return []float64{.7, .08, .22}
	case fieldFirm:
		return []float64{.6, .15, .1, .06, .03, .01, .05}
	case fieldSuffix:
		return []float64{.03, .001, .04, .929}
	case fieldEmployer:
		return []float64{.5, .12, .06, .04, .02, .01, .25}
	}
	return nil
}

// What a file holds outweighs what is typical once it holds more than this.
const (
	typicalPairs   = 2000 // pairs of strangers
	typicalHolders = 50   // records with a value
	typicalRecords = 20   // records, for how many have a duplicate
)

// enoughMatches show whether a file has families, and what tells their members
// apart: with fewer one pair would be judged by what it has taught itself.
const enoughMatches = 40

// typicalPairsOf is how many pairs of each class there are for one record, in
// files that people want to have searched for duplicates.
func typicalPairsOf() [classCount]float64 {
	return [classCount]float64{classMatch: .3, classHousehold: .1, classTwins: .002, classNamesakes: .01}
}

// typicalChance is how often a level is met in pairs of strangers: two records
// of a file of four that share a name are not the half of all strangers.
func typicalChance(f field) []float64 {
	switch f {
	case fieldGiven:
		return []float64{.002, .002, .0005, .0003, .004, .0006, .0006, .002, .004, .35, .634}
	case fieldFamily:
		return []float64{.0013, .00001, .0001, .0005, .0004, .002, .002, .6, .3936}
	case fieldMiddle:
		return []float64{.02, .03, .001, .949}
	case fieldBirth:
		return []float64{.00005, .00002, .0013, .0005, .011, .07, .305, .612}
	case fieldGender:
		return []float64{.5, .5}
	case fieldID:
		return []float64{.000001, .00001, .0002, .9998}
	case fieldAddress:
		return []float64{.00001, .000005, .0001, .00001, .0004, .0005, .0015, .03, .9675}
	case fieldEmail:
		return []float64{.000001, .00001, .00005, .0005, .75, .249}
	case fieldPhone:
		return []float64{.000001, .0001, .9999}
	case fieldFirm, fieldEmployer:
		return []float64{.00005, .0001, .0005, .005, .05, .01, .93435}
	case fieldAttributes:
		return []float64{.001, .002, .003, .004, .01, .02, .03, .05, .08, .3, .2, .13, .08, .05, .04}
	case fieldSuffix:
		return []float64{.015, .015, .04, .93}
	}
	return nil
}

// typicalChance is how often a level is met in pairs of strangers.
func (m *mixture) typicalChance(f field) share {
	if f == fieldSuffix && m.kind == organisation {
		return typicalForms().chance
	}
	var s share
	copy(s[1:], typicalChance(f))
	return s
}

// sistersOther is the share of the firms of one house whose names hold a known
// word each beside the one that they share.
const sistersOther = .5

// forms is how often the legal forms of two organisations have a level. Sisters
// are companies of one name, told apart by their forms.
type forms struct{ match, chance, sisters share }

func typicalForms() forms {
	return forms{
		match:   share{suffixSame: .7, suffixUnlike: .02, suffixOneSide: .2, suffixNeither: .08},
		chance:  share{suffixSame: .3, suffixUnlike: .4, suffixOneSide: .22, suffixNeither: .08},
		sisters: share{suffixSame: .02, suffixUnlike: .8, suffixOneSide: .13, suffixNeither: .05},
	}
}

// typicalNamesakeEmails is how often the addresses of strangers who have names
// in common are alike, for they are made of names.
func typicalNamesakeEmails(names int) (near, similar float64) {
	switch names {
	case sameFull:
		return .02, .15
	case sameFamily:
		return .001, .005
	}
	return .0003, .003
}

// typicalExact is how often strangers have one value of a slot.
func typicalExact(s slot) float64 {
	switch s {
	case slotStreet, slotPlace:
		return .0005
	}
	return typicalChance(slotOf(s))[levelOf(s)-1]
}

// sharedShare is the share of relatives who agree on level 1 (for addresses see
// sameHome) of a shared field because they are relatives; the others agree as
// often as strangers do.
func sharedShare(f field) float64 {
	switch f {
	case fieldFamily:
		return .9
	case fieldAddress:
		return .85
	case fieldPhone:
		return .35
	case fieldEmail:
		return .15
	case fieldEmployer:
		return .9 // of colleagues
	}
	return 0
}

// sameHome is how the addresses of two records compare whose people live
// together, as those of one person who has not moved do.
func sameHome() share {
	match := typicalShare(fieldAddress)
	home, all := share{}, 0.0
	for _, level := range []uint8{addressDoor, addressNearDoor, addressStreet, addressDoorOnly, addressNumber, addressPostcode} {
		home[level] = match[level]
		all += match[level]
	}
	for level := range home {
		home[level] /= all
	}
	return home
}

// namesakeSuffixes is how often father and son of one name have suffixes, and
// different ones: they are there to tell them apart.
func namesakeSuffixes() share {
	return share{suffixSame: .04, suffixUnlike: .26, suffixOneSide: .3, suffixNeither: .4}
}

// chains are levels in falling order of what they say for a match; along each
// the ratio of match to chance must not rise. Swapped names and the levels of
// the address are no order.
func chains(f field) [][]uint8 {
	switch f {
	case fieldGiven:
		return [][]uint8{
			{givenExact, givenNickname, givenVariant, givenNear, givenSemi, givenUnlike},
			{givenExact, givenNearKnown, givenSemiKnown, givenUnlikeKnown},
			{givenNear, givenNearKnown}, {givenSemi, givenSemiKnown}, {givenUnlike, givenUnlikeKnown},
			{givenPart, givenUnlike}, {givenInitial, givenUnlike},
		}
	case fieldFamily:
		return [][]uint8{
			{familyExact, familyNear, familySemi, familyUnlike},
			{familyExact, familyNearKnown, familySemiKnown, familyUnlikeKnown},
			{familyNear, familyNearKnown}, {familySemi, familySemiKnown}, {familyUnlike, familyUnlikeKnown},
			{familyExact, familyFormer, familyUnlike},
		}
	case fieldMiddle:
		return [][]uint8{{middleExact, middleNear, middleUnlike}, {middleInitial, middleUnlike}}
	case fieldBirth:
		return [][]uint8{{birthExact, birthOneDigit, birthTwoDigits, birthThreeDigits, birthUnlike, birthFar},
			{birthExact, birthSwapped, birthUnlike}, {birthExact, birthDefault, birthUnlike}}
	case fieldGender:
		return [][]uint8{{genderSame, genderUnlike}}
	case fieldID:
		return [][]uint8{{idExact, idNear, idSemi, idUnlike}}
	case fieldEmail:
		return [][]uint8{{emailExact, emailNear, emailSemi, emailUnlike, emailOwn}, {emailLocal, emailUnlike}}
	case fieldAttributes:
		return [][]uint8{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}}
	case fieldSuffix:
		return [][]uint8{{suffixSame, suffixUnlike}}
	case fieldPhone:
		return [][]uint8{{phoneExact, phoneNear, phoneUnlike}}
	case fieldFirm, fieldEmployer:
		return [][]uint8{{firmExact, firmMost, firmMuch, firmHalf, firmOther}} // what further words say is in their weights
	}
	return nil
}
