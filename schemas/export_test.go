package schemas

import "slices"

// ContractWords are the words of customProperties.
func ContractWords() []string { return slices.Concat(contractWords, objectWords, propertyWords) }
