package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/pipeline"
	"loadstar/load/publish"
)

func (a *app) statusCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "Show the kept versions and what the current one holds",
		Long: `Lists the kept versions (as of when, how built, customers, size), the current one
marked with *, and for each feed its newest delivery. It writes nothing.`,
		Example: "  loadstar status\n  loadstar status --project demo",
		Args:    noArgs,
		RunE:    func(*cobra.Command, []string) error { return a.status() },
	}
}

func (a *app) status() error {
	w, cfg, err := a.warehouse()
	if err != nil {
		return err
	}
	current, err := w.Current()
	if err != nil {
		return err
	}
	kept, err := w.Kept()
	if err != nil {
		return err
	}
	var rows [][]string
	for _, n := range kept {
		v, err := w.Version(n)
		if err != nil {
			return err
		}
		rows = append(rows, versionRow(v, v.Number == current.Number))
	}
	grid(a.out, []string{"version", "as of", "built", "took", "kind", "deliveries", "customers", "size"}, rows, 1, 4, 6, 7, 8)
	last := map[string]publish.Delivery{}
	count := map[string]int64{}
	for _, d := range current.Manifest.Deliveries {
		last[d.Feed] = d
		count[d.Feed]++
	}
	for _, d := range current.Manifest.Again {
		count[d.Feed]++
		if l := last[d.Feed]; d.DeliveredAt.After(l.DeliveredAt) {
			l.Path, l.DeliveredAt = d.Path, d.DeliveredAt
			last[d.Feed] = l
		}
	}
	rows = nil
	for _, f := range cfg.Feeds {
		d, ok := last[f.Name]
		if !ok {
			rows = append(rows, []string{f.Name, "0", "never delivered", "", ""})
			continue
		}
		when := "undated"
		if !d.DeliveredAt.IsZero() {
			when = day(d.DeliveredAt)
		}
		rows = append(rows, []string{f.Name, thousands(count[f.Name]), d.Path, when, thousands(d.Rows)})
	}
	fmt.Fprintln(a.out)
	grid(a.out, []string{"feed", "deliveries", "last delivery", "delivered", "rows"}, rows, 2, 5)
	return nil
}

func versionRow(v publish.Version, isCurrent bool) []string {
	m := v.Manifest
	name := fmt.Sprint(v.Number)
	if isCurrent {
		name = "* " + name
	}
	kind := "added"
	if m.Full {
		kind = "full"
	}
	customers := ""
	if r, err := pipeline.DecodeReport(m.Report); err == nil {
		customers = thousands(r.Identity.Customers)
	}
	return []string{name, day(m.AsOf), day(m.FinishedAt), fmt.Sprintf("%.1fs", m.FinishedAt.Sub(m.StartedAt).Seconds()), kind,
		thousands(int64(len(m.Deliveries) + len(m.Again))), customers, fmt.Sprintf("%d MB", (m.Sizes[publish.WarehouseFile]+m.Sizes[publish.ODSFile])>>20)}
}
