package sample

// rng is a small splitmix64 stream. Every customer, unit and order has its own
// stream, derived from the seed and its number, so that nothing depends on
// what was generated before it.
type rng struct{ state uint64 }

// purpose keeps the streams of one number apart.
type purpose uint64

const (
	forBlock purpose = iota + 1
	forUnit
	forPerson
	forRoles
	forRecord
	forPursuit
	forOrders
	forSessions
	forInvoices
	forActivities
	forChange
	forProduct
	forFinance
	forCampaign
	forEmployee
	forMember
	forPermutation
	forPlant
	forService
)

func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb
	return x ^ (x >> 31)
}

func stream(seed uint64, why purpose, a, b int64) *rng {
	return &rng{mix(mix(mix(seed^uint64(why)<<48)+uint64(a)) + uint64(b))}
}

func (r *rng) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	x := r.state
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb
	return x ^ (x >> 31)
}

// below returns a number in [0, n); 0 where n < 1.
func (r *rng) below(n int) int {
	if n < 1 {
		return 0
	}
	return int((r.next() >> 33) % uint64(n))
}

// between returns a number in [low, high].
func (r *rng) between(low, high int) int { return low + r.below(high-low+1) }

// permille is true n times in a thousand.
func (r *rng) permille(n int) bool { return r.below(1000) < n }

func pick[T any](r *rng, list []T) T { return list[r.below(len(list))] }

// permutation is a keyed bijection of [0, size): four Feistel rounds over the
// next even power of two, walked until the result falls inside.
type permutation struct {
	size uint64
	half uint
	keys [4]uint64
}

func newPermutation(seed uint64, which int64, size int64) permutation {
	p := permutation{size: uint64(size), half: 1}
	for uint64(1)<<(2*p.half) < p.size {
		p.half++
	}
	r := stream(seed, forPermutation, which, 0)
	for i := range p.keys {
		p.keys[i] = r.next()
	}
	return p
}

func (p permutation) at(i int64) int64 {
	x := uint64(i)
	for {
		if x = p.round(x); x < p.size {
			return int64(x)
		}
	}
}

// inverse returns the i for which at(i) is x.
func (p permutation) inverse(x int64) int64 {
	i := uint64(x)
	for {
		if i = p.unround(i); i < p.size {
			return int64(i)
		}
	}
}

func (p permutation) round(x uint64) uint64 {
	mask := uint64(1)<<p.half - 1
	left, right := x>>p.half, x&mask
	for _, k := range p.keys {
		left, right = right, left^(mix(right^k)&mask)
	}
	return left<<p.half | right
}

func (p permutation) unround(x uint64) uint64 {
	mask := uint64(1)<<p.half - 1
	left, right := x>>p.half, x&mask
	for i := len(p.keys) - 1; i >= 0; i-- {
		left, right = right^(mix(left^p.keys[i])&mask), left
	}
	return left<<p.half | right
}
