"""(a) refusals and repeats, (b) events: workers that stay, and peers that take turns in each run."""
from load import KNOWN, post, post_one
from peer import JOBS, Peer
from place import say
from processes import provider

# How many events every peer knows already.
DUPLICATES = 20
WORKERS = [1, 8, 64]
MILLISECONDS = [0, 200]


def refusals(table, options):
    """One worker, eight connections: the worker is always busy."""
    with provider(0):
        sizes = {name: write_known(name) for name in ["disk floor", *JOBS]}
        if sizes["disk floor"] != sizes["gatilho"]:
            raise SystemExit(f"run: the disk floor must write what gatilho writes: {sizes} bytes")
        for run in range(options.runs):
            for kind, floor in (("wrong secret", "floor"), ("duplicate", "disk floor"),
                                ("ignored", "disk floor")):
                for name in [floor, *JOBS]:
                    say(f"(a) run {run + 1}: {kind}, {name}")
                    refusal(table, options, kind, name)


def write_known(name):
    """The events that will be known, and how many bytes one of them takes."""
    with Peer(name) as peer:
        for application in range(KNOWN, KNOWN + DUPLICATES):
            post_one(peer, "accepted", application)
        folder = peer.state / "applications" / f"{KNOWN % 1000:03}"
        return (folder / f"{KNOWN}.jsonl").stat().st_size


def refusal(table, options, kind, name):
    with Peer(name, kind=kind) as peer:
        if kind == "duplicate":
            post_one(peer, kind, KNOWN)
            result = post(peer, kind, 8, options.seconds, KNOWN, DUPLICATES)
        else:
            post_one(peer, kind)
            post(peer, kind, 8, 1)
            result = post(peer, kind, 8, options.seconds)
    table.add(f"(a) {kind}, requests/s", name, result["rate"])
    table.add(f"(a) {kind}, CPU µs a request", name, result["cpu"])


def events(table, options):
    """As many connections as workers; a provider that answers at once, and one that takes 200 ms."""
    for run in range(options.runs):
        for milliseconds in MILLISECONDS:
            with provider(milliseconds):
                for workers in WORKERS:
                    row = f"(b) provider {milliseconds} ms, {workers} workers, "
                    floor = None
                    for name in ["disk floor", "call floor", *JOBS]:
                        say(f"{row}run {run + 1}: {name}")
                        result = event(options, name, workers, milliseconds)
                        floor = floor or result["p50"]
                        table.add(row + "events/s", name, result["rate"])
                        table.add(row + "p50 ms", name, result["p50"])
                        table.add(row + "p50 over syncs + provider, ms", name,
                                  result["p50"] - floor)
                        table.add(row + "p99 ms", name, result["p99"])
                        table.add(row + "CPU µs an event", name, result["cpu"])


def event(options, name, workers, milliseconds):
    with Peer(name, workers, milliseconds=milliseconds) as peer:
        post_one(peer, "accepted")
        # Long enough for each worker's first message, for which gatilho loads libcurl.
        post(peer, "accepted", workers, 2)
        return post(peer, "accepted", workers, options.seconds)
