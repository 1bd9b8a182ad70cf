"""A page of the course as a process of its own: `writer.py FILE NAME COUNT HOW` says what is confirmed.

HOW is `write`; `ready`, which says so before it opens the file; or `merge`, which takes in the file NAME.
"""

from __future__ import annotations

import sys
from pathlib import Path

from course.work import open_work


def write(path: str, name: str, count: int) -> None:
    """Record `count` responses and as many fields; each confirmed one is printed at once."""
    work = open_work(Path(path))
    for number in range(count):
        work.record_response(
            quiz="03-treaty-bodies/check-01",
            item=f"{name}-{number}",
            revision=1,
            objective="LO-03.1",
            language="en",
            response="a",
            score=1.0,
            hints=number % 4,
        )
        print(f"response {name}-{number}", flush=True)
        work.save_field(form="00-start/first-success", field=name, value=number)
        print(f"field {name} {number}", flush=True)


if __name__ == "__main__":
    path, name, count, how = sys.argv[1:]
    if how != "write":
        print("ready", flush=True)
    if how == "merge":
        open_work(Path(path)).merge(Path(name))
    else:
        write(path, name, int(count))
