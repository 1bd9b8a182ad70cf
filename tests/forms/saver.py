"""A page with the form of a91 as a process of its own: `saver.py FOLDER FIELD COUNT`."""

from __future__ import annotations

import sys
from pathlib import Path

from course.content import load_assignment
from course.forms import save_answer

VALUES = {
    "plan": lambda number: f"plan {number}",
    "words": lambda number: number,
    "body": lambda number: ("cedaw", "crc")[number % 2],
}


def save(folder: str, field: str, count: int) -> None:
    """Save one field `count` times; each confirmed value is printed at once."""
    assignment = load_assignment(Path(folder) / "assignment.yml", Path(folder))
    for number in range(count):
        save_answer(Path(folder) / "answers.json", assignment, field, VALUES[field](number))
        print(number, flush=True)


if __name__ == "__main__":
    save(sys.argv[1], sys.argv[2], int(sys.argv[3]))
