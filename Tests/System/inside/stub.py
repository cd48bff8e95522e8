"""The far ends on the machine's loopback: a provider that takes every message, and Gupy's webhooks.

Each message's id goes to the file "sent" of the folder that is named, or of /srv/test, as it comes.
"""
import http.server
import json
import os
import sys
import time

WEBHOOKS = []
PLACE = sys.argv[1] if len(sys.argv) > 1 else "/srv/test"
SENT = os.open(f"{PLACE}/sent", os.O_WRONLY | os.O_APPEND | os.O_CREAT)


class FarEnd(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(200, {"results": WEBHOOKS, "totalResults": len(WEBHOOKS), "page": 1, "totalPages": 1})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if "metadata" not in body:
            WEBHOOKS.append({"id": str(len(WEBHOOKS)), **body})
            return self.answer(201, WEBHOOKS[-1])
        os.write(SENT, (body["metadata"]["gatilho_id"] + "\n").encode())
        time.sleep(0.02)
        self.answer(200, {"message": {"uuid": f"m-{time.monotonic_ns()}", "status": "enqueued"}})

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 512
    daemon_threads = True


Server(("127.0.0.1", 8800), FarEnd).serve_forever()
