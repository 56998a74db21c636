package dedupe

// guard makes the ratio of match to chance fall along the chains of f, by
// pooling neighbours that violate it.
func (m *mixture) guard(f field) {
	const rounds = 3 // chains share levels: settle them in turn
	for range rounds {
		for _, chain := range chains(f) {
			m.pool(f, chain)
		}
	}
	for range chains(f) { // what pooling in turn has left
		for _, chain := range chains(f) {
			m.clip(f, chain)
		}
	}
}

// clip lowers the levels of a chain that speak more for a match than the one
// before.
func (m *mixture) clip(f field, chain []uint8) {
	match, chance := &m.match[f], &m.chance[f]
	for i := 1; i < len(chain); i++ {
		before, l := chain[i-1], chain[i]
		if chance[before] > 0 {
			match[l] = min(match[l], match[before]*chance[l]/chance[before])
		}
	}
}

func (m *mixture) pool(f field, chain []uint8) {
	type block struct{ match, chance float64 }
	var blocks []block
	var sizes []int
	for _, l := range chain {
		blocks = append(blocks, block{m.match[f][l], m.chance[f][l]})
		sizes = append(sizes, 1)
		for n := len(blocks); n > 1 && blocks[n-2].match*blocks[n-1].chance < blocks[n-1].match*blocks[n-2].chance; n-- {
			blocks[n-2].match += blocks[n-1].match
			blocks[n-2].chance += blocks[n-1].chance
			sizes[n-2] += sizes[n-1]
			blocks, sizes = blocks[:n-1], sizes[:n-1]
		}
	}
	at := 0
	for i, b := range blocks {
		for range sizes[i] {
			if sizes[i] > 1 && b.chance > 0 {
				m.match[f][chain[at]] = m.chance[f][chain[at]] * b.match / b.chance
			}
			at++
		}
	}
}
