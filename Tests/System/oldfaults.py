"""What went wrong under a booted systemd once, each as a check of its own."""
import json
import re
import time

from report import eventually, must
from service import FILE, STATE

OPERATOR = ["events list", "check", "retry --dry-run", "purge --dry-run", "webhooks list"]


def commands(service):
    """1: an operator's commands reach the state folder, as root and as gatilho."""
    service.must_all_be_done(20, 4)
    for command in OPERATOR:
        for user in "", "runuser -u gatilho -- ":
            status, text = service.machine.status(f"{user}gatilhoctl {command}")
            good = [0, 1] if command == "check" else [0]
            must(status in good, f"{user}gatilhoctl {command}: exit {status}: {text[-300:].strip()}")
            must("cannot be" not in text and "Permission" not in text, f"{user}gatilhoctl {command}: {text[-300:]}")


def found_again(service):
    """1: events that workers with DynamicUser= have kept are found by those without."""
    service.drop_in("gatilho-worker@.service", "DynamicUser=yes")
    service.run(f"systemctl stop gatilho.target 'gatilho-worker@*'; chown -R gatilho {STATE}")
    service.start()
    service.must_all_be_done(5, 1)
    must("private" in service.run(f"readlink {STATE}"), "DynamicUser= moved nothing")
    service.drop_in("gatilho-worker@.service", "")
    service.restart_workers()
    service.must_all_be_done(5, 1)
    must(not service.run(f"readlink {STATE}", check=False), f"{STATE} is a link still")
    return service.tally()


def units_purge(service):
    """2: purge by its unit ends well."""
    status, text = service.machine.status("systemctl start gatilho-purge.service")
    must(status == 0, service.journal("gatilho-purge.service")[-400:].strip())
    must('"applications":0' in service.run(f"cat {STATE}/audit.jsonl"), "no line in the audit")


def link(service):
    """2: a state folder that is a link, or lies behind one, is as good as another."""
    service.run(f"cp -p {FILE} /srv/test/good.json; ln -s /var/lib /srv/link; ln -s {STATE} /srv/last")
    try:
        for path in "/srv/link/gatilho", "/srv/last":
            service.run(f"sed 's,{STATE},{path},' /srv/test/good.json > /srv/test/link.json; cat /srv/test/link.json > {FILE}")
            service.must_all_be_done(5, 1)
            for command in "purge --yes", "retry", "reindex", "events list", "erase --cpf --yes":
                status, text = service.machine.status(f"echo 11144477735 | gatilhoctl {command}")
                good = [0, 66] if "erase" in command else [0]
                must(status in good, f"gatilhoctl {command} in {path}: exit {status}: {text[-300:].strip()}")
    finally:
        service.run(f"cat /srv/test/good.json > {FILE}; rm -f /srv/link /srv/last")


def link_under_units(service):
    """2: the state folder itself is a link to another disk, and the units run there, as nginx/README.md says."""
    service.run(f"systemctl stop 'gatilho-worker@*'; mkdir -p /srv/disk && mv {STATE} /srv/disk/gatilho && ln -s /srv/disk/gatilho {STATE}")
    try:
        service.drop_in("gatilho-.service", "StateDirectory=\nReadWritePaths=/srv/disk/gatilho")
        service.restart_workers()
        service.must_all_be_done(20, 8)
        status, _ = service.machine.status("systemctl start gatilho-purge.service gatilho-retry.service")
        must(status == 0, service.journal("gatilho-purge.service")[-400:].strip())
        return service.tally()
    finally:
        service.run(f"systemctl stop 'gatilho-worker@*'; rm {STATE} && mv /srv/disk/gatilho {STATE}")
        service.drop_in("gatilho-.service", "")
        service.restart_workers()


def provider_file(service):
    """3: the workers start with the files that init has named, and no others."""
    service.restart_workers()
    time.sleep(3)
    must(service.workers() == 8, f"{service.workers()} of 8 workers: " + service.journal("gatilho-worker@1.service")[-300:])


def credential(service):
    """3: without a file that is needed nobody loops, and once it is there the workers come back."""
    service.drop_in("gatilho-worker@.service", "LoadCredential=test:/etc/gatilho/test")
    return loop(service, "/etc/gatilho/test", lambda: service.run("echo k > /etc/gatilho/test"))


def user(service):
    """3: the same without what systemd itself needs: the user."""
    service.drop_in("gatilho-worker@.service", "User=nobody-of-that-name")
    return loop(service, "the user", lambda: (
        service.drop_in("gatilho-worker@.service", ""), service.run("systemctl start gatilho.target")))


def secret(service):
    """3: the same with a secret of the configuration."""
    service.drop_in("gatilho-worker@.service", "")
    service.run("mv /etc/gatilho/gupy-secret /srv/test/gupy-secret")
    return loop(service, "gupy-secret", lambda: service.run("mv /srv/test/gupy-secret /etc/gatilho/gupy-secret"))


def loop(service, name, mend):
    service.run("systemctl stop 'gatilho-worker@*'; systemctl reset-failed; journalctl --rotate --vacuum-time=1s", check=False)
    service.machine.status("systemctl start --no-block gatilho-worker@{1..8}.service; sleep 15")
    restarts = service.restarts()
    lines = service.journal("gatilho-worker@*", "-17s").count("\n")
    mend()
    try:
        must(restarts <= 8, f"{restarts} restarts of 8 workers and {lines} lines of log in 15 s without {name}")
        eventually(lambda: service.workers() == 8, f"{name} is there, and {service.workers()} of 8 workers run", 15)
        service.must_all_be_done(5, 1)
    finally:
        service.drop_in("gatilho-worker@.service", "")
        service.restart_workers()
    return f"{restarts} restarts, {lines} lines of log in 15 s"


def recycling(service):
    """4: workers that end after a few webhooks cost nobody an answer."""
    try:
        for requests in 10, 1:
            service.drop_in("gatilho-worker@.service", f"Environment=GATILHO_MAX_REQUESTS={requests}")
            service.restart_workers()
            service.must_all_be_done(300, 32)
        # A machine that is busy does not come to the limit.
        limit = service.run("systemctl show -p TriggerLimitIntervalUSec gatilho.socket").strip()
        must(limit.endswith("=0"), f"{limit}: a faster machine than this closes the socket")
    finally:
        service.drop_in("gatilho-worker@.service", "")
        service.run("systemctl reset-failed; systemctl start gatilho.socket", check=False)
        service.restart_workers()
    return service.tally()


def mending(service):
    """4: a configuration that was wrong at the start is mended by saving it."""
    service.run(f"cp -p {FILE} /srv/test/good.json; echo '}}' >> {FILE}; systemctl restart 'gatilho-worker@*'", check=False)
    try:
        for _ in range(3):
            process = service.machine.start("timeout 20 python3 /srv/test/post.py 40 40")
            time.sleep(5)
            process.communicate()
        must(service.run("systemctl is-active gatilho.socket", check=False).strip() == "active", "the socket is closed")
        must(service.workers() == 0, "a worker runs")
        lines = service.journal("gatilho-worker@*", "-30s").count("\n")
        must(lines < 200, f"{lines} lines of log in 30 s")
        service.run(f"cp -p /srv/test/good.json {FILE}.new; mv {FILE}.new {FILE}")
        eventually(lambda: service.workers() == 8, f"mended, and {service.workers()} of 8 workers run", 15)
        service.must_all_be_done(20, 8)
    finally:
        service.run(f"cp -p /srv/test/good.json {FILE}; systemctl reset-failed; systemctl start gatilho.socket", check=False)
        service.restart_workers()


def told(service, words, *files):
    """The pages say something."""
    text = " ".join((service.tree / name).read_text() for name in files if (service.tree / name).exists())
    text = re.sub(r"\s+", " ", text)
    for pattern in words:
        must(re.search(pattern, text), f"not said: {pattern}")


def switching(service):
    """5, 6: a process a webhook instead of workers, and back; the figures are for the first page."""
    service.run("systemctl start gatilho-request.socket")
    time.sleep(2)
    left = service.workers()
    must(left == 0, f"{left} workers are left on a socket that is gone")
    one = service.must_all_be_done(10, 1)
    many = service.must_all_be_done(64, 64)
    if service.has_target:
        service.run("systemctl start gatilho.target")
    else:
        service.start()
    eventually(lambda: service.workers() == 8, "the workers do not come back", 10)
    service.must_all_be_done(50, 8)
    return f"one at a time {one['p50']:.2f} s, 64 at once up to {many['max']:.1f} s"


def more_and_fewer(service):
    """6: a ninth worker, and one fewer, as nginx/README.md says."""
    service.run("systemctl enable --quiet --now gatilho-worker@9.service")
    must(service.workers() == 9, f"{service.workers()} of 9 workers")
    service.run("systemctl disable --quiet --now gatilho-worker@9.service; systemctl mask --quiet --now gatilho-worker@8.service")
    service.run("systemctl stop gatilho.target; systemctl start gatilho.target; sleep 2")
    must(service.workers() == 7, f"{service.workers()} of 7 workers")
    service.run("systemctl unmask --quiet gatilho-worker@8.service; systemctl start gatilho.target")
    eventually(lambda: service.workers() == 8, "the eighth does not come back")


def first_connection(service):
    """6: where nobody has started the workers, the first connection does."""
    service.run("systemctl stop gatilho.target; systemctl start gatilho.socket")
    must(service.workers() == 0, "a worker runs")
    service.must_all_be_done(8, 8)
    eventually(lambda: service.workers() == 8, "the workers do not run")


def supervisord(service):
    """7: under supervisord too a configuration that was wrong at the start is mended by saving it."""
    file = "/etc/supervisor/conf.d/gatilho.conf"
    service.machine.put(service.tree / "nginx/gatilho-supervisord.conf", file)
    service.run(f"""systemctl stop gatilho.target gatilho.socket 'gatilho-worker@*'
        sed -i "s,/usr/local/bin/gatilho,$(command -v gatilho)," {file}
        cp -p {FILE} /srv/test/good.json; echo '}}' >> {FILE}
        systemctl unmask --quiet supervisor.service; systemctl restart supervisor.service; sleep 15""", check=False)
    try:
        states = service.run("supervisorctl status", check=False)
        service.run(f"cp -p /srv/test/good.json {FILE}")
        must("FATAL" not in states, states)
        eventually(lambda: service.run("supervisorctl status", check=False).count("RUNNING") == 8, "mended, and not all run", 40)
        service.must_all_be_done(20, 8)
    finally:
        service.run(f"""cp -p /srv/test/good.json {FILE}; systemctl stop supervisor.service
            systemctl mask --quiet supervisor.service; rm -f {file} /run/gatilho.sock""", check=False)
        service.start()
        service.restart_workers()
    return service.tally()


def quiet(service):
    """8: under the syscall filter nothing complains."""
    service.post(20, 8)
    service.run("journalctl --rotate --vacuum-time=1s", check=False)
    for unit in "retry", "purge":
        service.machine.status(f"systemctl start gatilho-{unit}.service")
    service.restart_workers()
    service.must_all_be_done(20, 8)
    text = "\n".join(service.journal(f"gatilho-{unit}") for unit in ("retry.service", "purge.service", "worker@*"))
    lines = [line for line in text.splitlines() if re.search(r"priorit|not permitted|rror|denied|EPERM", line)
             and '"level":"info"' not in line]
    must(not lines, f"{len(lines)} lines, such as {lines[:2]}")


def without_token(service):
    """8: without Gupy's token the timer's run is skipped; with it it registers."""
    service.run("mv /etc/gatilho/gupy-token /srv/test/; systemctl start gatilho-webhooks.service; mv /srv/test/gupy-token /etc/gatilho/",
                check=False)
    state = service.run("systemctl is-failed gatilho-webhooks.service", check=False).strip()
    must(state != "failed", service.journal("gatilho-webhooks.service")[-300:])


def exposure(service):
    """systemd's own opinion of the units."""
    units = service.run("systemctl list-unit-files --no-legend 'gatilho*.service' | cut -d' ' -f1").split()
    must(len(units) >= 5, f"units: {units}")
    figures = {}
    for unit in units:
        text = service.run(f"systemd-analyze security --no-pager {unit.replace('@.', '@1.')}")
        figures[unit] = float(re.search(r"Overall exposure level for .*: ([\d.]+)", text)[1])
    must(max(figures.values()) <= 1.2, f"{figures}")
    every = service.run("systemctl list-unit-files --no-legend 'gatilho*' | cut -d' ' -f1").split()
    status, text = service.machine.status(
        "systemd-analyze verify --man=no " + " ".join(unit.replace("@.", "@1.") for unit in every))
    must(status == 0 and "gatilho" not in text, text)
    return f"at most {max(figures.values())}"


READMES = ["README.md", "nginx/README.md"]


def all(report, service):
    """Each of them, in an order in which one that fails spoils no other."""
    number = lambda n, name, body, *arguments: report.check(f"number {n}, {name}", body, service, *arguments)
    number(3, "the provider's file", provider_file)
    if service.run("systemctl is-failed gatilho-worker@1.service || true").strip() != "inactive" and service.workers() == 0:
        service.run("cp -p /etc/gatilho/provider-token /etc/gatilho/provider-key")
        service.restart_workers()
        time.sleep(2)
    number(1, "the operator's commands", commands)
    number(2, "purge by its unit", units_purge)
    number(2, "a state folder behind a link", link)
    number(3, "without a credential", credential)
    number(3, "without a secret", secret)
    number(3, "without the user", user)
    number(4, "recycling workers", recycling)
    number(4, "a configuration mended", mending)
    number(5, "said", told, [r"few webhooks a second", r"\d+([.,]\d+)? s with 64 at once"], *READMES)
    number(6, "switching ways", switching)
    if service.has_target:
        number(6, "more and fewer workers", more_and_fewer)
        number(6, "the first connection", first_connection)
    number(7, "supervisord outside", supervisord)
    number(8, "nothing complains", quiet)
    number(8, "without Gupy's token", without_token)
    number(8, "said", told, [r"gatilho-\.service\.d", r"timer", r"GATILHO_IDLE_EXIT[^.]*systemd"], *READMES)
    report.check("units' exposure and syntax", exposure, service)
    if service.has_target:
        number(1, "events kept with DynamicUser=", found_again)
        number(2, "units on a state folder that is a link", link_under_units)
    report.check("what was told is kept, once", service.tally)
