"""Many deliveries of one application that is held: the other applications are served."""
import fcntl
import os
import struct
import threading
import time

from stage import Stage, event

WORKERS, COPIES, OTHERS = 4, 12, 40


def hold(stage, application):
    """Takes an application's lock, as a process does that hangs; closing the descriptor lets go."""
    descriptor = os.open(stage.path / "state/lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    lock = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, application, 1, 0)
    fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, lock)
    return descriptor


def at_once(calls):
    """Makes all calls at once; what each returned, and how many seconds it took."""
    results = [None] * len(calls)

    def make(index):
        start = time.monotonic()
        answer = calls[index]()
        results[index] = (answer, time.monotonic() - start)

    threads = [threading.Thread(target=make, args=(index,)) for index in range(len(calls))]
    for thread in threads:
        thread.start()
    return threads, results


def status(answer):
    return answer.status if answer else None


def attack(report):
    with Stage(workers=WORKERS) as stage:
        descriptor = hold(stage, 7)
        threads, held = at_once([lambda: stage.gupy(event(7))] * COPIES)
        start = time.monotonic()
        others = [status(stage.gupy(event(100 + number))) for number in range(OTHERS)]
        seconds = time.monotonic() - start
        report.expect(f"{OTHERS} other applications are served while one is held",
                      others == [200] * OTHERS, f"{others.count(200)} in {seconds:.1f} s")
        for thread in threads:
            thread.join()
        quick = sum(seconds < 5 for _, seconds in held)
        report.expect("the held application's deliveries are told to come again",
                      all(status(answer) == 503 and answer.headers["Retry-After"] == "60"
                          for answer, _ in held), f"{quick} of {COPIES} within 5 s")
        report.expect("all but those that wait are told at once", quick >= COPIES - 3)
        text = stage.gatilhoctl("check").stdout
        report.expect("check says that webhooks wait too long", "busy" in text)
        os.close(descriptor)
        report.expect("let go, it is served", status(stage.gupy(event(7))) == 200)
    with Stage(workers=WORKERS, pause=1) as stage:
        body = event(8)
        threads, copies = at_once([lambda: stage.gupy(body)] * 2)
        for thread in threads:
            thread.join()
        report.expect("of two copies at once the second waits, and is a duplicate",
                      [status(answer) for answer, _ in copies] == [200, 200]
                      and sum(b"duplicate" in answer.body for answer, _ in copies) == 1)
        report.expect("one message is sent for both", len(stage.provider.ids) == 1)
