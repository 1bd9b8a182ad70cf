"""A row of the authors' sheet as an item: every doubtful cell is named, none is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from course.content.authoring.cells import BUILDERS, Entry, Fault
from course.content.authoring.columns import BLOOM, COLUMNS, FEWEST, HEADS, IN_SHEETS, LETTERS, NOT_IN_SHEETS
from course.content.authoring.spreadsheet import Row
from course.content.reading import ITEM


def read_row(row: Row, identifier: str, objectives: list[str]) -> tuple[Entry | None, list[Fault]]:
    """The entry of `items.yml` that a row stands for, or every fault of its cells."""
    cells = row.cells
    kind = cells.get("kind", "")
    faults = list(_plain_faults(cells, kind, objectives))
    if kind not in IN_SHEETS:
        return None, faults
    choices, found = _choices(cells, kind)
    faults += found
    entry: Entry = {
        "id": identifier,
        "revision": 1,
        "objective": cells.get("objective"),
        "bloom": cells.get("bloom"),
        "kind": kind,
        "source": cells.get("source"),
        "stem": cells.get("stem"),
    }
    hints = [cells[f"hint {n}"] for n in (1, 2, 3) if f"hint {n}" in cells]
    if hints:
        entry["hints"] = hints
    # Of a row with faults only the rest of its faults is of interest.
    body, found = BUILDERS[kind](cells, choices)
    faults += found
    if faults:
        return None, faults
    entry |= body
    return entry, list(_model_faults(entry))


def _plain_faults(cells: Mapping[str, str], kind: str, objectives: list[str]) -> Iterator[Fault]:
    if kind == "document-hunt":
        yield "kind", f"{NOT_IN_SHEETS}.", "Choose another kind, or take the row out."
    elif kind and kind not in IN_SHEETS:
        yield "kind", f"there is no kind {kind!r}.", f"Write one of {', '.join(IN_SHEETS)}."
    for column in COLUMNS:
        filled = column.head in cells
        if kind in IN_SHEETS and column.kinds and kind not in column.kinds:
            if filled:
                yield column.head, f"an item of kind {kind} has no such thing.", "Empty this cell."
        elif column.needed and not filled and (kind in IN_SHEETS or not column.kinds):
            yield column.head, "this cell is empty.", f"Write {column.help}."
    objective = cells.get("objective")
    if objective and objective not in objectives:
        known = ", ".join(objectives)
        yield "objective", f"the module has no objective {objective!r}.", f"Write one of {known}."
    if (bloom := cells.get("bloom")) and bloom not in BLOOM:
        yield "bloom", f"{bloom!r} is none of the six.", f"Write one of {', '.join(BLOOM)}."
    hints = [n for n in (1, 2, 3) if f"hint {n}" in cells]
    if hints and len(hints) < 3:
        missing = next(n for n in (1, 2, 3) if n not in hints)
        yield f"hint {missing}", "this hint is missing.", "Write all three hints, or none."


def _choices(cells: Mapping[str, str], kind: str) -> tuple[dict[str, tuple[str, str, str]], list[Fault]]:
    """The choices by letter: what it says, what is in `right`, its feedback."""
    found: dict[str, tuple[str, str, str]] = {}
    faults: list[Fault] = []
    for name in LETTERS:
        heads = [f"{part} {name}" for part in ("choice", "right", "feedback")]
        said, right, feedback = (cells.get(head, "") for head in heads)
        if said and not feedback:
            faults.append((heads[2], "this choice has no feedback.", "Say why it is right or wrong."))
        if not said and (right or feedback):
            faults.append((heads[0], "the choice itself is empty.", "Write it, or empty what belongs to it."))
        if said:
            found[name] = (said, right, feedback)
    fewest = FEWEST[kind]
    if len(found) < fewest:
        wrong = f"there are too few choices: {len(found)}, at least {fewest} are needed."
        faults.append(("choice a", wrong, "Write more of them, each with its feedback."))
    return found, faults


def _model_faults(entry: Entry) -> Iterator[Fault]:
    """What the model of items itself finds: the sheet knows no rule that items.yml has not."""
    try:
        ITEM.validate_python(entry)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            where = [part for part in fault["loc"] if part != entry["kind"]]
            message = fault["msg"].removeprefix("Value error, ")
            yield _head(where), f"{message[:1].lower()}{message[1:]}.", "Correct it."


def _head(where: list[Any]) -> str:
    """The column of a field of the model, as near as it can be said."""
    match where:
        case ["choices", str(name), ("feedback" | "credit") as part, *_]:
            return f"{'right' if part == 'credit' else part} {name}"
        case ["choices", str(name), *_]:
            return f"choice {name}"
        case ["hints", int(place), *_]:
            return f"hint {place + 1}"
        case ["targets", str(name), *_]:
            return name.replace("-", " ")
        case [str(field), *_] if field in HEADS:
            return field
    return "choice a"  # what is wrong between several choices is told at the first
