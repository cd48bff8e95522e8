"""What gatilho's figures are compared with, and what they must reach."""
from fnmatch import fnmatch

# Which rows; what gatilho's figure is divided by: a column, `better peer`, another row of its own, or
# nothing; and the bound, where there is one.
COMPARISONS = [
    ("(a) wrong secret, requests/s", "floor", "≥", 0.85),
    ("(a) duplicate, requests/s", "disk floor", "≥", 0.85),
    ("(a) ignored, requests/s", "disk floor", "≥", 0.85),
    ("(a) *, CPU µs a request", "PHP-FPM", "≤", 0.5),
    ("(b) *, events/s", "disk floor", "≥", 0.9),
    ("(b) *, events/s", "call floor", None, None),
    ("(b) *, events/s", "better peer", ">", 1),
    ("(b) *, p50 ms", "better peer", "<", 1),
    ("(b) *, p99 ms", "better peer", "<", 1),
    ("(b) *, p50 over syncs + provider, ms", None, "≤", 1),
    ("(b) *, CPU µs an event", "PHP-FPM", None, None),
    ("(c) CGI, wrong secret, ms", "call floor", "≤", 1.3),
    ("(c) *, wrong secret, *", "floor", None, None),
    ("(c) CGI, accepted, ms", "call floor", None, None),
    ("(c) process a request, *", "call floor", None, None),
    ("(d) workers: 1 idle, private dirty MiB", None, "≤", 2),
    ("(d) workers: 64 *, PSS MiB", None, "≤", 150),
    ("(d) growth *, KiB", None, "≤", 100),
    ("(e) 100,000 *", "(e) 1,000 applications, new event, p50 ms", None, None),
    ("(e) 1,000,000 *", "(e) 1,000 applications, new event, p50 ms", "≤", 1.2),
    ("(e) story of 100,*", "(e) story of 1, one more event, p50 ms", "≤", 2),
]
PEERS = ["PHP-FPM", "Python"]


def comparisons(row):
    return [comparison for comparison in COMPARISONS if fnmatch(row, comparison[0])]


def figures(rows, row, against):
    """In each run gatilho's figure, divided by the one of that run that it is compared with."""
    columns = rows[row]
    if against is None:
        return columns["gatilho"]
    if against == "better peer":
        better = max if row.endswith("/s") else min
        others = [better(pair) for pair in zip(*(columns.get(name, []) for name in PEERS))]
    else:
        others = rows.get(against, {}).get("gatilho") or columns.get(against, [])
    return [own / other for own, other in zip(columns["gatilho"], others) if other]


def is_met(figure, sign, bound):
    return {"≥": figure >= bound, ">": figure > bound, "≤": figure <= bound, "<": figure < bound}[sign]
