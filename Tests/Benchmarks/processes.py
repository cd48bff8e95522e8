"""The processes that the harness starts: all are ended by it, however it ends."""
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

from place import HERE, PLACE, PORTS, program

running = []


def start(command, **options):
    """Starts a process in a group of its own, so that Ctrl-C reaches the harness alone."""
    process = subprocess.Popen(command, start_new_session=True, **options)
    running.append(process)
    return process


def stop(*processes):
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        running.remove(process)


def stop_all():
    stop(*reversed(running))


def wait_for_port(port):
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    sys.exit(f"run: nothing listens on port {port}; see {PLACE}")


def peer_socket(name):
    return PLACE / (name.replace(" ", "-") + ".sock")


def start_nginx():
    servers = "\n  ".join(
        f"server {{ listen 127.0.0.1:{port}; "
        f"location / {{ fastcgi_pass unix:{peer_socket(name)}; }} }}"
        for name, port in PORTS.items() if name != "provider")
    text = (HERE / "nginx.conf").read_text().replace("SERVERS", servers)
    # Its workers must reach the sockets, wherever this folder is.
    text = text.replace("USER", "user root;" if os.geteuid() == 0 else "")
    (PLACE / "nginx.conf").write_text(text.replace("PLACE", str(PLACE)).replace("HERE", str(HERE)))
    start(["nginx", "-e", str(PLACE / "nginx.log"), "-p", str(PLACE), "-c", str(PLACE / "nginx.conf")])
    wait_for_port(PORTS["floor"])


@contextmanager
def provider(milliseconds):
    """The provider's stub, which takes so long for each answer."""
    process = start([program("provider"), str(PORTS["provider"]), str(milliseconds)])
    wait_for_port(PORTS["provider"])
    yield
    stop(process)


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(child) for child in file.read().split()]


def microseconds(pid):
    """CPU time that the process has used, all threads together."""
    nanoseconds = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/schedstat") as file:
            nanoseconds += int(file.read().split()[0])
    return nanoseconds / 1000


def mebibytes(pid):
    """PSS and private dirty memory, as the kernel rolls them up."""
    with open(f"/proc/{pid}/smaps_rollup") as file:
        sizes = {line.split()[0]: int(line.split()[1]) / 1024 for line in list(file)[1:]}
    return sizes["Pss:"], sizes["Private_Dirty:"]
