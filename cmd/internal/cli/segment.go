package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/pipeline"
	"loadstar/load"
	"loadstar/schemas/fault"
)

type segmentFlags struct{ campaign, system, out, who string }

func (a *app) segmentCommand() *cobra.Command {
	var f segmentFlags
	cmd := &cobra.Command{
		Use:   "segment NAME",
		Short: "Select customers for a campaign by a saved query",
		Long: `Runs NAME.sql of the folder that segments: in loadstar.yaml names; the query
selects customer_key from the tables of the star. Whoever refused marketing, or
unsubscribed from or blocked an earlier campaign, is left out: no list ever
holds them. The list goes to --out, a sheet with name and contact data, readable
by you alone.

With --campaign, an id of dim_campaign, the selection is recorded in the
warehouse and stands in fact_campaign_member from the next run on. With
--system, customers are named by their record in that system, and those without
one are left out.`,
		Example: `  loadstar segment sleeping_buyers --out list.csv
  loadstar segment sleeping_buyers --campaign K10024 --system crm --out list.csv`,
		Args: oneArg,
		RunE: func(cmd *cobra.Command, args []string) error { return a.segment(cmd.Context(), cmd, args[0], f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", "CSV file to write, or a workbook where it ends in .xlsx; must not exist")
	flags.StringVar(&f.campaign, "campaign", "", "record the selection for this campaign")
	flags.StringVar(&f.system, "system", "", "source system whose records are named")
	whoFlag(cmd, &f.who, "selects")
	return cmd
}

func (a *app) segment(ctx context.Context, cmd *cobra.Command, name string, f segmentFlags) (err error) {
	switch {
	case f.out == "" && f.campaign == "":
		return &usageError{errors.New("say what becomes of the selection: --out FILE, --campaign ID, or both")}
	case f.campaign != "" && f.who == "":
		return missingWho("selects")
	}
	w, cfg, err := a.warehouse()
	if err != nil {
		return err
	}
	if systems := systemsOf(cfg); f.system != "" && !slices.Contains(systems, f.system) {
		return &usageError{fmt.Errorf("--system: no feed comes from %q; %s", f.system, fault.DidYouMean(f.system, systems))}
	}
	query, err := pipeline.Segment(cfg, name)
	if err != nil {
		return &usageError{err}
	}
	r, err := a.reader(cmd, 0)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, r.Close()) }()
	if !r.HasODS {
		return errors.New("a segment needs ods.duckdb, which you may not read; ask its owner")
	}
	if err := knownCampaign(ctx, r, f.campaign); err != nil {
		return err
	}
	text, err := exportQueries.ReadFile("export/segment.sql")
	if err != nil {
		return fmt.Errorf("segment: %w", err)
	}
	columns, rows, err := r.Rows(ctx, segmentQuery(string(text), query, f.system), "", 0)
	if err != nil {
		return fmt.Errorf("segment %s: %w", name, err)
	}
	list, chosen, refusing, without := chosenOf(rows, load.Selection{Segment: name, Campaign: f.campaign, At: time.Now().UTC(), Who: f.who})
	if f.out != "" {
		if err := writeSheet(f.out, "customers", nil, append([]string{columns[0]}, columns[3:]...), list); err != nil {
			return fmt.Errorf("segment %s: %w", name, err)
		}
	}
	if f.campaign != "" {
		if err := pipeline.Select(w, name, chosen); err != nil {
			return err
		}
	}
	fmt.Fprintf(a.out, "%s customers selected; left out: %s who refused marketing, %s without a record to name.\n",
		thousands(int64(len(list))), thousands(int64(refusing)), thousands(int64(without)))
	if f.campaign != "" {
		fmt.Fprintln(a.out, "The selection stands in fact_campaign_member from the next `loadstar run` on.")
	}
	return nil
}

// segmentQuery puts the saved query in front of the shipped one.
func segmentQuery(shipped, saved, system string) string {
	saved = strings.TrimRight(strings.TrimSpace(saved), ";")
	shipped = strings.ReplaceAll(shipped, "{system}", strings.ReplaceAll(system, "'", "''"))
	return strings.Replace(shipped, "with chosen as (", "with segment_query as (\n"+saved+"\n),\n\nchosen as (", 1)
}

func knownCampaign(ctx context.Context, r *load.Reader, campaign string) error {
	if campaign == "" {
		return nil
	}
	_, rows, err := r.Rows(ctx, "select 1 from dim_campaign where campaign_key > 0 and campaign_id = '"+strings.ReplaceAll(campaign, "'", "''")+"'", "", 1)
	if err != nil {
		return fmt.Errorf("find campaign: %w", err)
	}
	if len(rows) == 0 {
		return &usageError{fmt.Errorf("no campaign has the id %q; see `loadstar query \"from dim_campaign\"`", short(campaign, 40))}
	}
	return nil
}

// chosenOf parts the answer of export/segment.sql: whom to write to, and how
// many are left out.
func chosenOf(rows [][]string, like load.Selection) (list [][]string, chosen []load.Selection, refusing, without int) {
	for _, row := range rows {
		party, err := strconv.ParseInt(row[2], 10, 64)
		switch {
		case row[1] == "true":
			refusing++
		case err != nil:
			without++
		default:
			list = append(list, append([]string{row[0]}, row[3:]...))
			s := like
			s.Party = party
			chosen = append(chosen, s)
		}
	}
	return list, chosen, refusing, without
}
