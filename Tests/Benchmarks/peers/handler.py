"""The same job as a team would write it in Python: secret, decode, lock, event and attempt on disk,
the message, its outcome on disk, the answer, a line in the log. With gatilho's promise, appends and
syncs, and without its rules."""
import hmac
import http.client
import json
import os
import time

from journal import Story, encode, now, tell_day

SECRET = os.environ["BENCH_SECRET"].encode()
KEPT = ("name", "lastName", "email", "identificationDocument", "mobileNumber")
provider = http.client.HTTPConnection("127.0.0.1", int(os.environ["BENCH_PROVIDER"]), timeout=10)


def send(data, event_id, application):
    candidate = data["candidate"]
    body = encode({
        "to": candidate["mobileNumber"], "from": "whatsapp", "type": "text",
        "channel_uuid": "channel", "content": {"text": candidate["name"]},
        "template_uuid": "moved", "optin_contact": True,
        "template_values": [candidate["name"], data["application"]["currentStep"]["name"]],
        "metadata": {"gatilho_id": event_id, "gupy_application": application},
    })
    try:
        provider.request("POST", "/v1/messages/send", body, {
            "Authorization": "Bearer key", "Content-Type": "application/json"})
        reply = provider.getresponse()
        message = json.loads(reply.read()).get("message", {})
    except (OSError, http.client.HTTPException, ValueError):
        provider.close()
        return {"status": "unconfirmed"}
    status = "accepted" if reply.status == 200 else "rejected"
    return {"status": status, "messageId": message.get("uuid"), "httpStatus": reply.status}


def kept(payload, application):
    job, moved = payload["data"]["job"], payload["data"]["application"]
    candidate = payload["data"]["candidate"]
    return {
        "type": payload["event"], "date": payload["date"], "companyName": payload["companyName"],
        "job": {"id": str(job["id"]), "name": job["name"], "branchCode": job["branchCode"],
                "departmentCode": job["departmentCode"]},
        "application": {"id": application},
        "candidate": {key: candidate[key] for key in KEPT if key in candidate},
        "currentStep": {key: moved["currentStep"][key] for key in ("name", "type")},
        "previousStep": {"name": moved["previousStep"]["name"]}, "problems": []}


def decide(story, payload, application, times):
    """What becomes of the event, when it is on disk."""
    began = time.monotonic()
    event_id = payload["id"]
    if "outcome" in story.known or "attempt" in story.known:
        story.keep_known()
        times["journal"] += time.monotonic() - began
        return story.known.get("outcome", {"status": "unconfirmed"}) | {"duplicate": True}
    day = {"eventId": event_id, "application": application, "type": payload["event"]}
    tell_day({"at": now(), "status": "received", **day})
    event = {"at": now(), "eventId": event_id, "event": kept(payload, application)}
    if payload["data"]["application"]["currentStep"]["type"] == "final":
        outcome = {"status": "ignored", "reason": "exceptedStep"}
        story.keep(event, {"at": now(), "eventId": event_id, "outcome": outcome})
    else:
        attempt = {"provider": "callbell", "template": "moved"}
        story.keep(event, {"at": now(), "eventId": event_id, "attempt": attempt})
        sent = time.monotonic()
        outcome = send(payload["data"], event_id, application)
        times["provider"] = time.monotonic() - sent
        story.keep({"at": now(), "eventId": event_id, "outcome": outcome})
    times["journal"] += time.monotonic() - began - times["provider"]
    reason = {"reason": outcome["reason"]} if "reason" in outcome else {}
    tell_day({"at": now(), "status": outcome["status"], **reason, "journal": round(times["journal"] * 1000),
              "provider": round(times["provider"] * 1000), **day})
    return outcome


def handle(body, line, times):
    payload = json.loads(body)
    event_id, application = payload["id"], str(payload["data"]["application"]["id"])
    line |= {"eventId": event_id, "application": application, "type": payload["event"]}
    began = time.monotonic()
    story = Story(int(application), event_id)
    times["journal"] = time.monotonic() - began
    try:
        return {"id": event_id} | decide(story, payload, application, times)
    finally:
        story.close()


def answer(environment, line, times):
    given = environment.get("HTTP_AUTHORIZATION", "").encode()
    if not hmac.compare_digest(given, SECRET):
        return "401 Unauthorized", {"status": "unauthorized"}
    try:
        length = int(environment.get("CONTENT_LENGTH") or 0)
        return "200 OK", handle(environment["wsgi.input"].read(length), line, times)
    except (ValueError, KeyError, TypeError):
        return "400 Bad Request", {"status": "notAnEvent"}
    except OSError:
        return "503 Service Unavailable", {"status": "journalFailed"}


def application(environment, start):
    began = time.monotonic()
    line, times = {"level": "info"}, {"total": 0, "journal": 0, "provider": 0}
    status, body = answer(environment, line, times)
    times["total"] = time.monotonic() - began
    line |= {"at": now(), "status": int(status[:3]),
             "outcome": "duplicate" if "duplicate" in body else body["status"],
             "milliseconds": {key: round(seconds * 1000, 1) for key, seconds in times.items()}}
    os.write(2, encode(line) + b"\n")
    text = encode(body)
    start(status, [("Content-Type", "application/json"), ("Content-Length", str(len(text)))])
    return [text]
