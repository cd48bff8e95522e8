"""The peers: how each is started with so many workers on its socket, and what its workers cost."""
import json
import os
import socket
import time

import processes
from place import HERE, LOG, PLACE, PORTS, SECRET, STATES, program
from processes import children, peer_socket

FLOORS = ["floor", "disk floor", "call floor"]
JOBS = ["gatilho", "PHP-FPM", "Python"]


class Peer:
    """A peer's workers, all on one socket, with a state folder of their own.

    The disk floor and the call floor do not decode: they are told what kind of webhook comes, and how
    long the provider takes.
    """

    def __init__(self, name, workers=1, kind="accepted", milliseconds=0, state=None):
        self.name = name
        self.state = state or STATES / name.replace(" ", "-")
        for folder in "applications", "days":
            (self.state / folder).mkdir(parents=True, exist_ok=True)
        self.environment = environment(self.state)
        self.log = open(LOG, "wb")
        peer_socket(name).unlink(missing_ok=True)
        if name == "PHP-FPM":
            self.processes = [self.start_master(php_command(workers), workers)]
        elif name == "Python":
            self.processes = [self.start_master(python_command(workers), workers)]
        else:
            self.processes = self.start_workers(workers, self.command(kind, milliseconds))
        self.settle()

    def command(self, kind, milliseconds):
        if self.name in ("disk floor", "call floor"):
            return [program(self.name.replace(" ", "-")), str(self.state), kind, str(milliseconds)]
        return [program(self.name)]

    def start_workers(self, workers, command):
        """What spawn-fcgi does: a listening socket as everybody's standard input."""
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(peer_socket(self.name)))
            listener.listen(1024)
            return [processes.start(command, stdin=listener, stderr=self.log, env=self.environment)
                    for _ in range(workers)]

    def start_master(self, command, workers):
        process = processes.start(command, env=self.environment, stdout=self.log, stderr=self.log)
        for _ in range(500):
            if peer_socket(self.name).exists() and len(children(process.pid)) >= workers:
                return process
            time.sleep(0.02)
        raise SystemExit(f"run: {self.name} did not start; see {LOG}")

    def settle(self):
        """Waits until nobody is busy with starting."""
        used, now = -1, self.microseconds()
        while used != now:
            time.sleep(0.2)
            used, now = now, self.microseconds()

    @property
    def pids(self):
        """Those that handle requests, not the masters."""
        own = [process.pid for process in self.processes]
        return [child for pid in own for child in children(pid)] or own

    def microseconds(self):
        return sum(processes.microseconds(pid) for pid in self.pids)

    def mebibytes(self):
        """PSS and private dirty memory of all workers."""
        return [sum(sizes) for sizes in zip(*(processes.mebibytes(pid) for pid in self.pids))]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        processes.stop(*self.processes)
        self.log.close()


def environment(state):
    """What all peers are told, and gatilho's configuration beside it."""
    configuration = state / "gatilho.json"
    configuration.write_text(json.dumps({
        "gupy": {"secrets": ["env:BENCH_SECRET"]}, "state": str(state), "recipients": "everyone",
        "provider": {
            "profile": "callbell", "baseURL": f"http://127.0.0.1:{PORTS['provider']}",
            "settings": {"token": "env:BENCH_KEY", "channel": "channel", "optIn": True}},
        "messages": [{
            "event": "application.moved", "template": "moved",
            "parameters": ["{{candidate.name}}", "{{currentStep.name}}"]}],
    }))
    return os.environ | {
        "BENCH_SECRET": SECRET, "BENCH_KEY": "key", "BENCH_STATE": str(state), "BENCH_LOG": str(LOG),
        "BENCH_PROVIDER": str(PORTS["provider"]), "GATILHO_CONFIG": str(configuration)}


def php_command(workers):
    """Opcache is on in Debian's php-fpm; the files do not change, so none is asked for its date."""
    configuration = PLACE / "php-fpm.conf"
    configuration.write_text(
        f"[global]\nerror_log = {PLACE}/php.log\ndaemonize = no\n[bench]\n"
        f"listen = {peer_socket('PHP-FPM')}\nlisten.backlog = 1024\nclear_env = no\npm = static\n"
        f"pm.max_children = {workers}\nphp_admin_flag[opcache.validate_timestamps] = off\n"
        + ("user = root\n" if os.geteuid() == 0 else ""))
    allow_root = ["-R"] if os.geteuid() == 0 else []
    return ["php-fpm8.2", "-d", "opcache.enable=1", "-y", str(configuration), *allow_root]


def python_command(workers):
    return ["uwsgi", "--plugin", "python3", "--fastcgi-socket", str(peer_socket("Python")),
            "--pythonpath", str(HERE / "peers"), "--module", "handler", "--need-app", "--master",
            "--lazy-apps", "--single-interpreter", "--thunder-lock", "--processes", str(workers),
            "--listen", "1024", "--disable-logging", "--die-on-term"]
