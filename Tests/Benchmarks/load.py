"""Load: webhooks, one to see that the answer is right, many to see what they cost."""
import http.client
import itertools
import json
import os
import subprocess

from peer import FLOORS
from place import HERE, PORTS, ROOT, SECRET

FIXTURE = ROOT / "Tests/Fixtures/gupy/application-moved-full.json"
# Applications, nine digits each so that all lines are of equal length. Each load takes a range that
# nobody posted for before, each single webhook one.
KNOWN = 110_000_000
STORED = 200_000_000
singles = itertools.count(120_000_000)
loads = itertools.count(300_000_000, 1_000_000)
runs = itertools.count(1)
# Loads keep to so few of the thousand folders that each worker has soon synced what stands above them,
# which it does once in its life.
FOLDERS = 20


def template(kind):
    """The fixture's webhook as EVENT of APPLICATION; one that is ignored goes to a final step."""
    text = FIXTURE.read_text().strip()
    payload = json.loads(text)
    text = text.replace(payload["id"], "EVENT")
    text = text.replace(str(payload["data"]["application"]["id"]), "APPLICATION")
    return text.replace('"offline"', '"final"') if kind == "ignored" else text


def numbered(first, index):
    """The applications of a load, in their order."""
    return first + index % FOLDERS + index // FOLDERS * 1000


def event_id(run, number):
    """As long as Gupy's."""
    return f"{run:08x}-0000-4000-8000-{number:012}"


def webhook(kind, application):
    """One event of each application: posted again it is a duplicate."""
    text = template(kind).replace("EVENT", event_id(0, application))
    return text.replace("APPLICATION", str(application)).encode()


def secret(kind):
    return "wrong" if kind == "wrong secret" else SECRET


def expect(name, kind, status, text):
    """Leaves unless an answer is what the peer should say; the floors answer an empty 200."""
    if name in FLOORS:
        is_right = status == 200 and not text
    elif kind == "wrong secret":
        is_right = status == 401
    else:
        body = json.loads(text or "{}")
        is_right = status == 200 and kind == ("duplicate" if "duplicate" in body else body["status"])
    if not is_right:
        raise SystemExit(f"run: {name} answered {status} {text!r} to {kind}")


def post_one(peer, kind, application=None):
    """Posts one webhook, and leaves unless the answer is as it should be."""
    body = webhook(kind, application or next(singles))
    connection = http.client.HTTPConnection("127.0.0.1", PORTS[peer.name], timeout=30)
    connection.request("POST", "/", body, {
        "Authorization": secret(kind), "Content-Type": "application/json"})
    answer = connection.getresponse()
    expect(peer.name, kind, answer.status, answer.read())
    connection.close()


def post(peer, kind, connections, seconds, first=None, count=20_000):
    """Posts for some seconds, and returns requests a second, p50 and p99 in milliseconds, and the
    workers' CPU microseconds a request.

    Each call posts for applications that nobody posted for before, unless `first` says otherwise.
    """
    environment = os.environ | {
        "BENCH_SECRET": secret(kind), "BENCH_BODY": template(kind),
        "BENCH_RUN": str(0 if kind == "duplicate" else next(runs)),
        "BENCH_FIRST": str(first or next(loads)), "BENCH_APPLICATIONS": str(count),
        "BENCH_FOLDERS": str(FOLDERS),
    }
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s",
               str(HERE / "post.lua"), f"http://127.0.0.1:{PORTS[peer.name]}/"]
    before = peer.microseconds()
    text = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True).stdout
    result = json.loads(text.splitlines()[-1])
    result["rate"] = result["requests"] / result["seconds"]
    result["cpu"] = (peer.microseconds() - before) / max(1, result["requests"])
    is_refused = kind == "wrong secret" and peer.name not in FLOORS
    if result["failures"] or result["refusals"] != result["requests"] * is_refused:
        raise SystemExit(f"run: {peer.name} did not answer {kind} as it should: {result}")
    if kind in ("accepted", "ignored") and peer.name != "floor" and result["requests"] > count:
        raise SystemExit(f"run: {result['requests']:,} requests are more than there are applications: "
                         "take fewer --seconds")
    return result
