"""Where the benchmarks happen: their folder, ports, programs, and what they need of the system."""
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PLACE = ROOT / ".build" / "benchmarks"
STATES = PLACE / "states"
LOG = PLACE / "log"
SECRET = "benchmark-secret"
PORTS = {"provider": 19100, "floor": 19101, "disk floor": 19102, "call floor": 19106,
         "gatilho": 19103, "PHP-FPM": 19104, "Python": 19105}
# What must be there, a command or a file, and the package that brings it.
PACKAGES = {
    "gcc": "gcc", "nginx": "nginx-light", "wrk": "wrk", "php-fpm8.2": "php8.2-fpm",
    "/etc/php/8.2/fpm/conf.d/10-opcache.ini": "php8.2-opcache",
    "uwsgi": "uwsgi-core", "/usr/lib/uwsgi/plugins/python3_plugin.so": "uwsgi-plugin-python3",
    "/usr/include/fcgiapp.h": "libfcgi-dev", "curl-config": "libcurl4-openssl-dev",
}
BUILD = ["swift", "build", "-c", "release", "--static-swift-stdlib", "--product", "gatilho"]
# What gatilho is linked against; libcurl it loads at the first message.
LIBRARIES = ["-Wl,--no-as-needed", "-lfcgi", "-lm", "-lstdc++", "-lgcc_s"]


def say(text):
    print(text, file=sys.stderr, flush=True)


def program(name):
    return str(PLACE / "bin" / name)


def check_system():
    """Leaves with a clear message where a package is missing or a port is taken."""
    os.environ["PATH"] += ":/usr/sbin"
    missing = [package for name, package in PACKAGES.items()
               if not (os.path.exists(name) or shutil.which(name))]
    if missing:
        sys.exit("run: missing: apt-get install -y --no-install-recommends " + " ".join(missing))
    for name, port in PORTS.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                sys.exit(f"run: port {port}, for {name}, is taken ({error.strerror}): "
                         "end what listens there, or change PORTS in place.py")


def build():
    """Compiles gatilho and the programs in C, all for release."""
    (PLACE / "bin").mkdir(parents=True, exist_ok=True)
    say("building gatilho for release …")
    subprocess.run(BUILD, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    shutil.copy(ROOT / ".build/release/gatilho", program("gatilho"))
    subprocess.run(["strip", program("gatilho")], check=True)


def build_peers():
    for name, source, options in [
        ("provider", "provider", []), ("inetd", "inetd", []), ("floor", "floor", ["-lfcgi"]),
        ("disk-floor", "disk-floor", ["-lfcgi"]),
        ("call-floor", "disk-floor", ["-DWITH_CURL", "-lfcgi", "-lcurl"]),
        ("floor-libraries", "floor", LIBRARIES),
        ("floor-curl", "floor", ["-DWITH_CURL", *LIBRARIES, "-lcurl"]),
    ]:
        source = str(HERE / "peers" / f"{source}.c")
        command = ["gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program(name), source]
        subprocess.run(command + options, check=True)
    # A program's page that is not written back yet would count as dirty memory of its process.
    os.sync()


def file_system():
    command = ["findmnt", "--noheadings", "--output", "FSTYPE,SOURCE", "--target", str(PLACE)]
    kind, source = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    if kind in ("tmpfs", "ramfs", "overlay"):
        say(f"warning: {PLACE} is on {kind}: its syncs are no disk's")
    return f"{kind} on {source}"


def remove_states():
    """Only at the end of all: for seconds after a file is gone ext4 looks at its inode whenever it makes
    another, which slows whoever comes next."""
    shutil.rmtree(STATES, ignore_errors=True)
