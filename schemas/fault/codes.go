package fault

// Code names one kind of error for good: it is never reused, and each has a
// section in docs/errors.md.
type Code string

// The codes. LS1: loadstar.yaml and the command line. LS2: contracts. LS3: a
// whole delivery that can't be read. LS4: a row. LS5: a feed, or feeds beside
// each other. LS6: columns that are not those of the contract.
const (
	ConfigSyntax      Code = "LS1001"
	ConfigUnknown     Code = "LS1002"
	ConfigValue       Code = "LS1003"
	ConfigVariable    Code = "LS1004"
	ConfigContract    Code = "LS1005"
	ConfigMismatch    Code = "LS1006"
	ConfigSource      Code = "LS1007"
	ConfigMissing     Code = "LS1008"
	ConfigOpen        Code = "LS1009"
	ConfigFunnel      Code = "LS1010"
	ConfigSQL         Code = "LS1011"
	ContractSyntax    Code = "LS2001"
	ContractUnknown   Code = "LS2002"
	ContractValue     Code = "LS2003"
	ContractLacks     Code = "LS2004"
	ContractField     Code = "LS2005"
	ContractOpen      Code = "LS2006"
	ContractTwice     Code = "LS2007"
	ContractPlan      Code = "LS2008"
	DeliveryOther     Code = "LS3000"
	DeliveryKind      Code = "LS3001"
	DeliveryPacked    Code = "LS3002"
	DeliveryEncoding  Code = "LS3003"
	DeliveryText      Code = "LS3004"
	DeliveryColumn    Code = "LS3005"
	DeliveryExcel     Code = "LS3006"
	DeliveryChanging  Code = "LS3007"
	DeliveryMissing   Code = "LS3008"
	DeliveryPull      Code = "LS3009"
	DeliveryJSON      Code = "LS3010"
	DeliveryParquet   Code = "LS3011"
	DeliveryEmpty     Code = "LS3012"
	DeliveryCut       Code = "LS3013"
	DeliveryDamaged   Code = "LS3014"
	DeliveryEncrypted Code = "LS3015"
	DeliveryTooLarge  Code = "LS3016"
	DeliveryHeader    Code = "LS3017"
	DeliverySheet     Code = "LS3018"
	DeliveryControl   Code = "LS3019"
	DeliveryNested    Code = "LS3020"
	RowOther          Code = "LS4000"
	FeedReference     Code = "LS5001"
	FeedAbsent        Code = "LS5002"
	FeedEmpty         Code = "LS5003"
	FeedShrank        Code = "LS5004"
	FeedErrorShare    Code = "LS5005"
	RunChecks         Code = "LS5006"
	RunUnbalanced     Code = "LS5007"
	RunCluster        Code = "LS5008"
	FeedRowCount      Code = "LS5009"
	FeedStale         Code = "LS5010"
	DriftNew          Code = "LS6001"
	DriftMissing      Code = "LS6002"
	DriftRenamed      Code = "LS6003"
	DriftRetyped      Code = "LS6004"
	ContractUnfed     Code = "LS6005"
	ContractNobody    Code = "LS6006"
)

// Kind is what one code stands for.
type Kind struct {
	Code  Code
	Rule  string // of a Reject; "" where the code is none of a row
	Title string
}

// Kinds lists every code, in order.
func Kinds() []Kind {
	return append(append(documentKinds(), rowKinds()...), feedKinds()...)
}

func documentKinds() []Kind {
	return []Kind{
		{ConfigSyntax, "", "loadstar.yaml is no YAML"},
		{ConfigUnknown, "", "loadstar.yaml has an unknown key"},
		{ConfigValue, "", "a value in loadstar.yaml does not fit"},
		{ConfigVariable, "", "an environment variable is not set"},
		{ConfigContract, "", "a contract can't be read"},
		{ConfigMismatch, "", "loadstar.yaml and a contract contradict each other"},
		{ConfigSource, "", "a feed's source is unclear"},
		{ConfigMissing, "", "there is no loadstar.yaml"},
		{ConfigOpen, "", "loadstar.yaml has a value that was left open"},
		{ConfigFunnel, "", "a funnel of the project can't be followed"},
		{ConfigSQL, "", "a mart or check of the project can't be used"},
		{ContractSyntax, "", "a contract is no YAML"},
		{ContractUnknown, "", "a contract has an unknown key or property"},
		{ContractValue, "", "a value in a contract does not fit"},
		{ContractLacks, "", "a contract lacks something it needs"},
		{ContractField, "", "a contract names an entity or field that does not exist"},
		{ContractOpen, "", "a contract has a value that was left open"},
		{ContractTwice, "", "a contract says one thing twice"},
		{ContractPlan, "", "a contract can't be followed"},
		{DeliveryOther, "", "a delivery can't be read"},
		{DeliveryKind, "", "a delivery is another kind of file"},
		{DeliveryPacked, "", "a delivery is packed otherwise than its contract says"},
		{DeliveryEncoding, "", "a delivery has another encoding"},
		{DeliveryText, "", "the text of a delivery can't be cut into rows"},
		{DeliveryColumn, "", "a required column is missing"},
		{DeliveryExcel, "", "a workbook can't be read"},
		{DeliveryChanging, "", "a delivery changed while it was read"},
		{DeliveryMissing, "", "a delivery is not there or its name does not fit"},
		{DeliveryPull, "", "a table can't be pulled"},
		{DeliveryJSON, "", "the JSON of a delivery can't be cut into records"},
		{DeliveryParquet, "", "a Parquet file can't be read"},
		{DeliveryEmpty, "", "a delivery holds nothing, not even a header"},
		{DeliveryCut, "", "a delivery ends before its end"},
		{DeliveryDamaged, "", "a delivery is damaged"},
		{DeliveryEncrypted, "", "a delivery needs a password"},
		{DeliveryTooLarge, "", "a part of a delivery is beyond what is read"},
		{DeliveryHeader, "", "a header is missing, ambiguous or unreadable"},
		{DeliverySheet, "", "no worksheet is the one that the contract reads"},
		{DeliveryControl, "", "a delivery's own totals are not what its rows give"},
		{DeliveryNested, "", "a column has no text"},
	}
}

func rowKinds() []Kind {
	return []Kind{
		{RowOther, "", "a row breaks a rule that has no code of its own"},
		{"LS4001", "required", "a required value is missing"},
		{"LS4002", "key.missing", "a row has no key"},
		{"LS4003", "type.integer", "a value is no whole number"},
		{"LS4004", "type.number", "a value is no number"},
		{"LS4005", "scale", "an amount has too many decimal places"},
		{"LS4006", "type.boolean", "a value is neither true nor false"},
		{"LS4007", "type.date", "a value is no date"},
		{"LS4008", "type.timestamp", "a value is no moment"},
		{"LS4009", "range", "a value is out of bounds"},
		{"LS4010", "length", "a text is too short or too long"},
		{"LS4011", "pattern", "a text does not match its pattern"},
		{"LS4012", "allowed", "a value is none of the valid ones"},
		{"LS4013", "unique", "a value that must be unique comes again"},
		{"LS4014", "key.conflict", "a key comes again with other content"},
		{"LS4015", "email.invalid", "a required e-mail address is none"},
		{"LS4016", "phone.invalid", "a required phone number is none"},
		{"LS4017", "country.unknown", "a required country is unknown"},
		{"LS4018", "currency.unknown", "the currency of a row is unknown"},
		{"LS4020", "encoding", "a row holds bytes that are no text"},
		{"LS4021", "nul", "a row holds a NUL"},
		{"LS4022", "csv.quote", "a quote is not closed, or text stands behind it"},
		{"LS4023", "csv.ragged", "a row has too many or too few cells"},
		{"LS4024", "json.syntax", "a record is no JSON"},
		{"LS4025", "json.depth", "a record is nested too deep"},
		{"LS4026", "json.duplicate_key", "a key comes twice in one record"},
		{"LS4027", "excel.no_header", "a cell has a value and its column no header"},
		{"LS4028", "excel.error", "a cell shows an error"},
		{"LS4029", "excel.formula_uncached", "a formula has no stored result"},
		{"LS4030", "excel.shared_string", "a cell points to a text that is not there"},
		{"LS4031", "encoding.mojibake", "a text was read in another encoding before"},
		{"LS4032", "json.nested", "a record holds an object or a list where a value belongs"},
		{"LS4033", "fixed.short", "a line of fixed text ends within a column"},
		{"LS4034", "totals.difference", "a totals row is not the sum of its rows"},
		{"LS4035", "currency.mismatch", "an amount names another currency than its row"},
		{"LS4036", "multiple", "a number is no multiple of what its contract says"},
		{"LS4037", "row.unclaimed", "a row concerns no object of its contract"},
		{"LS4038", "text.shortened", "a spreadsheet has shortened a long number"},
		{"LS4039", "row.no_record", "a row is a total, a note or an end mark, and no record"},
		{"LS4040", "fixed.long", "a value of fixed text goes on behind its column"},
	}
}

func feedKinds() []Kind {
	return []Kind{
		{FeedReference, "reference", "a row points to something that no feed delivers"},
		{FeedAbsent, "", "a feed is absent"},
		{FeedEmpty, "", "a delivery holds no row"},
		{FeedShrank, "", "a delivery is under half the size of the one before"},
		{FeedErrorShare, "", "too many rows of a feed broke its contract"},
		{RunChecks, "", "checks of the new version failed"},
		{RunUnbalanced, "", "rows or money do not add up"},
		{RunCluster, "", "a customer would be made of suspiciously many parties"},
		{FeedRowCount, "", "a delivery has more or fewer rows than its contract says"},
		{FeedStale, "", "a feed is older than its contract promises"},
		{DriftNew, "", "a column is new"},
		{DriftMissing, "", "an optional column is missing"},
		{DriftRenamed, "", "a column seems renamed"},
		{DriftRetyped, "", "a column seems to have another type"},
		{ContractUnfed, "", "an object of a contract feeds nothing but its key"},
		{ContractNobody, "", "no feed tells of the customers that a column names"},
	}
}

// OfRule is the code of a reject's rule.
func OfRule(rule string) Code {
	for _, k := range Kinds() {
		if k.Rule == rule && rule != "" {
			return k.Code
		}
	}
	return RowOther
}

// Title says what the code stands for, "" where it is none.
func (c Code) Title() string {
	for _, k := range Kinds() {
		if k.Code == c {
			return k.Title
		}
	}
	return ""
}
