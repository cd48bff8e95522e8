"""The image: the Dockerfile's runtime stage, built by buildah on a root made by debootstrap, run by runc.

The stage that compiles is left out: the programs are those that are tested. Each container has a
network of its own, with nothing but loopback, in which the far ends and the posts are started too.
"""
import contextlib
import json
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

import machine
from report import eventually, must
from service import INSIDE

NEEDED = {"debootstrap": "debootstrap", "buildah": "buildah", "runc": "runc", "nsenter": "util-linux"}
BASE = "localhost/debian:12-slim"


def buildah(*arguments):
    folder = machine.CACHE / "buildah"
    result = subprocess.run(
        ["buildah", "--root", folder, "--runroot", machine.CACHE / "buildah-run", "--storage-driver", "overlay",
         *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", stdin=subprocess.DEVNULL)
    if result.returncode:
        raise RuntimeError(f"buildah {arguments[0]}: {result.stderr[-2000:]}")
    return result.stdout.strip()


def base():
    """debian:12-slim, or as near as debootstrap comes to it."""
    if BASE not in buildah("images", "--format", "{{.Name}}:{{.Tag}}").split():
        folder = machine.made("slim", ["ca-certificates"])
        text = machine.CACHE / "base.Dockerfile"
        text.write_text("FROM scratch\nADD . /\n")
        buildah("build", "--isolation", "chroot", "--tag", BASE, "--file", text, folder)


def build(tree, programs, place):
    """The image's runtime stage to the letter; its layers are kept between runs."""
    base()
    context = place / "context"
    shutil.copytree(tree / "nginx", context / "nginx")
    (context / "programs").mkdir()
    for name in "gatilho", "gatilhoctl":
        subprocess.run(["strip", "-o", context / "programs" / name, programs / name], check=True)
    stage = (tree / "Dockerfile").read_text().split("FROM debian:12-slim AS runtime")[1]
    (context / "Dockerfile").write_text(
        f"FROM scratch AS build\nCOPY programs/ /src/out/\nFROM {BASE} AS runtime{stage}")
    buildah("build", "--isolation", "chroot", "--layers", "--format", "docker", "--tag", "gatilho-test", context)
    return json.loads(buildah("inspect", "--type", "image", "gatilho-test"))["Docker"]["config"]


class Host:
    """The image, a state folder and a configuration, for one container after the other."""

    def __init__(self, tree, programs, place):
        self.config = build(tree, programs, place)
        self.user = self.config["User"]
        self.place = place
        self.number = 0
        self.state, self.etc, self.test = place / "state", place / "etc", place / "test"
        for folder in self.state, self.etc, self.test:
            folder.mkdir()
        shutil.copyfile(tree / "Tests/Fixtures/gupy/application-moved-full.json", self.test / "event.json")
        for name in "sent", "posted":
            (self.test / name).touch()
        self.configure(programs)

    def configure(self, programs):
        """init's configuration, and what it says of the files."""
        text = subprocess.run([programs / "gatilhoctl", "init", "callbell"], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, encoding="utf-8", check=True).stdout
        text = re.sub(r'"recipients": \[.*\]', '"recipients": "everyone"', text.replace(
            '"optIn": "CHANGE-ME"', '"optIn": true').replace("CHANGE-ME", "ana").replace(
            '"profile":', '"baseURL": "http://127.0.0.1:8800", "profile":'))
        (self.etc / "gatilho.json").write_text(text)
        for name in re.findall(r'"file:/etc/gatilho/([^"]+)"', text):
            (self.etc / name).write_text("segredo\n")
        group = int(self.user.split(":")[1])
        for path in [self.etc, *self.etc.iterdir()]:
            shutil.chown(path, 0, group)
            path.chmod(0o750 if path.is_dir() else 0o640)
        shutil.chown(self.state, int(self.user.split(":")[0]), group)
        self.state.chmod(0o700)

    @contextlib.contextmanager
    def container(self, arguments=None):
        """Runs the image with nginx/README.md's options until the `with` ends."""
        self.number += 1
        container = Container(self, f"gatilho-test-{self.place.name}-{self.number}", arguments or self.config["Cmd"])
        try:
            container.start()
            yield container
        finally:
            container.end()

    def tally(self):
        tally = json.loads(subprocess.run([sys.executable, INSIDE / "tally.py", self.state, self.test],
                                          stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout)
        words = f"{tally['done']} of {tally['posted']} answered 200, lost {tally['lost']}, sent twice {tally['twice']}"
        must(tally["lost"] == tally["twice"] == tally["unsent"] == 0, words)
        return words


class Container:
    def __init__(self, host, name, arguments):
        self.host, self.name, self.arguments = host, name, arguments
        self.bundle = host.place / name
        self.log = host.place / f"{name}.log"
        self.beside = []

    def start(self):
        self.bundle.mkdir()
        self.working = buildah("from", "--pull-never", "gatilho-test")
        root = buildah("mount", self.working)
        (self.bundle / "config.json").write_text(json.dumps(self.specification(root)))
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(["runc", "run", "--bundle", self.bundle, self.name],
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        eventually(lambda: self.state().get("status") == "running" or self.process.poll() is not None,
                   "the container does not start", 20)
        must(self.process.poll() is None, f"the container ended at once: {self.log.read_text()[-500:]}")
        self.beside.append(subprocess.Popen([*self.inside, sys.executable, INSIDE / "stub.py", self.host.test]))

    def specification(self, root):
        subprocess.run(["runc", "spec", "--bundle", self.bundle], check=True)
        spec = json.loads((self.bundle / "config.json").read_text())
        user, group = map(int, self.host.user.split(":"))
        spec["root"] = {"path": root, "readonly": True}
        spec["hostname"] = "gatilho"
        spec["process"] |= {"terminal": False, "user": {"uid": user, "gid": group}, "args": self.arguments,
                            "env": self.host.config["Env"], "cwd": "/", "noNewPrivileges": True,
                            "capabilities": {}, "rlimits": []}
        spec["mounts"] += [
            {"destination": "/tmp", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "nodev", "mode=1777"]},
            {"destination": "/var/lib/gatilho", "type": "bind", "source": str(self.host.state), "options": ["rbind", "rw"]},
            {"destination": "/etc/gatilho", "type": "bind", "source": str(self.host.etc), "options": ["rbind", "ro"]}]
        spec["mounts"] = [mount for mount in spec["mounts"] if mount["destination"] != "/sys/fs/cgroup"]
        return spec

    def state(self):
        result = subprocess.run(["runc", "state", self.name], capture_output=True, encoding="utf-8")
        return json.loads(result.stdout) if result.returncode == 0 else {}

    @property
    def inside(self):
        """A command's beginning that puts it into the container's network."""
        return ["nsenter", "--target", str(self.state()["pid"]), "--net"]

    def execute(self, *arguments):
        result = subprocess.run(["runc", "exec", "--user", self.host.user, self.name, *arguments], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
        return result.returncode, result.stdout

    def posting(self, count, parallel):
        return subprocess.Popen(
            [*self.inside, sys.executable, INSIDE / "post.py", str(count), str(parallel), "--place", self.host.test,
             "--secret", self.host.etc / "gupy-secret", "--url", "http://127.0.0.1:8080/gupy"],
            stdout=subprocess.PIPE, encoding="utf-8")

    def post(self, count, parallel):
        return json.loads(self.posting(count, parallel).communicate()[0])["statuses"]

    def serves(self):
        return self.post(1, 1) == {"200": 1}

    def terminate(self, seconds):
        """How long the container takes to end once it is told to."""
        begun = time.monotonic()
        subprocess.run(["runc", "kill", self.name, "TERM"], check=True)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            must(False, f"it runs still, {seconds} s after SIGTERM")
        return time.monotonic() - begun

    def end(self):
        for process in self.beside:
            process.kill()
            process.wait()
        subprocess.run(["runc", "delete", "--force", self.name], capture_output=True)
        self.process.wait()
        buildah("rm", self.working)


def user(host):
    """The user has a group of its own, and the root is read-only."""
    with host.container() as container:
        eventually(container.serves, "it does not answer")
        must(container.execute("id")[1].strip().replace("(gatilho)", "") == "uid=10001 gid=10001 groups=10001", container.execute("id")[1])
        must(container.execute("touch", "/x")[0] != 0, "the root is not read-only")
        passwd = container.execute("grep", "^gatilho:", "/etc/passwd")[1]
        must(":10001:10001:" in passwd, passwd)
        must(container.post(100, 16) == {"200": 100}, "not every webhook is answered 200")
        status, text = container.execute(*["sh", "-c", host.config["Healthcheck"]["Test"][1]])
        must(status == 0, f"health: exit {status}: {text}")
        must("Read-only" not in container.log.read_text(), container.log.read_text()[-300:])
        for command in ["gatilhoctl", "events", "list"], ["gatilhoctl", "retry"]:
            must(container.execute(*command)[0] == 0, f"{command}")
    return host.tally()


def terminated(host):
    """SIGTERM under load: what was taken is finished and answered."""
    with host.container() as container:
        eventually(container.serves, "it does not answer")
        load = container.posting(4000, 16)
        time.sleep(3)
        seconds = container.terminate(75)
        answers = json.loads(load.communicate()[0])["statuses"]
    refused = {"ConnectionRefusedError", "ConnectionResetError", "RemoteDisconnected"}
    must("502" not in answers and set(answers) <= refused | {"200"}, f"answers: {answers}")
    return f"ended after {seconds:.1f} s, {answers.get('200', 0)} answered before; {host.tally()}"


def bad_at_start(host):
    """A configuration that is wrong at the start: unhealthy, and well once it is mended."""
    file = host.etc / "gatilho.json"
    good = file.read_text()
    file.write_text(good + "}")
    try:
        with host.container() as container:
            time.sleep(25)
            must("FATAL" not in container.log.read_text(), container.log.read_text()[-200:])
            status, _ = container.execute(*["sh", "-c", host.config["Healthcheck"]["Test"][1]])
            must(status != 0, "it is called healthy")
            file.write_text(good)
            eventually(container.serves, "mended, and it does not answer", 60)
    finally:
        file.write_text(good)


def timers(host, tree):
    """compose's loop of timers ends when it is told to, and has run retry."""
    compose = (tree / "nginx/container/compose.yaml").read_text()
    command = re.search(r"^  retry:.*?^    command: \[(.*?)\]$", compose, re.M | re.S)[1]
    arguments = [part.strip().strip('"') for part in re.findall(r'"[^"]*"|[^,]+', command) if part.strip()]
    with host.container(arguments) as container:
        time.sleep(4)
        seconds = container.terminate(20)
        text = container.log.read_text()
    must("nothing to do" in text or "retried" in text, text[-300:])
    return f"ended after {seconds:.1f} s"


def workers(host):
    """The workers alone on :9000, and their end."""
    with host.container(["gatilho-workers"]) as container:
        check = ["sh", "-c", host.config["Healthcheck"]["Test"][1]]
        eventually(lambda: container.execute(*check)[0] == 0, "unhealthy")
        return f"ended after {container.terminate(40):.1f} s"


def in_a_container(report, options, place):
    host = Host(options.tree, options.programs, place)
    report.check("number 7, user, read-only root and health", user, host)
    report.check("number 7, SIGTERM under load", terminated, host)
    report.check("number 7, a configuration that is wrong at the start", bad_at_start, host)
    report.check("number 7, compose's loop", timers, host, options.tree)
    report.check("workers alone", workers, host)
