"""Texts whose comparison is costly: no webhook keeps a worker, and no message grows without end."""
import time

from stage import Stage, event

# Combining marks in falling order of their class: putting them into order is quadratic in their number.
MARKS = ["\u0345\u0315\u0300\u0327" * (100_000 // 4), "a" + "\u0301\u0327" * 50_000, "\u0F71\u0F72" * 60_000]
PLACES = [
    "id", "event", "date", "companyName", "data.application.currentStep.name",
    "data.application.currentStep.type", "data.application.previousStep.name", "data.job.name",
    "data.candidate.name", "data.candidate.lastName", "data.candidate.email",
    "data.candidate.mobileNumber", "data.candidate.identificationDocument", "data.job.id",
    "data.application.id", "data.job.branchCode",
]
LONGEST = 1.0


def attack(report):
    rules = [{"event": "application.moved", "when": {"currentStep.name": "*Entrevista*"}, "parameters": "all"},
             {"event": "application.moved", "parameters": "all"}]
    with Stage(workers=2, configuration={"messages": rules}) as stage:
        for place in PLACES:
            slowest, statuses = 0, set()
            for number, marks in enumerate(MARKS):
                body = event(number, **{place: marks})
                start = time.monotonic()
                answer = stage.gupy(body)
                slowest = max(slowest, time.monotonic() - start)
                statuses.add(answer.status if answer else None)
            report.expect(f"{place} of many marks is answered within {LONGEST:.0f} s",
                          slowest < LONGEST and statuses <= {200, 503}, f"{slowest:.2f} s, {statuses}")
        start = time.monotonic()
        text = stage.gatilhoctl("events", "list").stdout
        report.expect("lists are quick beside it", time.monotonic() - start < 5 * LONGEST and text)
        sizes = [path.stat().st_size for path in (stage.path / "state/applications").rglob("*.jsonl")]
        report.expect("no story grows with them", max(sizes, default=0) < 128 * 1024, f"{max(sizes, default=0)} bytes")
        report.expect("nobody died", not stage.deaths, str(stage.deaths))
