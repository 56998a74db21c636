package dedupe

import "slices"

// Scores compare clusters with a known truth. Shares are 0..1; a share of
// nothing is 1.
type Scores struct {
	TruePairs, FoundPairs, CommonPairs int64
	Precision, Recall, F1              float64 // of pairs
	BPrecision, BRecall, BF1           float64 // B-cubed: of records
}

// Evaluate compares clusters with the truth: the entity of each record key.
// Records that the truth doesn't name are left out.
func Evaluate(clusters [][]int64, truth map[int64]string) Scores {
	var s Scores
	sizes := map[string]int64{}
	records := 0.0
	var bPrecision, bRecall float64
	for _, entity := range truth {
		sizes[entity]++
	}
	for _, cluster := range clusters {
		met := map[string]int64{}
		size := int64(0)
		for _, key := range cluster {
			if entity, ok := truth[key]; ok {
				met[entity]++
				size++
			}
		}
		s.FoundPairs += size * (size - 1) / 2
		entities := make([]string, 0, len(met))
		for entity := range met {
			entities = append(entities, entity)
		}
		slices.Sort(entities) // a sum of floats depends on its order
		for _, entity := range entities {
			common := met[entity]
			s.CommonPairs += common * (common - 1) / 2
			bPrecision += float64(common*common) / float64(size)
			bRecall += float64(common*common) / float64(sizes[entity])
		}
		records += float64(size)
	}
	for _, size := range sizes {
		s.TruePairs += size * (size - 1) / 2
	}
	s.Precision = ratio(float64(s.CommonPairs), float64(s.FoundPairs))
	s.Recall = ratio(float64(s.CommonPairs), float64(s.TruePairs))
	s.F1 = harmonic(s.Precision, s.Recall)
	s.BPrecision, s.BRecall = ratio(bPrecision, records), ratio(bRecall, records)
	s.BF1 = harmonic(s.BPrecision, s.BRecall)
	return s
}

func ratio(part, whole float64) float64 {
	if whole == 0 {
		return 1
	}
	return part / whole
}

func harmonic(a, b float64) float64 {
	if a+b == 0 {
		return 0
	}
	return 2 * a * b / (a + b)
}
