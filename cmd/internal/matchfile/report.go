package matchfile

import "loadstar/dedupe"

// Report tells how the files were understood and what matching found. It holds
// no value of the files unless asked for.
type Report struct {
	Inputs     []InputReport `json:"inputs"`
	Records    int           `json:"records"`
	Matching   Matching      `json:"matching"`
	Evaluation *Evaluation   `json:"evaluation,omitempty"`
	Files      []string      `json:"files"`
	Notes      []string      `json:"notes,omitempty"`
	Seconds    float64       `json:"-"`
}

// InputReport says how one file was read.
type InputReport struct {
	Source     string         `json:"source"` // its name in the results
	Path       string         `json:"path"`
	Format     string         `json:"format"`
	Encoding   string         `json:"encoding,omitempty"`
	Delimiter  string         `json:"delimiter,omitempty"`
	Sheet      string         `json:"sheet,omitempty"`
	HasHeader  bool           `json:"has_header"`
	Country    string         `json:"country,omitempty"`
	Rows       int            `json:"rows"`
	Unreadable int            `json:"unreadable_rows,omitempty"`
	Columns    []ColumnReport `json:"columns"`
	Notes      []string       `json:"notes,omitempty"`
}

// ColumnReport says what a column was taken for.
type ColumnReport struct {
	Column string  `json:"column"`
	Field  string  `json:"field"` // "" = not used
	By     string  `json:"by,omitempty"`
	Why    string  `json:"why"`
	Filled float64 `json:"filled"` // share of rows with a value
}

// Matching counts what was matched.
type Matching struct {
	Persons       int           `json:"persons"`
	Organisations int           `json:"organisations"`
	Compared      int64         `json:"pairs_compared"`
	Merged        int           `json:"pairs_merged"`
	Doubtful      int           `json:"pairs_doubtful"` // just below the cut
	CutBits       float64       `json:"cut_bits"`
	Clusters      int           `json:"clusters"`
	Duplicates    int           `json:"duplicates"` // records beyond the first of each cluster
	LargestSize   int           `json:"largest_cluster"`
	Alarms        int           `json:"alarms,omitempty"`     // clusters so large that something is wrong
	OneToOne      *OneToOne     `json:"one_to_one,omitempty"` // null for one input, and where any number was asked for
	Passes        []dedupe.Pass `json:"blocking"`
	Model         string        `json:"model"`
	Reason        string        `json:"reason,omitempty"` // why nothing was matched
}

// OneToOne says whether clusters hold one row of each input at most.
type OneToOne struct {
	Applied bool   `json:"applied"`
	Why     string `json:"why"`
}

// Evaluation compares the clusters with a known truth.
type Evaluation struct {
	Truth          string    `json:"truth"`
	Records        int       `json:"records"`
	Entities       int       `json:"entities"`
	TruePairs      int64     `json:"true_pairs"`
	FoundPairs     int64     `json:"found_pairs"`
	CommonPairs    int64     `json:"common_pairs"`
	Precision      float64   `json:"precision"`
	Recall         float64   `json:"recall"`
	F1             float64   `json:"f1"`
	BPrecision     float64   `json:"b_cubed_precision"`
	BRecall        float64   `json:"b_cubed_recall"`
	BF1            float64   `json:"b_cubed_f1"`
	BlockingRecall *float64  `json:"blocking_recall"` // null where there are too many true pairs to look up
	FalseMerges    []Example `json:"worst_false_merges"`
	Misses         []Example `json:"worst_misses"`
	Notes          []string  `json:"notes,omitempty"`
}

// Example is one wrong decision.
type Example struct {
	Left      Spot              `json:"left"`
	Right     Spot              `json:"right"`
	ScoreBits *float64          `json:"score_bits"` // null where the pair was not compared or far below the cut
	Why       string            `json:"why"`
	Levels    map[string]string `json:"levels,omitempty"`
}

// Spot is one data row; Values only where asked for.
type Spot struct {
	Source string            `json:"source"`
	Row    int64             `json:"row"`
	Values map[string]string `json:"values,omitempty"`
}
