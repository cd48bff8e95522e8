"""(c) What it costs to start: a CGI request, and a process a request as systemd makes it. Here the
floor is linked against all that gatilho is, the call floor against libcurl too, which gatilho loads at
the first message; where one is sent the call floor prepares it."""
import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from load import expect, post, post_one, secret, singles, webhook
from peer import Peer, environment
from place import STATES, program, say
from processes import provider

ROUNDS = 40
# By CGI gatilho takes no configuration from elsewhere: there the environment is the web server's.
CGI_CONFIGURATION = Path("/etc/gatilho/gatilho-benchmarks.json")


def starts(table, options):
    with provider(0):
        state = STATES / "cgi"
        state.mkdir(parents=True)
        with cgi_configuration(environment(state)) as settings:
            if settings is None:
                table.note(f"(c) CGI is not measured: {CGI_CONFIGURATION} cannot be written.")
            for run in range(options.runs):
                say(f"(c) run {run + 1}")
                if settings:
                    cgi_rounds(table, settings)
                for kind in "wrong secret", "accepted":
                    for name in commands(kind):
                        with PerRequest(name, kind=kind) as peer:
                            post_one(peer, kind)
                            result = post(peer, kind, 1, options.seconds)
                        table.add(f"(c) process a request, {kind}, p50 ms", name, result["p50"])


def commands(kind):
    """Who is compared: nobody sends a message without libcurl."""
    gatilho = {"gatilho": [program("gatilho")]}
    if kind == "accepted":
        return {"call floor": [program("floor-curl"), "prepare"]} | gatilho
    return {"floor": [program("floor-libraries")], "call floor": [program("floor-curl")]} | gatilho


class PerRequest(Peer):
    """Starts a worker's program for each connection."""

    def command(self, kind, milliseconds):
        return [program("inetd"), *commands(kind)[self.name]]

    @property
    def pids(self):
        return [process.pid for process in self.processes]


@contextmanager
def cgi_configuration(settings):
    """Puts the configuration where CGI may name it; nothing when that is not allowed."""
    is_new = not CGI_CONFIGURATION.parent.exists()
    try:
        CGI_CONFIGURATION.parent.mkdir(exist_ok=True)
        shutil.copy(settings["GATILHO_CONFIG"], CGI_CONFIGURATION)
    except OSError:
        yield None
        return
    try:
        yield settings | {"GATILHO_CONFIG": str(CGI_CONFIGURATION)}
    finally:
        CGI_CONFIGURATION.unlink()
        if is_new:
            CGI_CONFIGURATION.parent.rmdir()


def cgi_rounds(table, settings):
    """The median of a run's rounds is the run's figure."""
    figures = {}
    for _ in range(ROUNDS):
        application = next(singles)
        for kind in "wrong secret", "accepted":
            for name, command in commands(kind).items():
                elapsed = cgi(name, command, kind, application, settings)
                figures.setdefault((kind, name), []).append(elapsed)
    for (kind, name), numbers in figures.items():
        table.add(f"(c) CGI, {kind}, ms", name, sorted(numbers)[ROUNDS // 2])


def cgi(name, command, kind, application, settings):
    """Milliseconds from the start of the program until it has answered and ended."""
    body = webhook(kind, application)
    variables = settings | {
        "GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(len(body)),
        "HTTP_AUTHORIZATION": secret(kind)}
    reader, writer = os.pipe()
    os.write(writer, body)
    os.close(writer)
    began = time.perf_counter()
    process = subprocess.Popen(command, stdin=reader, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, env=variables)
    answer = process.stdout.read()
    process.wait()
    elapsed = time.perf_counter() - began
    process.stdout.close()
    os.close(reader)
    head, _, text = answer.partition(b"\r\n\r\n")
    expect(name, kind, int(head.split()[1]), text)
    return elapsed * 1000
