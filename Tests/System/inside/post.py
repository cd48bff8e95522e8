"""Posts webhooks as Gupy does, each on a connection of its own, and prints what was answered as JSON.

  post.py COUNT PARALLEL [--while FILE] [--url URL] [--place FOLDER] [--secret FILE]

Each event is of an application of its own. With --while it goes on as long as the file is there. Each
answer goes to the file "posted" of the folder: status, event's id, outcome.
"""
import argparse
import collections
import datetime
import http.client
import json
import os
import ssl
import threading
import time
import urllib.parse
import uuid

parser = argparse.ArgumentParser()
parser.add_argument("count", type=int)
parser.add_argument("parallel", type=int)
parser.add_argument("--while", dest="file")
parser.add_argument("--url", default="https://hooks.example.com/gupy")
parser.add_argument("--place", default="/srv/test")
parser.add_argument("--secret", default="/etc/gatilho/gupy-secret")
options = parser.parse_args()

url = urllib.parse.urlsplit(options.url)
tls = ssl._create_unverified_context()
secret = open(options.secret).read().strip()
payload = json.load(open(f"{options.place}/event.json"))
posted = os.open(f"{options.place}/posted", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
lock = threading.Lock()
left = options.count
statuses, times = collections.Counter(), []


def connection():
    if url.scheme == "https":
        return http.client.HTTPSConnection("127.0.0.1", 443, timeout=30, context=tls)
    return http.client.HTTPConnection(url.hostname, url.port, timeout=30)


def post(number):
    event = json.loads(json.dumps(payload))
    event["id"] = str(uuid.uuid4())
    event["date"] = datetime.datetime.utcnow().isoformat(timespec="milliseconds") + "Z"
    event["data"]["application"]["id"] = number
    begun = time.monotonic()
    try:
        wire = connection()
        headers = {"Host": url.hostname, "Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        wire.request("POST", url.path, json.dumps(event), headers)
        answer = wire.getresponse()
        answer.read()
        wire.close()
        status, outcome = str(answer.status), answer.headers.get("Gatilho-Outcome", "-")
    except OSError as error:
        status, outcome = type(error).__name__, "-"
    except http.client.HTTPException as error:
        status, outcome = type(error).__name__, "-"
    os.write(posted, f"{status} {event['id']} {outcome}\n".encode())
    with lock:
        statuses[status] += 1
        times.append(time.monotonic() - begun)


def work():
    global left
    while True:
        with lock:
            if left == 0 or options.file and not os.path.exists(options.file):
                return
            left -= 1
        post(uuid.uuid4().int % 10**12 + 1)


threads = [threading.Thread(target=work) for _ in range(options.parallel)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
times.sort()
print(json.dumps({"statuses": statuses, "p50": times[len(times) // 2], "max": times[-1]} if times else {"statuses": {}}))
