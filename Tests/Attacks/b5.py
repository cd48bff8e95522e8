"""Whoever reaches FastCGI by TCP: records that lie, connections that say nothing, params that name files."""
import json
import random
import socket
import struct
import time

from stage import SECRET, Stage, event


def record(kind, content=b"", number=1):
    return struct.pack(">BBHHBx", 1, kind, number, len(content), 0) + content


def length(count):
    return bytes([count]) if count < 128 else struct.pack(">I", count | 1 << 31)


def pair(name, value):
    return length(len(name)) + length(len(value)) + name.encode() + value.encode()


BEGIN = record(1, bytes([0, 1, 0, 0, 0, 0, 0, 0]))
HUGE = bytes([255] * 4)


def request(params, body=b""):
    pairs = b"".join(pair(*each) for each in params.items())
    records = BEGIN + record(4, pairs) + record(4)
    for start in range(0, len(body), 60_000):
        records += record(5, body[start:start + 60_000])
    return records + record(5)


def post(**more):
    body = event(more.pop("application", 1))
    return request({"REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(len(body)),
                    "HTTP_AUTHORIZATION": SECRET, **more}, body)


def send(stage, data, timeout=20):
    """What a worker answers to these bytes; "" if it closes without an answer, None if it is silent."""
    with socket.create_connection(("127.0.0.1", stage.worker_port), timeout) as connection:
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            answer = b""
            while chunk := connection.recv(65_536):
                answer += chunk
            return answer.decode(errors="replace")
        except TimeoutError:
            return None
        except OSError:
            return ""


def shapes():
    """Records that a web server never sends, each with its name."""
    capacity = pair("FCGI_MPXS_CONNS", "")
    yield "a name and a value of 2 GiB", BEGIN + record(4, HUGE + HUGE + b"A")
    yield "a name of 2 GiB", BEGIN + record(4, HUGE + b"\1A")
    yield "a value of 2 GiB", BEGIN + record(4, b"\1" + HUGE + b"A")
    for name, value in [(0x7FFFFFFF, 1), (0x40000000, 0x40000000), (0x7FFFFFFE, 0), (1, 0x7FFFFFFD)]:
        lengths = struct.pack(">II", name | 1 << 31, value | 1 << 31)
        yield f"lengths {name:#x} and {value:#x}", BEGIN + record(4, lengths + b"AB")
    for count in (4, 5, 20, 2_000):
        yield f"a question of {count} names", record(9, capacity * count, 0) + BEGIN
        yield f"a question of {count} names after the beginning", BEGIN + record(9, capacity * count, 0)
    yield "a question of 2 GiB", record(9, HUGE + HUGE, 0)
    yield "a question in the body", request({"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "9"})[:-8] \
        + record(9, capacity * 99, 0)
    yield "questions without end", record(9, capacity, 0) * 5_000
    yield "a beginning within a question", record(9, BEGIN, 0) + BEGIN
    yield "many small params", BEGIN + record(4, b"\1\0A" * 20_000) * 60
    yield "three MiB of params", BEGIN + record(4, pair("A", "x" * 60_000)) * 50
    yield "a NUL in a name", BEGIN + record(4, pair("GATILHO_CONFIG\0", "x")) + record(4)
    yield "two beginnings", BEGIN + BEGIN
    yield "an unknown role", record(1, bytes([0, 9] + [0] * 6)) + record(4) + record(5)
    yield "another version", b"\2" + BEGIN[1:]
    yield "a body first", record(5, b"hello")
    yield "HTTP", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


def mutations(seed, count):
    """A right request with some bytes changed, cut or repeated."""
    source = random.Random(seed)
    whole = post()
    for _ in range(count):
        data = bytearray(whole)
        for _ in range(source.randint(1, 6)):
            place = source.randrange(min(len(data), 120))
            data[place:place + source.randint(0, 2)] = source.randbytes(source.randint(0, 4))
        yield bytes(data)


def is_well(stage):
    answer = stage.gupy(event(random.randrange(10**9)))
    return answer is not None and answer.status == 200


def records(report):
    with Stage(workers=2, tcp=True) as stage:
        report.expect("a right request is answered", "accepted" in (send(stage, post()) or ""))
        for name, data in shapes():
            before = len(stage.deaths)
            send(stage, data)
            time.sleep(0.05)
            report.expect(f"{name}: no worker ends, Gupy is served",
                          len(stage.deaths) == before and is_well(stage), f"{stage.deaths[before:]}")
        seed = random.randrange(10**6)
        before = len(stage.deaths)
        for data in mutations(seed, 3_000):
            send(stage, data)
        report.expect("3,000 spoiled requests end no worker",
                      len(stage.deaths) == before and is_well(stage), f"seed {seed}")


def silence(report):
    """As many connections as workers, each silent in its own way; then Gupy comes."""
    ways = {
        "say nothing": b"", "say one byte": b"\1", "stop in a record": BEGIN[:12],
        "stop in the params": BEGIN + record(4, b"\x0e\xc8"),
        "stop before the body": request({"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "5"})[:-8],
    }
    with Stage(workers=2, tcp=True) as stage:
        is_well(stage)
        for name, data in ways.items():
            silent = [socket.create_connection(("127.0.0.1", stage.worker_port)) for _ in range(2)]
            for connection in silent:
                connection.sendall(data)
            time.sleep(0.2)
            start = time.monotonic()
            served = is_well(stage)
            seconds = time.monotonic() - start
            report.expect(f"connections that {name} hold nobody for ten seconds",
                          served and seconds < 6, f"{seconds:.1f} s")
            for connection in silent:
                connection.close()


def addresses(report):
    with Stage(workers=2, tcp=True, environment={"FCGI_WEB_SERVER_ADDRS": "192.0.2.7"}) as stage:
        for endpoint in ("webhook", "status", "metrics", "health"):
            answer = send(stage, post(GATILHO_ENDPOINT=endpoint))
            report.expect(f"an address that is no web server's gets nothing of {endpoint}", answer == "")
    with Stage(workers=2, tcp=True, environment={"FCGI_WEB_SERVER_ADDRS": "127.0.0.1"}) as stage:
        report.expect("the web server's address is served", is_well(stage))


def configurations(report):
    with Stage(workers=1, tcp=True) as stage:
        text = (stage.path / "gatilho.json").read_text()
        (stage.path / "gatilho.json.bak").write_text(text)
        (stage.path / "link.json").symlink_to("gatilho.json")
        (stage.path / "hard.json").hardlink_to(stage.path / "gatilho.json")
        spoiled = ["/./gatilho.json", "//gatilho.json", "/.//./gatilho.json", "/link.json", "/hard.json",
                   "/gatilho.json.bak", "/state/../gatilho.json", "/gatilho.json/", "/", "/gatilho.json\n",
                   "/../" + stage.path.name + "/gatilho.json"]
        for name in spoiled:
            for changes in (False, True):
                if changes:  # what was read before is forgotten: the stranger comes first
                    (stage.path / "gatilho.json").write_text(text := text + " ")
                send(stage, post(GATILHO_CONFIG=f"{stage.path}{name}", HTTP_AUTHORIZATION="wrong"))
                report.expect(f"after GATILHO_CONFIG={json.dumps('<folder>' + name)}"
                              + (", first after a change," if changes else "") + " Gupy is served",
                              is_well(stage))


def attack(report):
    records(report)
    silence(report)
    addresses(report)
    configurations(report)
