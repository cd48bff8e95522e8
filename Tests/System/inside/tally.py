"""Holds what Gupy was told against what is on disk and what the provider got, and prints both as JSON.

  tally.py [STATE [PLACE]]
"""
import collections
import json
import pathlib
import sys

state = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/var/lib/gatilho")
place = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "/srv/test")
rows = [line.split() for line in (place / "posted").read_text().splitlines()]
kept = "".join(path.read_text() for path in (state / "applications").glob("*/*.jsonl"))
sent = collections.Counter((place / "sent").read_text().split())
done = [row for row in rows if row[0] == "200"]
print(json.dumps({
    "posted": len(rows), "done": len(done), "lost": sum(row[1] not in kept for row in done),
    "unsent": sum(row[2] == "accepted" and row[1] not in sent for row in done),
    "twice": sum(count > 1 for count in sent.values())}))
