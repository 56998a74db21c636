package schemas

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"loadstar/schemas/fault"
)

// The documents as written; ParseContract turns them into a Contract. What is
// any is for people: it is taken as it stands.
type (
	document struct {
		APIVersion  string        `yaml:"apiVersion"`
		Kind        string        `yaml:"kind"`
		ID          string        `yaml:"id"`
		Name        string        `yaml:"name"`
		Version     string        `yaml:"version"`
		Status      string        `yaml:"status"`
		Domain      string        `yaml:"domain"`
		Tenant      string        `yaml:"tenant"`
		Tags        []string      `yaml:"tags"`
		Description description   `yaml:"description"`
		Team        any           `yaml:"team"`
		Support     any           `yaml:"support"`
		Servers     any           `yaml:"servers"`
		Roles       any           `yaml:"roles"`
		Price       any           `yaml:"price"`
		Product     any           `yaml:"dataProduct"`
		Created     any           `yaml:"contractCreatedTs"`
		Defined     any           `yaml:"authoritativeDefinitions"`
		SLADefault  any           `yaml:"slaDefaultElement"`
		SLA         []slaEntry    `yaml:"slaProperties"`
		Custom      []customEntry `yaml:"customProperties"`
		Schema      []objectEntry `yaml:"schema"`
		At          fault.Places  `yaml:"-"`
	}
	slaEntry struct {
		Property    string `yaml:"property"`
		Value       any    `yaml:"value"`
		ValueExt    any    `yaml:"valueExt"`
		Unit        string `yaml:"unit"`
		Element     string `yaml:"element"`
		Driver      string `yaml:"driver"`
		Description string `yaml:"description"`
		Scheduler   string `yaml:"scheduler"`
		Schedule    string `yaml:"schedule"`
		ID          string `yaml:"id"`
	}
	description struct {
		Purpose     string `yaml:"purpose"`
		Limitations string `yaml:"limitations"`
		Usage       string `yaml:"usage"`
		Defined     any    `yaml:"authoritativeDefinitions"`
		Custom      any    `yaml:"customProperties"`
	}
	customEntry struct {
		Property string       `yaml:"property"`
		Value    yamlValue    `yaml:"value"`
		At       fault.Places `yaml:"-"`
	}
	objectEntry struct {
		Name         string          `yaml:"name"`
		ID           any             `yaml:"id"`
		BusinessName any             `yaml:"businessName"`
		Granularity  any             `yaml:"dataGranularityDescription"`
		Defined      any             `yaml:"authoritativeDefinitions"`
		PhysicalName string          `yaml:"physicalName"`
		PhysicalType string          `yaml:"physicalType"`
		LogicalType  string          `yaml:"logicalType"`
		Description  string          `yaml:"description"`
		Tags         []string        `yaml:"tags"`
		Custom       []customEntry   `yaml:"customProperties"`
		Quality      []qualityEntry  `yaml:"quality"`
		Properties   []propertyEntry `yaml:"properties"`
		Relations    []relationEntry `yaml:"relationships"`
		At           fault.Places    `yaml:"-"`
	}
	propertyEntry struct {
		Name           string          `yaml:"name"`
		LogicalType    string          `yaml:"logicalType"`
		PhysicalType   string          `yaml:"physicalType"`
		Description    string          `yaml:"description"`
		BusinessName   string          `yaml:"businessName"`
		Tags           []string        `yaml:"tags"`
		Required       bool            `yaml:"required"`
		Unique         bool            `yaml:"unique"`
		PrimaryKey     bool            `yaml:"primaryKey"`
		KeyPosition    int             `yaml:"primaryKeyPosition"`
		Classification string          `yaml:"classification"`
		Examples       []any           `yaml:"examples"`
		ID             any             `yaml:"id"`
		PhysicalName   any             `yaml:"physicalName"`
		Critical       any             `yaml:"criticalDataElement"`
		EncryptedName  any             `yaml:"encryptedName"`
		Partitioned    any             `yaml:"partitioned"`
		PartitionKey   any             `yaml:"partitionKeyPosition"`
		MadeFrom       any             `yaml:"transformSourceObjects"`
		MadeBy         any             `yaml:"transformLogic"`
		MadeHow        any             `yaml:"transformDescription"`
		Defined        any             `yaml:"authoritativeDefinitions"`
		Options        optionsEntry    `yaml:"logicalTypeOptions"`
		Quality        []qualityEntry  `yaml:"quality"`
		Relations      []relationEntry `yaml:"relationships"`
		Custom         []customEntry   `yaml:"customProperties"`
		At             fault.Places    `yaml:"-"`
	}
	optionsEntry struct {
		Minimum          string `yaml:"minimum"`
		Maximum          string `yaml:"maximum"`
		ExclusiveMinimum string `yaml:"exclusiveMinimum"`
		ExclusiveMaximum string `yaml:"exclusiveMaximum"`
		MultipleOf       string `yaml:"multipleOf"`
		MinLength        int    `yaml:"minLength"`
		MaxLength        int    `yaml:"maxLength"`
		Pattern          string `yaml:"pattern"`
		Format           string `yaml:"format"`
		Zone             bool   `yaml:"timezone"`
		DefaultZone      string `yaml:"defaultTimezone"`

		At fault.Places `yaml:"-"`
	}
	dialectEntry struct {
		Format      string       `yaml:"format"`
		Encoding    string       `yaml:"encoding"`
		Delimiter   string       `yaml:"delimiter"`
		Quote       string       `yaml:"quote"`
		Escape      string       `yaml:"escape"`
		Header      *int         `yaml:"header"`
		Skip        int          `yaml:"skip"`
		Comment     string       `yaml:"comment"`
		Trim        bool         `yaml:"trim"`
		Ragged      string       `yaml:"ragged"`
		Sheets      globs        `yaml:"sheets"`
		NotSheets   globs        `yaml:"not_sheets"`
		HeaderJoin  *string      `yaml:"header_join"`
		HeaderFind  []string     `yaml:"header_find"`
		HeaderIn    int          `yaml:"header_within"`
		HiddenRows  string       `yaml:"hidden_rows"`
		HiddenSheet string       `yaml:"hidden_sheets"`
		HiddenCols  string       `yaml:"hidden_columns"`
		Columns     string       `yaml:"columns"`
		TableEnds   string       `yaml:"table_ends"`
		NextTable   []string     `yaml:"next_table"`
		MergedCells string       `yaml:"merged_cells"`
		Totals      []matchEntry `yaml:"totals"`
		Records     []string     `yaml:"records"`
		Compression string       `yaml:"compression"`
		EndedLine   string       `yaml:"final_newline"`
		Trailer     trailerEntry `yaml:"trailer"`
		At          fault.Places `yaml:"-"`
	}
	trailerEntry struct {
		Match string      `yaml:"match"`
		Rows  int         `yaml:"rows"`
		Start int         `yaml:"start"`
		Width int         `yaml:"width"`
		Sums  []spotEntry `yaml:"sums"`
	}
	spotEntry struct {
		Column string `yaml:"column"`
		Cell   int    `yaml:"cell"`
		Start  int    `yaml:"start"`
		Width  int    `yaml:"width"`
	}
	matchEntry struct {
		Column  string `yaml:"column"`
		Pattern string `yaml:"pattern"`
	}
	localeEntry struct {
		Decimal  string `yaml:"decimal"`
		Group    string `yaml:"group"`
		Grouping string `yaml:"grouping"`
		Date     string `yaml:"date"`
		TimeZone string `yaml:"time_zone"`
		Country  string `yaml:"country"`
		Currency string `yaml:"currency"`
	}
	deliveredEntry struct {
		Pattern  string `yaml:"pattern"`
		Layout   string `yaml:"layout"`
		Optional bool   `yaml:"optional"`
	}
)

// yamlValue keeps a custom property's value until its type is known.
type yamlValue struct{ fault.Value }

func (v yamlValue) into(target any) error { return v.Into(target) }

// The words that customProperties of a contract, an object and a property know.
var (
	contractWords = []string{"system", "delivery", "partition", "delivered", "dialect", "locale", "duplicates", "error_share", "allow"}
	objectWords   = []string{"entity", "path", "when", "repeats", "references"}
	propertyWords = []string{"field", "aliases", "absent", "constant", "from", "part", "version", "nulls", "layout", "unit", "clean", "start", "width", "words", "matches", "prefix", "negate", "float", "fill", "counts", "else", "time"}
)

// applyEach applies custom properties, each once. what names their owner in
// errors.
func applyEach(faults *fault.List, what string, entries []customEntry, words []string, apply func(customEntry) error) {
	seen := map[string]bool{}
	for _, c := range entries {
		switch {
		case !slices.Contains(words, c.Property):
			faults.Add(c.At["property"], fault.ContractUnknown,
				fmt.Errorf("%scustomProperties: %w", what, fault.Unknown("", "property", c.Property, words)))
		case seen[c.Property]:
			faults.Add(c.At["property"], fault.ContractTwice, fmt.Errorf("%scustomProperties: %s stands twice", what, c.Property))
		default:
			if err := apply(c); err != nil {
				faults.Add(c.Value.Place(), fault.ContractValue, fmt.Errorf("%scustomProperties: %s: %w", what, c.Property, err))
			}
		}
		seen[c.Property] = true
	}
}

var feedName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// ParseContract reads one contract document. file is used in messages only.
// The error is a fault.List of everything that is wrong, each with file, line
// and column.
func ParseContract(file string, text []byte) (Contract, error) {
	var doc document
	faults := fault.Decode(text, fault.Codes{
		Syntax: fault.ContractSyntax, Unknown: fault.ContractUnknown, Value: fault.ContractValue, Open: fault.ContractOpen,
	}, &doc)
	if len(faults) > 0 && faults[0].Code == fault.ContractSyntax {
		return Contract{}, faults.In(file)
	}
	c, wrong := doc.contract()
	for _, w := range wrong {
		if !slices.ContainsFunc(faults, func(f *fault.Error) bool { return f.At == w.At }) {
			faults = append(faults, w)
		}
	}
	if len(faults) > 0 {
		slices.SortStableFunc(faults, func(a, b *fault.Error) int { return a.At.Line - b.At.Line })
		return Contract{}, faults.In(file)
	}
	sum := sha256.Sum256(text)
	c.SHA256 = hex.EncodeToString(sum[:])
	return c, nil
}

func (d document) contract() (Contract, fault.List) {
	c := Contract{
		Feed:        d.Name,
		Version:     d.Version,
		Description: d.Description.Purpose,
		System:      d.Name,
		Delivery:    Delta,
		Duplicates:  FlagDuplicates,
		ErrorShare:  DefaultErrorShare,
		Dialect:     defaultDialect(),
		Locale:      Locale{Decimal: ".", Date: "iso"},
	}
	faults := d.head()
	applyEach(&faults, "", d.Custom, contractWords, c.applyCustom)
	if c.Partition != nil && c.Delivery != Snapshot {
		faults.Add(d.At["customProperties"], fault.ContractValue, fmt.Errorf("partition needs delivery: snapshot: it says of which rows a delivery is the whole"))
	}
	promised := map[string]bool{}
	for _, p := range d.SLA {
		if promised[p.Property] && (p.Property == "frequency" || p.Property == "latency") {
			faults.Add(d.At["slaProperties"], fault.ContractTwice, fmt.Errorf("slaProperties: %s stands twice", p.Property))
		}
		promised[p.Property] = true
		if err := c.applySLA(p); err != nil {
			faults.Add(d.At["slaProperties"], fault.ContractValue, fmt.Errorf("slaProperties: %s: %w", p.Property, err))
		}
	}
	seen := map[string]bool{}
	for _, entry := range d.Schema {
		o, wrong := entry.object()
		for _, w := range wrong {
			faults.Add(entry.At[""], fault.ContractValue, fmt.Errorf("schema %s: %w", entry.Name, w))
		}
		if seen[o.Name] {
			faults.Add(entry.At["name"], fault.ContractTwice, fmt.Errorf("schema %s: two objects have this name", o.Name))
		}
		seen[o.Name] = true
		if c.Delivery != Append && !o.Keyed() && len(wrong) == 0 {
			faults.Add(entry.At["name"], fault.ContractLacks,
				fmt.Errorf("schema %s: delivery %s needs a property with primaryKey: true", o.Name, c.Delivery))
		}
		c.Objects = append(c.Objects, o)
	}
	if len(faults) == 0 {
		faults = append(d.applyRelations(&c), d.applyZones(&c)...)
	}
	faults.Add(d.At["customProperties"], fault.ContractValue, c.CheckFormat(c.Dialect.Format))
	return c, faults
}

// head checks what stands before the objects.
func (d document) head() fault.List {
	var faults fault.List
	at := func(key string) fault.Place {
		if p, ok := d.At[key]; ok {
			return p
		}
		return fault.Place{Line: 1, Column: 1}
	}
	if d.Kind != "DataContract" {
		faults.Add(at("kind"), fault.ContractValue, fmt.Errorf("kind is %q, expected DataContract", d.Kind))
	}
	if !strings.HasPrefix(d.APIVersion, "v3.") {
		faults.Add(at("apiVersion"), fault.ContractValue, fmt.Errorf("apiVersion is %q, expected v3.1.0", d.APIVersion))
	}
	if !feedName.MatchString(d.Name) {
		faults.Add(at("name"), fault.ContractValue, fmt.Errorf("name is %q, expected lower-case letters, digits and _", d.Name))
	}
	if len(d.Schema) == 0 {
		faults.Add(at("schema"), fault.ContractLacks, errors.New("schema lists no object"))
	}
	return faults
}

// DefaultErrorShare is the share of a delivery's rows that may be quarantined
// where the contract says nothing.
const DefaultErrorShare = 0.05
