"""(d) memory as the kernel counts it, (f) the size of the program and what it takes to build it."""
import shutil
import subprocess
import time

from load import post
from peer import JOBS, Peer
from place import BUILD, PLACE, ROOT, say
from processes import provider

REQUESTS = 100_000


def memory(table, options):
    with provider(0):
        for run in range(options.runs):
            for workers in 1, 64:
                for name in ["floor", *JOBS]:
                    say(f"(d) run {run + 1}: {workers} workers, {name}")
                    with Peer(name, workers) as peer:
                        add(table, name, f"{workers} idle", peer)
                        post(peer, "accepted", workers, options.seconds)
                        add(table, name, f"{workers} busy", peer)
        growth(table)


def add(table, name, workers, peer):
    together, private = peer.mebibytes()
    table.add(f"(d) workers: {workers}, PSS MiB", name, together)
    table.add(f"(d) workers: {workers}, private dirty MiB", name, private)


def growth(table):
    """How much one worker grows while it handles so many requests of all kinds."""
    requests, steps = 0, []
    with Peer("gatilho") as peer:
        while requests < REQUESTS or len(steps) < 2:
            for kind in "accepted", "ignored", "wrong secret":
                requests += post(peer, kind, 2, 2)["requests"]
            steps.append((requests, peer.mebibytes()[1] * 1024))
            say(f"(d) {requests:,} requests: {steps[-1][1]:,.0f} KiB")
    (first, before), (_, after) = steps[0], steps[-1]
    table.add(f"(d) growth of private dirty over {REQUESTS:,} requests, KiB", "gatilho",
              after - before)
    table.note(f"(d) The growth is counted from request {first:,} on, when the worker is warm; private "
               "dirty KiB by requests: " + ", ".join(f"{r:,}: {k:,.0f}" for r, k in steps))


def size(table, options):
    path = PLACE / "bin" / "gatilho"
    table.add("(f) program as it is deployed, stripped, MiB", "gatilho", path.stat().st_size / 2**20)
    table.add("(f) program as it is deployed, stripped, MiB", "floor",
              (PLACE / "bin" / "floor").stat().st_size / 2**20)
    if options.build_time:
        say("(f) building from nothing …")
        scratch = PLACE / "scratch"
        shutil.rmtree(scratch, ignore_errors=True)
        began = time.monotonic()
        subprocess.run([*BUILD, "--scratch-path", str(scratch)],
                       cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        table.add("(f) build from nothing, s", "gatilho", time.monotonic() - began)
        shutil.rmtree(scratch, ignore_errors=True)
