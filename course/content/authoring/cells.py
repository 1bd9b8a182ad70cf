"""The cells of a row as what items of each kind have besides: choices, keys, groups, gaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from course.content.authoring.columns import GROUPS, RIGHT, VALUES

Fault = tuple[str, str, str]  # head of the column, what is wrong, what to do
Entry = dict[str, Any]
_NUMBERED = re.compile(r"(?P<number>[0-9]+[a-z]?)[.)]\s+(?P<text>\S.*)", re.DOTALL)
_GAP = re.compile(r"\{([0-9]+)\}")
_IN_GAP = re.compile(r"(?P<gap>[0-9]+)\s*(?P<right>x?)", re.IGNORECASE)

Choices = Mapping[str, tuple[str, str, str]]
Built = tuple[Entry, list[Fault]]


def _texts(choices: Choices) -> dict[str, Any]:
    return {name: {"text": said, "feedback": feedback} for name, (said, _, feedback) in choices.items()}


def _ticked(choices: Choices, kind: str, most: int | None) -> tuple[list[str], list[Fault]]:
    """The letters that are marked with x; a mark that is none is a fault, and so is none at all."""
    faults: list[Fault] = [
        (f"right {name}", f"{right!r} is no mark.", f"Write {RIGHT[kind]}.")
        for name, (_, right, _) in choices.items()
        if right.lower() not in ("", "x")
    ]
    marked = [name for name, (_, right, _) in choices.items() if right.lower() == "x"]
    if choices and not marked and not faults:
        faults.append(("right a", "no choice is marked as right.", f"Write {RIGHT[kind]}."))
    if most is not None and len(marked) > most:
        faults.append(
            (f"right {marked[most]}", "a second choice is marked as right.", f"Write {RIGHT[kind]}.")
        )
    return marked, faults


def _single(cells: Mapping[str, str], choices: Choices) -> Built:
    marked, faults = _ticked(choices, "single-choice", 1)
    return {"choices": _texts(choices), "key": marked[0] if marked else None}, faults


def _multiple(cells: Mapping[str, str], choices: Choices) -> Built:
    marked, faults = _ticked(choices, "multiple-choice", None)
    return {"choices": _texts(choices), "key": marked}, faults


def _paragraphs(cells: Mapping[str, str], choices: Choices) -> Built:
    marked, faults = _ticked(choices, "mark-paragraph", None)
    texts = {}
    for name, (said, _, feedback) in choices.items():
        match = _NUMBERED.fullmatch(said)
        if match:
            texts[name] = {"number": match["number"], "text": match["text"], "feedback": feedback}
        else:
            faults.append((f"choice {name}", "the paragraph has no number.", "Begin it with one: 24. Text"))
    return {"passage": cells.get("passage"), "choices": texts, "key": marked}, faults


def _ordering(cells: Mapping[str, str], choices: Choices) -> Built:
    places: dict[str, str] = {}
    faults: list[Fault] = []
    wanted = [str(n + 1) for n in range(len(choices))]
    for name, (_, right, _) in choices.items():
        if right not in wanted:
            faults.append((f"right {name}", f"{right!r} is no place.", f"Write one of {', '.join(wanted)}."))
        elif right in places:
            faults.append(
                (f"right {name}", f"place {right} stands twice.", "Give each choice its own place.")
            )
        places[right] = name
    key = [places[place] for place in wanted if place in places]
    return {"choices": _texts(choices), "key": key}, faults


def _groups(cells: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {
        f"group-{n}": {"text": cells[f"group {n}"]} for n in range(1, GROUPS + 1) if f"group {n}" in cells
    }


def _grouped(kind: str) -> Callable[[Mapping[str, str], Choices], Built]:
    def build(cells: Mapping[str, str], choices: Choices) -> Built:
        groups = _groups(cells)
        faults = [] if len(groups) > 1 else [("group 2", "there are fewer than two groups.", "Write two.")]
        key = {}
        for name, (_, right, _) in choices.items():
            if f"group-{right}" in groups:
                key[name] = f"group-{right}"
            elif groups:
                numbers = ", ".join(group.removeprefix("group-") for group in groups)
                remedy = f"Write {RIGHT[kind]}: one of {numbers}."
                faults.append((f"right {name}", f"{right!r} is no number of a group.", remedy))
        return {"choices": _texts(choices), "targets": groups, "key": key}, faults

    return build


def _parts(cells: Mapping[str, str], choices: Choices) -> Built:
    slots = _groups(cells)
    faults: list[Fault] = []
    key: dict[str, str] = {}
    for name, (_, right, _) in choices.items():
        slot = f"group-{right}"
        if right and slot not in slots:
            faults.append((f"right {name}", f"there is no group {right}.", f"Write {RIGHT['build-parts']}."))
        elif right and slot in key:
            faults.append((f"right {name}", f"group {right} is filled twice.", "Give each its own part."))
        elif right:
            key[slot] = name
    faults += [
        (slot.replace("-", " "), "no choice fills this group.", "Write its number beside one.")
        for slot in slots
        if slot not in key
    ]
    given = [f"group-{n.strip()}" for n in cells.get("given", "").split(",") if n.strip()]
    wrong = [slot.removeprefix("group-") for slot in given if slot not in slots]
    if wrong:
        faults.append(("given", f"there is no group {', '.join(wrong)}.", "Write numbers of groups: 1, 2"))
    body = {"choices": _texts(choices), "targets": slots, "key": key}
    return body | ({"given": given} if given else {}), faults


def _written(kind: str, value: Callable[[str], Any], name_of_value: str) -> Any:
    def build(cells: Mapping[str, str], choices: Choices) -> Built:
        marked, faults = [], []
        found: dict[str, Any] = {}
        for name, (said, right, feedback) in choices.items():
            try:
                found[name] = {name_of_value: value(said), "feedback": feedback}
            except ValueError:
                faults.append((f"choice {name}", f"{said!r} cannot be read.", f"Write {VALUES[kind]}."))
                continue
            if right.lower() == "x":
                marked.append(name)
            elif right:
                credit = _credit(right)
                if credit is None:
                    faults.append((f"right {name}", f"{right!r} is no part of 1.", f"Write {RIGHT[kind]}."))
                else:
                    found[name]["credit"] = credit
        if choices and not faults and len(marked) != 1:
            place = f"right {marked[1]}" if marked else "right a"
            faults.append((place, f"{len(marked)} answers are marked with x.", "Mark the one that is right."))
        body: Entry = {"choices": found, "key": marked[0] if marked else None}
        if kind == "numeric":
            body["unit"] = cells.get("unit")
            if "tolerance" in cells:
                try:
                    body["tolerance"] = _number(cells["tolerance"])
                except ValueError:
                    faults.append(("tolerance", "this is no number.", "Write one, such as 0.5, or nothing."))
        return body | {"otherwise": cells.get("otherwise")}, faults

    return build


def _number(said: str) -> int | float:
    number = float(said.replace(",", ".") if said.count(",") == 1 and "." not in said else said)
    return int(number) if number.is_integer() else number


def _credit(said: str) -> float | None:
    try:
        credit = _number(said)
    except ValueError:
        return None
    return credit if 0 <= credit <= 1 else None


def _cloze(cells: Mapping[str, str], choices: Choices) -> Built:
    faults: list[Fault] = []
    text = cells.get("text", "")
    gaps: dict[str, Any] = {f"gap-{n}": {"choices": {}, "key": None} for n in _GAP.findall(text)}
    if text and not gaps:
        faults.append(("text", "the text has no gap.", "Write {1} where the first one is."))
    for name, (said, right, feedback) in choices.items():
        match = _IN_GAP.fullmatch(right)
        gap = gaps.get(f"gap-{match['gap']}") if match else None
        if gap is None:
            faults.append(
                (f"right {name}", f"{right!r} names no gap of the text.", f"Write {RIGHT['cloze']}.")
            )
            continue
        gap["choices"][name] = {"text": said, "feedback": feedback}
        if match and match["right"]:
            if gap["key"]:
                faults.append((f"right {name}", "a second choice is right here.", "Take one x away."))
            gap["key"] = name
    for gap_id, gap in gaps.items():
        number = gap_id.removeprefix("gap-")
        if len(gap["choices"]) < 2 or not gap["key"]:
            remedy = f"Give it two or more, one of them with “{number} x”."
            faults.append(("text", f"gap {number} has no right choice or only one choice.", remedy))
    return {"text": _GAP.sub(r"{gap-\1}", text), "gaps": gaps}, faults


BUILDERS: Mapping[str, Callable[[Mapping[str, str], Choices], Built]] = {
    "single-choice": _single,
    "multiple-choice": _multiple,
    "mark-paragraph": _paragraphs,
    "ordering": _ordering,
    "matching": _grouped("matching"),
    "classification": _grouped("classification"),
    "build-parts": _parts,
    "numeric": _written("numeric", _number, "value"),
    "date": _written("date", date.fromisoformat, "value"),
    "short-text": _written(
        "short-text", lambda said: [part.strip() for part in said.split("|") if part.strip()], "values"
    ),
    "cloze": _cloze,
}
