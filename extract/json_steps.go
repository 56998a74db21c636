package extract

import "bytes"

// Bounds of the keys that are remembered, so that records whose keys are data
// cost no memory.
const (
	knownSteps  = 4096 // of all objects
	knownAfter  = 16   // different keys behind one
	longestStep = 128  // bytes of a key
)

// unknownStep stands for a key that is not remembered, nor are those behind it
// in its object.
const unknownStep = -1

// jsonStep is one key of an object, behind the keys in front of it and below
// the keys around it. Records of a delivery are alike: a key is found by one
// comparison with what followed the last time. No step stands behind one with
// its own key, so that an object which goes by known steps repeats no key.
type jsonStep struct {
	key     []byte
	token   []byte // the key as nearly all write it: in quotes, with its colon
	before  int32  // 0 = it is the first key
	next    int32  // what followed last, 0 = nothing yet
	first   int32  // of all that followed
	other   int32  // that followed the same step
	inside  int32  // the step before the first key of an object that is the value, 0 = none yet
	isStart bool   // it has no key
}

// jsonSteps are the keys of the records so far. The first is the start of a
// record's object.
type jsonSteps struct{ all []jsonStep }

// start is the step before the first key of an object that is the value of a
// step's key.
func (s *jsonSteps) start(step int32) int32 {
	switch {
	case step == unknownStep || s.all[step].inside == 0 && len(s.all) >= knownSteps:
		return unknownStep
	case s.all[step].inside == 0:
		s.all[step].inside = int32(len(s.all))
		s.all = append(s.all, jsonStep{isStart: true})
	}
	return s.all[step].inside
}

// after is the step of a key behind another; repeated says that the object has
// it already.
func (s *jsonSteps) after(step int32, key []byte) (next int32, repeated bool) {
	if step == unknownStep {
		return unknownStep, false
	}
	others := 0
	for i := s.all[step].first; i > 0; i = s.all[i].other {
		if bytes.Equal(s.all[i].key, key) {
			s.all[step].next = i
			return i, false
		}
		others++
	}
	for i := step; !s.all[i].isStart; i = s.all[i].before {
		if bytes.Equal(s.all[i].key, key) {
			return unknownStep, true
		}
	}
	if others >= knownAfter || len(s.all) >= knownSteps || len(key) > longestStep {
		return unknownStep, false
	}
	next = int32(len(s.all))
	token := append(append([]byte{'"'}, key...), '"', ':')
	s.all = append(s.all, jsonStep{key: token[1 : len(token)-2], token: token, before: step, other: s.all[step].first})
	s.all[step].first, s.all[step].next = next, next
	return next, false
}
