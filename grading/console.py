"""What the command prints: tables and JSON on stdout, progress and errors on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

PIPED_WIDTH = 200


def print_json(document: Any) -> None:
    """JSON alone on stdout."""
    print(json.dumps(document, ensure_ascii=False, indent=1))


def print_table(title: str, columns: list[str], rows: list[list[str]]) -> None:
    """A table on stdout; what people wrote is printed as it is, without markup."""
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column)
    for row in rows:
        table.add_row(*(Text(value) for value in row))
    Console(width=None if sys.stdout.isatty() else PIPED_WIDTH).print(table)


def say(sentence: str) -> None:
    """One sentence for a person, on stderr."""
    print(sentence, file=sys.stderr)


@contextmanager
def show_progress(what: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr with an estimate; call what it gives with a name, done and total."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    with bar as progress:  # no thread of its own: processes are forked while it is there
        task = progress.add_task(what, total=None)

        def advance(name: str, done: int, total: int) -> None:
            progress.update(task, description=f"{what} {name}", completed=done, total=total, refresh=True)

        yield advance
