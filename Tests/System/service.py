"""gatilho on a machine, set up as the first page says, and what is done to it."""
import json
import pathlib
import re

from machine import Machine
from report import must

INSIDE = pathlib.Path(__file__).resolve().parent / "inside"
STATE = "/var/lib/gatilho"
FILE = "/etc/gatilho/gatilho.json"
STUB = """[Unit]
Description=Provider and Gupy
[Service]
ExecStart=/usr/bin/python3 /srv/test/stub.py
[Install]
WantedBy=multi-user.target
"""


class Service:
    """A machine, the tree that its files come from, and the programs."""

    def __init__(self, machine: Machine, tree, programs, package):
        self.machine = machine
        self.tree = tree
        self.programs = programs
        self.package = package
        self.run = machine.run
        self.has_target = (tree / "nginx/systemd/gatilho.target").exists()

    def prepare(self):
        """The far ends, and the certificate that gatilho-site.conf names."""
        here = self.tree / "Tests"
        for name in "stub.py", "post.py", "tally.py":
            self.machine.put(INSIDE / name, f"/srv/test/{name}")
        self.machine.put(here / "Fixtures/gupy/application-moved-full.json", "/srv/test/event.json")
        self.machine.write(STUB, "/etc/systemd/system/stub.service")
        self.run("""touch /srv/test/sent /srv/test/posted && systemctl enable --quiet --now stub.service
            systemctl mask --quiet --now supervisor.service
            live=/etc/letsencrypt/live/hooks.example.com && mkdir -p $live && openssl req -x509 -newkey rsa:2048 -nodes \\
              -subj /CN=hooks.example.com -days 30 -keyout $live/privkey.pem -out $live/fullchain.pem 2>&1
            echo 127.0.0.1 hooks.example.com >> /etc/hosts; rm -f /etc/nginx/sites-enabled/default""")

    def install(self):
        if self.package:
            self.machine.put(self.package, "/srv/test/gatilho.deb")
            return self.run("dpkg -i /srv/test/gatilho.deb < /dev/null")
        return self.install_by_hand()

    def install_by_hand(self):
        """What nginx/README.md says for systemd without the package."""
        for name in "gatilho", "gatilhoctl":
            self.machine.put(self.programs / name, f"/usr/local/bin/{name}", 0o755)
        for path in (self.tree / "nginx/systemd").rglob("gatilho*"):
            if path.is_file():
                self.machine.put(path, f"/etc/systemd/system/{path.name}")
        folder = "/etc/systemd/system/gatilho-.service.d"
        self.machine.put(self.tree / "nginx/systemd/gatilho-.service.d/hardening.conf", folder + "/hardening.conf")
        units = "/etc/systemd/system"
        if (self.tree / "nginx/systemd/gatilho.sysusers").exists():
            return self.run(f"""mkdir -p /etc/sysusers.d /etc/tmpfiles.d
                mv {units}/gatilho.sysusers /etc/sysusers.d/gatilho.conf && systemd-sysusers gatilho.conf
                mv {units}/gatilho.tmpfiles /etc/tmpfiles.d/gatilho.conf && systemd-tmpfiles --create gatilho.conf
                systemctl daemon-reload""")
        return self.run("""useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin gatilho
            install -d -m 0700 -o gatilho -g gatilho /var/lib/gatilho
            install -d -m 0750 -o root -g gatilho /etc/gatilho; systemctl daemon-reload""")

    def set_up(self):
        """`init`, with each step pasted, and a person's values in place of CHANGE-ME."""
        self.run(f"gatilhoctl init callbell > {FILE} 2> /srv/test/steps; chgrp gatilho {FILE}; chmod 640 {FILE}")
        steps = self.machine.path("/srv/test/steps").read_text()
        for step in re.findall(r"^(?:install|cat) [^\n]*<<'END'\n.*?\nEND\n", steps, re.M | re.S):
            self.run(step.replace("CHANGE-ME", "chave"))
        values = {r'"url": "https://CHANGE-ME': '"url": "https://hooks.example.com', '"CHANGE-ME@': '"ana@',
                  '"optIn": "CHANGE-ME"': '"optIn": true', r'"CHANGE-ME"': '"ana"', r'"recipients": \[.*\]': '"recipients": "everyone"',
                  '"profile":': '"baseURL": "http://127.0.0.1:8800", "profile":',
                  '"gupy": {': '"gupy": { "baseURL": "http://127.0.0.1:8800/api/v1",'}
        text = self.machine.path(FILE).read_text()
        for old, new in values.items():
            text = re.sub(old if "\\" in old else re.escape(old), new, text)
        self.machine.write(text, FILE)
        site = next((path for path in (self.tree / "nginx").glob("gatilho-site.conf")))
        self.machine.put(site, "/etc/nginx/sites-enabled/gatilho-site.conf")
        self.run("nginx -t && systemctl restart nginx")

    def start(self):
        if self.has_target:
            return self.run("systemctl enable --quiet --now gatilho.target")
        self.run("systemctl enable --quiet --now gatilho.socket gatilho-worker@{1..8}.service", check=False)

    def restart_workers(self):
        """As nginx/README.md says after a change of the environment, or a 78."""
        if self.has_target:
            return self.run("systemctl restart 'gatilho-worker@*.service'; systemctl start gatilho.target", check=False)
        self.run("systemctl restart gatilho-worker@{1..8}.service", check=False)

    def post(self, count, parallel, more=""):
        """What was answered: how often each status."""
        return self.answers(self.run(f"python3 /srv/test/post.py {count} {parallel} {more}"))

    @staticmethod
    def answers(text):
        return json.loads(text.strip().splitlines()[-1])

    def must_all_be_done(self, count, parallel, more=""):
        answers = self.post(count, parallel, more)
        must(set(answers["statuses"]) == {"200"}, f"answers: {answers['statuses']}")
        return answers

    def tally(self, state=STATE):
        """Nothing that Gupy was told 200 for is lost, and nothing was sent twice."""
        tally = json.loads(self.run(f"python3 /srv/test/tally.py {state}"))
        words = f"{tally['done']} of {tally['posted']} answered 200, lost {tally['lost']}, sent twice {tally['twice']}"
        must(tally["lost"] == tally["twice"] == tally["unsent"] == 0, f"{words}, accepted and not sent {tally['unsent']}")
        return words

    def workers(self):
        """How many workers run now."""
        return int(self.run("systemctl list-units --no-legend --state=running 'gatilho-worker@*' | wc -l"))

    def drop_in(self, unit, text):
        """An operator's addition to a unit; none when the text is empty."""
        folder = f"/etc/systemd/system/{unit}.d"
        if text:
            self.machine.write(f"[Service]\n{text}\n", f"{folder}/test.conf")
        else:
            self.run(f"rm -rf {folder}/test.conf")
        self.run("systemctl daemon-reload")

    def restarts(self):
        text = self.run("systemctl show -p NRestarts 'gatilho-worker@*.service'")
        return sum(map(int, re.findall(r"NRestarts=(\d+)", text)))

    def journal(self, unit, since="-1h"):
        return self.run(f"journalctl --no-pager -o cat -u '{unit}' --since '{since}'", check=False)

