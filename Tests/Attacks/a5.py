"""Rate limits and slow clients in front of nginx: what a stranger can take away from Gupy.

The stranger has no secret. He comes through the same proxy as Gupy, from this very host, or holds
connections open. Gupy's webhooks must all be answered 200.
"""
import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor

from stage import Stage, event, free_port

# A limit that a test can reach, and room for few allowances: what counts is whose is used up.
TIGHT = {"rate=50r/s": "rate=1r/m", "burst=1000": "burst=30", "zone=gatilho:1m": "zone=gatilho:32k"}
PLAIN = "server { listen 127.0.0.1:PORT; include gatilho-location.conf; location / { return 404; } }"
FORWARDED = {"X-Forwarded-For": "203.0.113.9"}


def flood(stage, count, headers, together=16):
    """Posts of a stranger; how often each status came."""
    def one(number):
        answer = stage.ask("POST", "/gupy", b"{}", headers(number))
        return answer.status if answer else 0
    with ThreadPoolExecutor(together) as pool:
        statuses = list(pool.map(one, range(count)))
    return {status: statuses.count(status) for status in sorted(set(statuses))}


def deliver(stage, count, first=1, **options):
    """How many of Gupy's webhooks are answered 200."""
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda n: stage.gupy(event(first + n), **options), range(count))
        return sum(answer is not None and answer.status == 200 for answer in answers)


def limits(report):
    strangers = {
        "without a secret": lambda n: {}, "with one wrong secret": lambda n: {"Authorization": "Bearer x"},
        "with another wrong secret each time": lambda n: {"Authorization": f"Bearer {n:040}"},
        "with secrets of all lengths": lambda n: {"Authorization": "x" * (1 + n * 7 % 4_000)},
    }
    # To nginx a proxy on another host is one that has another address than loopback.
    other = {**TIGHT, "  127.0.0.0/8 1;\n": ""}
    places = [("through a proxy on this host", PLAIN, TIGHT),
              ("through a proxy on another host", PLAIN, other),
              ("through one that encrypts again", None, other)]
    for place, server, nginx in places:
        for name, headers in strangers.items():
            with Stage(nginx=nginx, server=server) as stage:
                with ThreadPoolExecutor(1) as beside:
                    stranger = beside.submit(flood, stage, 2_000, lambda n: {**FORWARDED, **headers(n)})
                    time.sleep(0.5)
                    served = deliver(stage, 15, headers=FORWARDED)
                    seen = stranger.result()
                served += deliver(stage, 15, first=100, headers=FORWARDED)
                report.expect(f"a stranger {name}, {place}, leaves Gupy its allowance", served == 30,
                              f"the stranger got {seen}, Gupy {served} of 30 times 200")
    with Stage(nginx=TIGHT) as stage:
        seen = flood(stage, 100, lambda n: FORWARDED)
        report.expect("a stranger without a secret is limited", seen.get(429, 0) >= 60, f"{seen}")
        report.expect("`check` sees limits that hit nobody as well",
                      "FAIL" not in nginx_lines(stage), nginx_lines(stage))
    with Stage(nginx={**TIGHT, "$binary_remote_addr$gatilho_secret_end": "$binary_remote_addr"},
               server=PLAIN) as stage:
        flood(stage, 100, lambda n: FORWARDED)
        served = deliver(stage, 5, headers=FORWARDED)
        report.expect("where a limit does hit Gupy, `check` says so",
                      served == 0 and nginx_lines(stage).count("FAIL") == 2, nginx_lines(stage))
    with Stage(nginx={**TIGHT, "  # 3.225.75.195 1;": "  203.0.113.7 1;"}, server=PLAIN,
               http="set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For;") as stage:
        served = deliver(stage, 60, headers={"X-Forwarded-For": "203.0.113.7"})
        report.expect("a known address has no limit where nginx is told whose word counts", served == 60)


def nginx_lines(stage):
    lines = stage.gatilhoctl("check").stdout.splitlines()
    return " | ".join(line for line in lines if " nginx" in line or " rate limit" in line)


def doors(report):
    """Who is this host? Status page, metrics and health, and the exemption of loopback."""
    paths = ["/gatilho_status", "/gatilho_metrics", "/gatilho_health"]
    borrowed = {
        "X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1", "X-Real-IP": "127.0.0.1",
        "Via": "1.1 proxy", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "localhost"}
    with Stage() as stage:
        for path in paths:
            report.expect(f"{path} is shown to this host", stage.ask("GET", path).status == 200)
            for name, value in borrowed.items():
                status = stage.ask("GET", path, headers={name: value}).status
                report.expect(f"{path} is not shown to who comes with {name}", status == 403)
    with Stage(server=PLAIN) as stage:
        for path in paths:
            status = stage.ask("GET", path).status
            report.expect(f"{path} is not shown through a terminator that adds no header", status == 403)
    for name, header in (("says for whom it asks", FORWARDED), ("says nothing", {})):
        with Stage(server=PLAIN, nginx=TIGHT) as stage:
            seen = flood(stage, 60, lambda n: header)
            report.expect(f"a terminator on this host that {name} is no known address",
                          seen.get(429, 0) >= 20, f"{seen}")
            with_list = {"# if ($gatilho_known = 0)": "if ($gatilho_known = 0)"}
        with Stage(server=PLAIN, nginx=with_list) as stage:
            status = stage.gupy(event(1), headers=header).status
            report.expect(f"nor does the allow-list let in who comes through one that {name}",
                          status == 403)
    port = free_port()
    local = PLAIN.replace("listen", f"listen 127.0.0.1:{port}; listen")
    with Stage(server=local, nginx={"8081": str(port)}) as stage:
        stage.port = port
        report.expect("the port for this host alone shows the page without TLS",
                      stage.ask("GET", "/gatilho_status").status == 200)


def slashes(report):
    with Stage(nginx={"# /gupy/padaria ": "/gupy/padaria "}) as stage:
        text = (stage.path / "gatilho.json").read_text()
        (stage.path / "padaria").mkdir(mode=0o700)
        (stage.path / "padaria.json").write_text(text.replace("/state", "/padaria"))
        for number, path in enumerate(["/gupy", "/gupy/", "/gupy//", "/gupy/padaria", "/gupy/padaria/"]):
            report.expect(f"POST {path} is served", stage.gupy(event(number), path).status == 200)
        for path in ["/gupyx", "/gupy/x", "/gupy/x/", "/gupy/padaria/x"]:
            report.expect(f"POST {path} is a 404", stage.gupy(event(9), path).status == 404)


def is_open(connection):
    try:
        connection.setblocking(False)
        return connection.recv(1) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def slow_clients(report):
    """2,500 connections that send one byte of TLS, or stop elsewhere, while Gupy delivers."""
    hello = bytes([22, 3, 1, 2, 0, 1, 0, 1, 252])
    for name, data in (("one byte of TLS", hello[:1]), ("nothing", b""), ("half a hello", hello)):
        with Stage() as stage:
            idle = []
            for _ in range(2_500):
                connection = socket.create_connection(("127.0.0.1", stage.port))
                connection.sendall(data)
                idle.append(connection)
            start = time.monotonic()
            served = deliver(stage, 10)
            seconds = time.monotonic() - start
            report.expect(f"2,500 connections that send {name}: Gupy is served at once",
                          served == 10 and seconds < 10, f"{served} of 10 in {seconds:.1f} s")
            while any(map(is_open, idle)) and time.monotonic() - start < 30:
                time.sleep(0.1)
            seconds = time.monotonic() - start
            report.expect("and nginx lets go of them soon", seconds < 20, f"{seconds:.1f} s")
            for connection in idle:
                connection.close()
    with Stage(connections=768) as stage:
        idle, start = [], time.monotonic()
        while time.monotonic() - start < 3:  # nginx closes what it has no room for: they come again
            idle = [each for each in idle if is_open(each)]
            while len(idle) < 1_000:
                idle.append(socket.create_connection(("127.0.0.1", stage.port)))
                idle[-1].sendall(hello[:1])
        start = time.monotonic()
        while deliver(stage, 1) == 0 and time.monotonic() - start < 70:
            time.sleep(0.1)
        seconds = time.monotonic() - start
        report.expect("with Debian's 768 connections they keep Gupy out for seconds, not for a minute",
                      seconds < 30, f"{seconds:.1f} s")
        for connection in idle:
            connection.close()
    with Stage() as stage:
        context = ssl.create_default_context(cafile=stage.path / "certificate.pem")
        held = []
        for _ in range(50):
            connection = context.wrap_socket(
                socket.create_connection(("127.0.0.1", stage.port)), server_hostname="localhost")
            connection.sendall(b"POST /gupy HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n")
            held.append(connection)
        report.expect("50 bodies that never come hold no worker", deliver(stage, 20) == 20)
        for connection in held:
            connection.close()


def attack(report):
    doors(report)
    slashes(report)
    limits(report)
    slow_clients(report)
