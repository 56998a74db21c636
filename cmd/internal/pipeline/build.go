package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/intake"
	"loadstar/dedupe"
	"loadstar/load"
	"loadstar/load/publish"
	"loadstar/transform"
)

// openBuild prepares the private work folder: a copy of the current version,
// or, on a rebuild, empty databases that take the identity over.
func (j *job) openBuild(ctx context.Context, arrivals []arrival) (*load.Build, error) {
	read := newBytes(arrivals)
	if j.manifest.Full {
		read = j.allBytes(arrivals)
	}
	var from *publish.Version
	identity := ""
	if j.previous != nil {
		if j.manifest.Full {
			identity = filepath.Join(j.previous.Dir, publish.ODSFile)
		} else {
			from = j.previous
		}
	}
	work, err := j.warehouse.Prepare(from)
	if err != nil {
		return nil, err
	}
	isLittle := j.allBytes(arrivals) < littleInput
	lanes := min(j.o.Workers, maxLanes)
	if j.manifest.Full && j.allBytes(arrivals) > muchInput {
		lanes = 1
	}
	return load.Open(ctx, load.Options{
		Work: work, IdentityFrom: identity, MemoryLimit: j.cfg.MemoryLimit, Threads: j.threads(read), Lanes: lanes,
		RunID: j.manifest.Run, AsOf: j.manifest.AsOf, Full: j.manifest.Full, Little: isLittle,
		Counted: func() { j.o.Watch.Add(1) },
	})
}

// maxLanes is how many connections can make models at the same time: hardly
// more of them are independent of each other.
const maxLanes = 4

// muchInput is how many delivered bytes are too many for several models at a
// time to have room for all they make of them.
const muchInput = 1 << 30

// littleInput is how many delivered bytes are little. DuckDB goes through them
// as fast with one thread as with several: it runs many small queries then, and
// handing them out takes a quarter of the processors' time.
const littleInput = 8 << 20

// threads is how many threads DuckDB gets to go through so many bytes.
func (j *job) threads(size int64) int {
	if j.isAutomatic && size < littleInput {
		return 1
	}
	return j.o.Workers
}

// newBytes is the size of what this run loads.
func newBytes(arrivals []arrival) (size int64) {
	for _, a := range arrivals {
		for _, landed := range a.news {
			size += landed.Size
		}
	}
	return size
}

// allBytes is the size of what the version holds and this run loads.
func (j *job) allBytes(arrivals []arrival) int64 {
	size := newBytes(arrivals)
	if j.previous != nil {
		for _, d := range j.previous.Manifest.Deliveries {
			size += d.Size
		}
	}
	return size
}

// hashes names everything beside the deliveries that a version depends on.
func (j *job) hashes() (map[string]string, error) {
	hashes := map[string]string{}
	for _, f := range j.cfg.Feeds {
		plan, err := transform.NewPlan(f.Contract, intake.Defaults(j.cfg.Company))
		if err != nil {
			return nil, fmt.Errorf("feed %s: %w", f.Name, err)
		}
		hashes["contract "+f.Name] = f.Contract.SHA256
		hashes["cleansing "+f.Name] = plan.Hash()
	}
	model, err := load.ModelHash()
	if err != nil {
		return nil, err
	}
	hashes["star"] = model
	decisions, err := folderHash(j.warehouse.Decisions())
	if err != nil {
		return nil, err
	}
	hashes["decisions"] = decisions
	if hashes["selections"], err = folderHash(j.warehouse.Selections()); err != nil {
		return nil, err
	}
	hashes["company"] = companyHash(j.cfg)
	return hashes, nil
}

// companyHash tells settings that all rows depend on from others, wherever
// they stand in the file.
func companyHash(c config.Config) string {
	c.Company.At = nil
	return fmt.Sprintf("%v %v %v", c.Company, c.Dedupe, c.Funnels)
}

// rebuildReason says why the previous version cannot be added to, "" where
// it can.
func (j *job) rebuildReason(arrivals []arrival) string {
	if j.previous == nil {
		return ""
	}
	before := j.previous.Manifest
	if before.Format != publish.FormatVersion {
		return fmt.Sprintf("version %d has file format %d, this release writes %d", before.Version, before.Format, publish.FormatVersion)
	}
	if file, size, fresh := before.Bloated(); file != "" && newBytes(arrivals) > 0 {
		return fmt.Sprintf("%s has grown to %d MB, a fresh one of as many rows takes about %d MB", file, size>>20, fresh>>20)
	}
	for _, a := range arrivals {
		for _, kind := range []string{"contract", "cleansing"} {
			name := kind + " " + a.feed.Name
			if was, known := before.Hashes[name]; known && was != j.manifest.Hashes[name] {
				return fmt.Sprintf("the %s of feed %s changed", kind, a.feed.Name)
			}
		}
	}
	for name, what := range map[string]string{"star": "the model of the star", "company": "the company's settings"} {
		if before.Hashes[name] != j.manifest.Hashes[name] {
			return what + " changed"
		}
	}
	return ""
}

func folderHash(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		if os.IsNotExist(err) {
			return "", nil
		}
		return "", fmt.Errorf("read decisions: %w", err)
	}
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() && filepath.Ext(e.Name()) == ".jsonl" {
			names = append(names, e.Name())
		}
	}
	sort.Strings(names)
	h := sha256.New()
	for _, name := range names {
		text, err := fs.ReadFile(os.DirFS(dir), name)
		if err != nil {
			return "", fmt.Errorf("read decisions: %w", err)
		}
		h.Write(text)
	}
	if len(names) == 0 {
		return "", nil
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func (j *job) dedupeSettings() dedupe.Settings {
	s := dedupe.DefaultSettings()
	s.MarginBits = j.cfg.Dedupe.MarginBits
	s.Workers = j.o.Workers
	s.AlarmSize = j.cfg.Dedupe.AlarmSize
	if j.cfg.Dedupe.PairsPerRecord > 0 {
		s.PairsPerRecord = j.cfg.Dedupe.PairsPerRecord
	}
	return s
}
