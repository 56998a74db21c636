#!/bin/sh
# A plug-in source in shell: survey answers out of a tab-separated file, as JSON
# Lines. The whole each time: the contract says delivery: snapshot.
set -eu

awk -F '\t' '
    function quoted(text) { gsub(/\\/, "&&", text); gsub(/"/, "\\\"", text); return "\"" text "\"" }
    NR > 1 { printf "{\"response_id\": %s, \"email\": %s, \"score\": %s}\n", quoted($1), quoted($2), $3 }
' "${1:-surveys.tsv}"

echo "done" >&2
