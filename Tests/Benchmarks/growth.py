"""(e) What a large state folder, and a long story, cost a new event."""
import itertools
import json
import os

from load import FIXTURE, STORED, numbered, post, post_one
from peer import Peer
from place import STATES, say
from processes import provider

SIZES = [1_000, 100_000, 1_000_000]
LENGTHS = [1, 100]
# More than one worker handles in the time, so that no application gets two.
STORIES = 2_500
states = itertools.count(1)
DATE = json.loads(FIXTURE.read_text())["date"]


def growth(table, options):
    with provider(0):
        lines, event = sample()
        filled = {}
        for size in SIZES:
            say(f"(e) writing {size:,} applications")
            filled[size] = fill(range(STORED, STORED + size), [(lines, event)])
        for run in range(options.runs):
            for size, state in filled.items():
                say(f"(e) run {run + 1}: {size:,} applications")
                with Peer("gatilho", state=state) as peer:
                    post_one(peer, "accepted")
                    post(peer, "accepted", 1, 1)
                    result = post(peer, "accepted", 1, options.seconds)
                table.add(f"(e) {size:,} applications, new event, p50 ms", "gatilho", result["p50"])
            for length in LENGTHS:
                say(f"(e) run {run + 1}: stories of {length}")
                stories = [earlier(lines, event, index) for index in range(length)]
                result = longer(fill([numbered(STORED, n) for n in range(STORIES)], stories))
                table.add(f"(e) story of {length}, one more event, p50 ms", "gatilho",
                          result["p50"])


def longer(state):
    """Posts one more event to each application."""
    with Peer("gatilho", state=state) as peer:
        post_one(peer, "accepted", numbered(STORED, STORIES - 1))
        return post(peer, "accepted", 1, 1, first=STORED, count=STORIES - 1)


def sample():
    """The lines that gatilho itself writes of an accepted event, and the event's id."""
    state = STATES / "sample"
    with Peer("gatilho", state=state) as peer:
        post_one(peer, "accepted", STORED)
    text = next((state / "applications").glob("*/*.jsonl")).read_text()
    return text, json.loads(text.splitlines()[0])["eventId"]


def earlier(lines, event, index):
    """The same as another event, of an earlier moment: equal dates would be repetitions."""
    date = f"2026-03-01T{index // 60:02}:{index % 60:02}:00.000Z"
    return lines.replace(DATE, date), event


def fill(applications, stories):
    """A state folder with these applications, each with these events."""
    state = STATES / f"filled-{next(states)}"
    for folder in range(1000):
        os.makedirs(state / f"applications/{folder:03}", exist_ok=True)
    text = "".join(lines.replace(event, f"{index:08x}{event[8:]}")
                   for index, (lines, event) in enumerate(stories, 1))
    for application in applications:
        path = state / f"applications/{application % 1000:03}/{application}.jsonl"
        with open(path, "w") as file:
            file.write(text.replace(f'"{STORED}"', f'"{application}"'))
    os.sync()
    return state
