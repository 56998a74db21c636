#!/usr/bin/env python3
"""A plug-in source: support tickets, as JSON Lines, newest state of each.

It reads a file instead of a web service, so that it runs anywhere. A real one
would ask the service for what changed since LOADSTAR_CURSOR, page by page.
"""
import json
import os
import sys


def main() -> int:
    after = os.environ.get("LOADSTAR_CURSOR", "")
    state_file = os.environ["LOADSTAR_STATE_FILE"]
    with open(state_file, encoding="utf-8") as f:
        calls = int(f.read() or "0")

    source = sys.argv[1] if len(sys.argv) > 1 else "tickets.json"
    with open(source, encoding="utf-8") as f:
        tickets = json.load(f)

    new = [t for t in tickets if t["updated_at"] > after]
    for ticket in sorted(new, key=lambda t: (t["updated_at"], t["ticket_id"])):
        print(json.dumps(ticket, ensure_ascii=False))

    # The log: how many, never what.
    print(f"{len(new)} of {len(tickets)} tickets are new", file=sys.stderr)

    # The state is kept with the delivery, once its run is published.
    with open(state_file, "w", encoding="utf-8") as f:
        f.write(str(calls + 1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
