"""What was found: a line a check, and counts at the end."""
import time
import traceback


class Failure(Exception):
    """Something is not as it must be."""


def must(holds, words):
    if not holds:
        raise Failure(words)


def eventually(holds, words, seconds=30):
    """Waits until something holds."""
    end = time.monotonic() + seconds
    while True:
        if holds():
            return
        if time.monotonic() > end:
            raise Failure(words)
        time.sleep(0.25)


class Report:
    def __init__(self, only):
        self.only = only
        self.passed = self.failed = self.skipped = 0

    def check(self, name, body, *arguments):
        """Runs a check and prints what came of it. What it returns is printed beside its name."""
        if self.only and not any(part in name for part in self.only):
            return
        begun = time.monotonic()
        try:
            words = body(*arguments)
            self.passed += 1
            verdict = "ok  "
        except Failure as failure:
            words, verdict = str(failure), "FAIL"
            self.failed += 1
        except Exception:
            words, verdict = traceback.format_exc(limit=-3), "FAIL"
            self.failed += 1
        print(f"{verdict} {name} ({time.monotonic() - begun:.0f} s){': ' + words if words else ''}", flush=True)

    def skip(self, words):
        self.skipped += 1
        print(f"skipped: {words}", flush=True)

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        return 1 if self.failed else 0
