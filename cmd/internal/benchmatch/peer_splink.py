"""Runs Splink on a made file with its usual settings for persons, and prints
figures as JSON. The truth column is read for the evaluation alone."""

import json
import logging
import resource
import sys
import time

begun = time.time()

import duckdb
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on

try:
    from splink import DuckDBAPI
except ImportError:
    from splink.backends.duckdb import DuckDBAPI

logging.disable(logging.WARNING)

# The tutorials cut clusters at this probability.
CUT = 0.95
CUTS = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999]

settings = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="record_id",
    comparisons=[
        cl.ForenameSurnameComparison("given_name", "family_name"),
        cl.DateOfBirthComparison("birth_date", input_is_string=True),
        cl.PostcodeComparison("postcode"),
        cl.ExactMatch("city").configure(term_frequency_adjustments=True),
        cl.LevenshteinAtThresholds("address_line", [2, 5]),
        cl.EmailComparison("email"),
        cl.LevenshteinAtThresholds("phone", [1, 2]),
    ],
    blocking_rules_to_generate_predictions=[
        block_on("given_name", "family_name"),
        block_on("family_name", "birth_date"),
        block_on("given_name", "birth_date"),
        block_on("email"),
        block_on("phone"),
        block_on("postcode", "family_name"),
        block_on("postcode", "given_name"),
    ],
)


def rows(con, sql):
    """Runs a statement to its end: a half-read result would block the next."""
    with con.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def read(con, file):
    """All values as lower-case text, empty ones as null, as the manual advises."""
    rows(con, f"create table raw as select * from read_csv('{file}', header = true, all_varchar = true)")
    columns = [row[0] for row in rows(con, "describe raw")]
    cells = ", ".join(
        c if c in ("record_id", "person_id") else f"nullif(lower(strip_accents({c})), '') as {c}" for c in columns
    )
    rows(con, f"create table people as select {cells} from raw")
    rows(con, "drop table raw")
    rows(con, "create table truth as select record_id, person_id from people")
    rows(con, "alter table people drop person_id")


def linker_of(con):
    api = DuckDBAPI(connection=con)
    if hasattr(api, "register"):
        return Linker(api.register("people"), settings)
    return Linker("people", settings, api)


def scores(con, clusters):
    """Pairwise precision and recall of a table of record_id and cluster_id."""
    pairs = "select coalesce(sum(n * (n - 1) / 2), 0) from (select count(*) as n from {} group by {})"
    joined = f"{clusters} join truth using (record_id)"
    found = rows(con, pairs.format(clusters, "cluster_id"))[0][0]
    true = rows(con, pairs.format("truth", "person_id"))[0][0]
    common = rows(con, pairs.format(joined, "cluster_id, person_id"))[0][0]
    precision, recall = float(common) / max(float(found), 1), float(common) / max(float(true), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def main(file):
    con = duckdb.connect()
    read(con, file)
    linker = linker_of(con)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("given_name", "family_name", "birth_date"), block_on("email")], recall=0.7
    )
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("birth_date"), block_on("given_name", "family_name"), block_on("email")):
        training.estimate_parameters_using_expectation_maximisation(rule)
    trained = time.time()
    predictions = linker.inference.predict(threshold_match_probability=min(CUTS))
    pairs = rows(con, f"select count(*) from {predictions.physical_name}")[0][0]
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, CUT)
    done = time.time()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    precision, recall, f1 = scores(con, clusters.physical_name)
    best, at = f1, CUT
    for cut in CUTS:
        other = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, cut)
        hindsight = scores(con, other.physical_name)[2]
        if hindsight > best:
            best, at = hindsight, cut
    records = rows(con, "select count(*) from people")[0][0]
    print(
        json.dumps(
            {
                "part": "splink " + __import__("splink").__version__,
                "records": records,
                "seconds": done - begun,
                "processor_seconds": usage.ru_utime + usage.ru_stime,
                "peak_mb": usage.ru_maxrss // 1024,
                "precision": precision,
                "recall": recall,
                "f1": f1,
                "note": f"cut at {CUT}; read and train {trained - begun:.2f} s; {pairs} pairs above {min(CUTS)}; "
                f"the best of {len(CUTS)} cuts in hindsight, {at}, has F1 {best:.4f}",
            }
        ),
        file=sys.__stdout__,
    )


if __name__ == "__main__":
    sys.stdout = sys.stderr  # what the library says must not mix with the figures
    main(sys.argv[1])
