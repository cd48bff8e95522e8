"""Real nginx, real workers and a provider on loopback, in a temporary folder; all are ended with it.

    with Stage(workers=4) as stage:
        report.expect("an event is accepted", stage.gupy(event(1)).status == 200)
"""
import http.client
import http.server
import json
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAMS = [Path(os.environ["GATILHO_PROGRAMS"])] if "GATILHO_PROGRAMS" in os.environ else [
    ROOT / ".build" / kind for kind in ("release", "debug")]
SECRET = "segredo-dos-ataques-4f1c"


def program(name):
    """The built program that is newest, or the one in GATILHO_PROGRAMS."""
    found = [folder / name for folder in PROGRAMS if (folder / name).exists()]
    if not found:
        raise SystemExit(f"run: {name} is not built: swift build")
    return str(max(found, key=lambda path: path.stat().st_mtime))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def event(application, **more):
    """A move as Gupy posts it; what is given replaces members by their path (`data.job.name`)."""
    body = {
        "id": str(uuid.uuid4()), "event": "application.moved", "companyName": "Padaria Horizonte",
        "date": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()),
        "data": {
            "application": {
                "id": application, "currentStep": {"name": "Entrevista", "type": "offline"}},
            "job": {"id": 7410021, "name": "Padeiro(a) Noturno"},
            "candidate": {"name": "Bianca", "lastName": "Prado", "mobileNumber": "+5511955550101"},
        },
    }
    for path, value in more.items():
        *folders, name = path.split(".")
        place = body
        for folder in folders:
            place = place.setdefault(folder, {})
        place[name] = value
    return json.dumps(body).encode()


class Provider(http.server.ThreadingHTTPServer):
    """Takes every message, after a pause if told, and remembers its id."""
    daemon_threads = True
    request_queue_size = 512

    def __init__(self, pause=0):
        self.pause, self.ids, self.lock = pause, [], threading.Lock()
        super().__init__(("127.0.0.1", 0), Answer)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        pass


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(self.server.pause)
        with self.server.lock:
            self.server.ids.append(body["id"])
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


class Stage:
    """One customer's gatilho behind nginx.

    `nginx` changes the project's files (`{old text: new text}`), `http` and `server` are written into
    the main file (`server` replaces the project's site), `connections` is nginx's bound.
    """

    def __init__(self, workers=4, pause=0, nginx=None, http="", server=None, connections=16384,
                 tcp=False, environment=None, configuration=None):
        self.path = Path(tempfile.mkdtemp(prefix="gatilho-attack-"))
        self.port, self.worker_port = free_port(), free_port() if tcp else None
        self.provider, self.processes, self.deaths = Provider(pause), [], []
        self.is_over = threading.Event()
        (self.path / "state").mkdir(mode=0o700)
        self.environment = {
            "PATH": os.environ["PATH"], "GATILHO_CONFIG": str(self.path / "gatilho.json"),
            "SECRET": SECRET, "URL": f"http://127.0.0.1:{self.provider.server_port}/",
            "GATILHO_NGINX": str(self.path / "nginx.conf"), **(environment or {})}
        self._write("gatilho.json", json.dumps({
            "gupy": {"url": "https://hooks.example.com/gupy", "secrets": ["env:SECRET"]},
            "state": str(self.path / "state"), "recipients": "everyone", "retention": "365d",
            "provider": {"profile": "webhook", "settings": {"url": "env:URL"}},
            **(configuration or {})}))
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
             "subjectAltName=DNS:localhost", "-keyout", self.path / "key.pem", "-out",
             self.path / "certificate.pem"], check=True, capture_output=True)
        self._write_nginx(nginx or {}, http, server, connections)
        self.listener = self._listen()
        for _ in range(workers):
            threading.Thread(target=self._keep_worker, daemon=True).start()
        self.nginx = subprocess.Popen(
            [shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin"), "-p", self.path, "-c",
             "nginx.conf", "-e", self.path / "error.log", "-g", "daemon off;"],
            stderr=subprocess.DEVNULL)
        self._wait()

    def _write(self, name, text):
        (self.path / name).write_text(text)

    def _listen(self):
        listener = socket.socket(socket.AF_INET if self.worker_port else socket.AF_UNIX)
        listener.bind(("127.0.0.1", self.worker_port) if self.worker_port
                      else str(self.path / "gatilho.sock"))
        listener.listen(511)
        return listener

    def _write_nginx(self, changes, http_text, server, connections):
        place = f"127.0.0.1:{self.worker_port}" if self.worker_port else f"unix:{self.path}/gatilho.sock"
        places = {
            "unix:/run/gatilho.sock": place, "/etc/gatilho/": f"{self.path}/",
            "listen 443 ssl;": f"listen 127.0.0.1:{self.port} ssl;", "listen [::]:443 ssl;": "",
            "hooks.example.com;": "localhost;",
            "/etc/letsencrypt/live/hooks.example.com/fullchain.pem": f"{self.path}/certificate.pem",
            "/etc/letsencrypt/live/hooks.example.com/privkey.pem": f"{self.path}/key.pem",
            "/etc/nginx/snippets/": f"{self.path}/", "/var/log/nginx/gatilho.log":
            f"{self.path}/gatilho.log"}
        names = ["http", "upstream", "location", "site"]
        for name in names:
            text = (ROOT / "nginx" / f"gatilho-{name}.conf").read_text()
            for old, new in {**changes, **places}.items():
                text = text.replace(old, new)
            self._write(f"gatilho-{name}.conf", text)
        if server:
            self._write("gatilho-site.conf", server.replace("FOLDER", str(self.path)).replace(
                "PORT", str(self.port)))
        user = "user root;" if os.geteuid() == 0 else ""
        self._write("nginx.conf", f"""
{user} pid nginx.pid; worker_processes 1; worker_rlimit_nofile {2 * connections};
error_log error.log; events {{ worker_connections {connections}; }}
http {{
  access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  {http_text}
  include gatilho-http.conf; include gatilho-upstream.conf; include gatilho-site.conf;
}}
""")

    def _keep_worker(self):
        """Starts a worker again whenever it ends, as a process manager does."""
        with open(self.path / "workers.log", "a") as log:
            while not self.is_over.is_set():
                process = subprocess.Popen(
                    [program("gatilho")], stdin=self.listener, stdout=subprocess.DEVNULL, stderr=log,
                    env=self.environment)
                self.processes.append(process)
                code = process.wait()
                if not self.is_over.is_set():
                    self.deaths.append(code)
                    time.sleep(0.2)

    def _wait(self):
        for _ in range(500):
            if (self.path / "nginx.pid").exists() and self.processes:
                return
            if self.nginx.poll() is not None:
                break
            time.sleep(0.02)
        raise SystemExit("run: nginx does not start:\n" + (self.path / "error.log").read_text())

    def connect(self, timeout=30):
        """A connection to nginx, with TLS where the site has it."""
        if "ssl;" in (self.path / "gatilho-site.conf").read_text():
            context = ssl.create_default_context(cafile=self.path / "certificate.pem")
            return http.client.HTTPSConnection("localhost", self.port, timeout=timeout, context=context)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def ask(self, method, path, body=None, headers=None, connection=None):
        """A request, and its answer with the attribute `body`; None where nobody answered."""
        connection = connection or self.connect()
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            answer.body = answer.read()
            return answer
        except OSError:
            return None
        finally:
            connection.close()

    def gupy(self, body, path="/gupy", headers=None):
        """Posts as Gupy does, with the right secret."""
        return self.ask("POST", path, body, {"Authorization": f"Bearer {SECRET}", **(headers or {})})

    def gatilhoctl(self, *arguments):
        return subprocess.run([program("gatilhoctl"), *arguments], env=self.environment,
                              capture_output=True, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.is_over.set()
        for process in [self.nginx, *self.processes]:
            if process.poll() is None:
                process.terminate()
        for process in [self.nginx, *self.processes]:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
        self.provider.shutdown()
        self.provider.server_close()
        self.listener.close()
        shutil.rmtree(self.path, ignore_errors=True)
