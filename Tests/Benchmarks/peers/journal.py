"""What the peer in Python keeps on disk: gatilho's files, with its appends, syncs and repairs."""
import fcntl
import json
import os
import socket
from datetime import datetime, timezone

STATE = os.environ["BENCH_STATE"]
HOST = socket.gethostname()
synced = set()


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def encode(line):
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode()


def sync_folder(path):
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(folder)
    os.close(folder)


def open_making_folder(path, flags):
    try:
        return os.open(path, flags | os.O_CREAT, 0o600)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)
        return os.open(path, flags | os.O_CREAT, 0o600)


class Story:
    """An application's file under its lock, and what it says of one event."""

    def __init__(self, application, event_id):
        self.folder = f"{STATE}/applications/{application % 1000:03}"
        self.file = open_making_folder(f"{self.folder}/{application}.jsonl", os.O_RDWR)
        fcntl.flock(self.file, fcntl.LOCK_EX)
        text = os.pread(self.file, os.fstat(self.file).st_size, 0)
        self.end = text.rfind(b"\n") + 1
        self.is_torn = self.end < len(text)
        self.known, self.lines, place = {}, [], 0
        for line in text[:self.end].splitlines(keepends=True):
            entry = json.loads(line)
            if entry["eventId"] == event_id:
                self.known |= entry
                self.lines.append((place, line))
            place += len(line)

    def keep(self, *lines):
        """Appends lines, and returns when they are on disk; cuts the file back when that fails."""
        if self.end == 0:
            self.sync_folders()
        text = b"".join(encode(line) + b"\n" for line in lines)
        try:
            if self.is_torn:
                os.ftruncate(self.file, self.end)
            if os.pwrite(self.file, text, self.end) != len(text):
                raise OSError("the disk is full")
            os.fdatasync(self.file)
        except OSError:
            os.ftruncate(self.file, self.end)
            raise
        self.end += len(text)

    def sync_folders(self):
        """The folder of a new file, and once a process the two above it."""
        sync_folder(self.folder)
        if self.folder not in synced:
            sync_folder(self.folder + "/..")
            sync_folder(self.folder + "/../..")
            synced.add(self.folder)

    def keep_known(self):
        """Whoever wrote the event's lines may have died before the sync."""
        for place, line in self.lines:
            if os.pwrite(self.file, line, place) != len(line):
                raise OSError("the disk is full")
        os.fdatasync(self.file)

    def close(self):
        os.close(self.file)


def tell_day(line):
    """The index by day: appended, never synced."""
    path = f"{STATE}/days/{line['at'][:10]}/{HOST}.jsonl"
    file = open_making_folder(path, os.O_WRONLY | os.O_APPEND)
    os.write(file, b"\n" + encode(line))
    os.close(file)
