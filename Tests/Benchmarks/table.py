"""The table: a row for each figure, a column for each peer, and what gatilho's must reach."""
from statistics import median

from targets import comparisons, figures, is_met

COLUMNS = ["floor", "disk floor", "call floor", "gatilho", "PHP-FPM", "Python"]
TITLES = ["", *COLUMNS, "ratio", "target", "met"]


class Table:
    """Numbers by what was measured and of whom; each run adds one to each."""

    def __init__(self, title):
        self.title = title
        self.rows = {}
        self.notes = []

    def add(self, row, column, number):
        self.rows.setdefault(row, {}).setdefault(column, []).append(number)

    def note(self, line):
        self.notes.append(line)

    def __str__(self):
        lines = [TITLES, ["---"] * len(TITLES), *(self.cells(row) for row in self.rows)]
        return "\n".join([
            "", self.title, "", *("| " + " | ".join(line) + " |" for line in lines), "", *self.notes])

    def cells(self, row):
        columns = self.rows[row]
        ratios, targets, met = [], [], []
        for _, against, sign, bound in comparisons(row):
            numbers = figures(self.rows, row, against) if "gatilho" in columns else []
            if not numbers:
                continue
            figure = median(numbers)
            if against:
                name = against.removeprefix("(e) ").split(", ")[0]
                ratios.append(f"{figure:.2f} of {name}")
            if bound is not None:
                targets.append(f"{sign} {bound}")
                met.append("yes" if is_met(figure, sign, bound) else "no")
        values = [with_spread(columns[column]) if column in columns else "" for column in COLUMNS]
        return [row, *values, *(", ".join(cell) for cell in (ratios, targets, met))]


def with_spread(numbers):
    """The median, and half of what lies between the lowest and the highest."""
    middle = median(numbers)
    if len(numbers) == 1 or middle == 0:
        return text(middle)
    return f"{text(middle)} ±{(max(numbers) - min(numbers)) / 2 / abs(middle) * 100:.0f} %"


def text(number):
    size = abs(number)
    return f"{number:,.0f}" if size >= 100 else f"{number:.1f}" if size >= 10 else f"{number:.2f}"
