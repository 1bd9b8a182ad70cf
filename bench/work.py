"""How long 10,000 responses and the list of what is due take, of a learner of two years."""

from __future__ import annotations

import random
import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.table import Table

from course.work import Work, open_work
from course.work.database import written
from course.work.moments import stamp
from course.work.outline import load_outline
from course.work.records import Response
from course.work.transfer import insert

RESPONSES = 10_000
BEGUN = datetime(2025, 1, 1, 9, tzinfo=UTC)
DAYS = 700
REPEATS = 15


def fill(work: Work, bank: dict[str, tuple[str, str]]) -> None:
    """A seeded history: about as many right answers as wrong ones are few, hints now and then."""
    chance, items = random.Random(1), list(bank)
    with written(work.path) as connection:
        for number in range(RESPONSES):
            item = chance.choice(items)
            response = Response(
                quiz="review",
                item=item,
                revision=1,
                objective=bank[item][1],
                language="en",
                response="a",
                score=chance.choice((1.0, 1.0, 1.0, 0.5, 0.0)),
                hints=chance.choice((0, 0, 0, 1, 3)),
                at=stamp(BEGUN + timedelta(days=DAYS * number / RESPONSES)),
            )
            insert(connection, response)


def milliseconds(work: Callable[[], object]) -> list[float]:
    """One call each, by the clock."""
    found = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        work()
        found.append((time.perf_counter() - begun) * 1000)
    return found


def time_work(root: Path, folder: Path) -> Table:
    """Milliseconds of the due list and of one more answer, in a file with 10,000 responses."""
    work, bank = open_work(folder / "my-work.db"), load_outline(root).bank
    begun = time.perf_counter()
    fill(work, bank)
    filled = time.perf_counter() - begun
    today = (BEGUN + timedelta(days=DAYS)).date()
    item = next(iter(bank))

    def answer() -> None:
        work.record_response(
            quiz="review", item=item, revision=1, objective="", language="en", response="a", score=1.0
        )

    with closing(sqlite3.connect(work.path)) as connection:
        (held,) = connection.execute("SELECT count(*) FROM responses").fetchone()
    table = Table("figure", "best", "median", "aim", title=f"My work with {held} responses")
    for name, call, aim in (
        ("the due list from the file, ms", lambda: work.plan(today, root), "at most 50"),
        ("of this, reading the answers, ms", work.answers, ""),
        ("one more answer, on the disk, ms", answer, ""),
        ("everything at a glance, ms", lambda: work.summary(today), ""),
    ):
        taken = milliseconds(call)
        table.add_row(name, f"{min(taken):.0f}", f"{statistics.median(taken):.0f}", aim)
    table.add_row("all responses stored in one go, s", f"{filled:.1f}", "", "")
    table.add_row("size of the file, MB", f"{work.path.stat().st_size / 1e6:.1f}", "", "")
    return table
