package extract

import "loadstar/schemas/fault"

// namesShown is how many names of a database an error lists at most.
const namesShown = 20

// didYouMean asks for the known names most like name, or, where none is, lists
// some of them.
func didYouMean(name string, known []string) string {
	if len(fault.Nearest(name, known, nil)) == 0 {
		known = known[:min(namesShown, len(known))]
	}
	return fault.DidYouMean(name, known)
}
