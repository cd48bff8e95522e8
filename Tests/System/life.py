"""The life of a service: killed, full, rebooted, upgraded, removed."""
import time

from report import eventually, must
from service import FILE, STATE


def asleep(service):
    """After the installation nothing is enabled, nothing runs, and nginx takes its files."""
    enabled = service.run("systemctl list-unit-files --no-legend --state=enabled 'gatilho*'", check=False)
    active = service.run("systemctl list-units --no-legend --state=active 'gatilho*'")
    must(not enabled and not active, enabled + active)
    service.run("nginx -t")
    must(service.run("stat -c '%U %a' /var/lib/gatilho /etc/gatilho").split() == ["gatilho", "700", "root", "750"],
         "the folders are another's")


def documented(service):
    """The package brings a page for each command, and completions."""
    for command in service.run("ls /usr/share/man/man1 | sed -n 's/^\\(gatilhoctl.*\\)[.]1[.]gz$/\\1/p'").split():
        page = service.run(f"zcat /usr/share/man/man1/{command}.1.gz")
        must(f"\n{command} \\- " in page and "\n.SH DESCRIPTION" in page, f"{command}(1): {page[:200]}")
    service.run("test -e /usr/share/man/man1/gatilhoctl-retry.1.gz -a -e /usr/share/man/man8/gatilho.8.gz")
    service.run("bash -n /usr/share/bash-completion/completions/gatilhoctl")


def registers(service):
    """init, check, webhooks ensure: the whole set-up."""
    service.run("gatilhoctl webhooks ensure --skip-lookup")
    must("application.moved" in service.run("gatilhoctl webhooks list"), "not registered")


def kills(service):
    """Workers are killed under load, and Gupy sees nothing of it."""
    load = service.machine.start("touch /srv/test/go; python3 /srv/test/post.py 5000 16 --while /srv/test/go")
    for _ in range(12):
        time.sleep(0.7)
        service.run("kill -9 $(pidof -s gatilho)", check=False)
    service.run("rm /srv/test/go")
    answers = service.answers(load.communicate()[0])["statuses"]
    must(set(answers) == {"200"}, f"answers: {answers}")
    eventually(lambda: service.workers() == 8, "not all workers came back")
    service.run("systemctl start gatilho-retry.service", check=False)
    return f"{answers}"


def full(service):
    """A full disk is 503, and once there is room everything works, with no hand at it."""
    service.run(f"""systemctl stop 'gatilho-worker@*' && mkdir -p /srv/kept && mount -t tmpfs -o size=1m,mode=700 full /srv/kept
        chown gatilho: /srv/kept && mount --bind /srv/kept {STATE} && systemctl start gatilho.target""")
    service.run("rm -f /srv/test/here && mkdir /srv/test/here && cp /srv/test/event.json /srv/test/here && touch /srv/test/here/sent", check=False)
    try:
        service.run(f"head -c 2m /dev/zero > {STATE}/ballast", check=False)
        answers = service.post(20, 4, "--place /srv/test/here")["statuses"]
        must(set(answers) <= {"503"}, f"answers with a full disk: {answers}")
        service.run(f"rm {STATE}/ballast")
        time.sleep(1)
        again = service.post(20, 4, "--place /srv/test/here")["statuses"]
        must(set(again) == {"200"}, f"answers with room again: {again}")
        must(service.workers() == 8, "a worker ended")
    finally:
        service.run(f"systemctl stop 'gatilho-worker@*'; umount {STATE} && umount /srv/kept; systemctl start gatilho.target")
    return f"{answers}, then {again}"


def reboot(service):
    """After a reboot it serves, by the same means, and nothing is lost."""
    before = service.tally()
    service.machine.reboot()
    eventually(lambda: service.workers() == 8, "the workers do not run")
    service.must_all_be_done(50, 8)
    timers = service.run("systemctl list-units --no-legend --state=active 'gatilho*.timer'").count("\n")
    must(timers == 3, f"{timers} of 3 timers run")
    return f"{before}; after it {service.tally()}"


def upgrade(service, package):
    """Old and new workers side by side under load: no answer but 200, nothing lost, nothing sent twice."""
    service.machine.put(package, "/srv/test/new.deb")
    socket = service.run("systemctl show -p ActiveEnterTimestampMonotonic gatilho.socket")
    before = service.run("pidof gatilho").split()
    load = service.machine.start("touch /srv/test/go; python3 /srv/test/post.py 20000 16 --while /srv/test/go")
    time.sleep(2)
    service.run("dpkg -i /srv/test/new.deb < /dev/null")
    time.sleep(2)
    service.run("dpkg -i /srv/test/gatilho.deb < /dev/null; dpkg -i /srv/test/new.deb < /dev/null")
    time.sleep(1)
    service.run("rm /srv/test/go")
    answers = service.answers(load.communicate()[0])["statuses"]
    must(set(answers) == {"200"}, f"answers: {answers}")
    must(service.run("systemctl show -p ActiveEnterTimestampMonotonic gatilho.socket") == socket, "the socket was restarted")
    after = service.run("pidof gatilho").split()
    must(not set(before) & set(after), "an old worker runs still")
    must(service.workers() == 8, f"{service.workers()} of 8 workers run")
    return f"{answers}; {service.tally()}"


def removal(service):
    """Removed and purged: nothing runs, nothing is asked, and the events are still there."""
    files = service.run(f"cd {STATE} && find . -type f | sort | xargs sha256sum")
    service.run("dpkg -r gatilho < /dev/null")
    must(not service.run("pidof gatilho", check=False).strip(), "a worker runs still")
    service.run("systemctl daemon-reload && nginx -t")
    service.run("dpkg -P gatilho < /dev/null")
    must(service.run(f"cd {STATE} && find . -type f | sort | xargs sha256sum") == files, "the events are not what they were")
    must(service.run(f"test -e {FILE} && echo yes").strip() == "yes", "the configuration is gone")
    left = service.run("find /etc/systemd /etc/nginx/conf.d /etc/nginx/snippets /lib/systemd -name 'gatilho*'")
    must(not left, f"left: {left}")
    service.run("rm -f /etc/nginx/sites-enabled/gatilho-site.conf && nginx -t")


def installed_again(service):
    """Installed anew, the events are found."""
    service.run("dpkg -i /srv/test/gatilho.deb < /dev/null && systemctl enable --quiet --now gatilho.target")
    must(service.run("gatilhoctl events list | wc -l").strip() != "0", "no events")
