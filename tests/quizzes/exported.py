"""What an export must hold, worked out from the items alone, and readers that bring files to that shape.

The shape: {name of the question: Read}. Texts are plain; `answers` are (text, weight in per cent,
feedback) and `pairs` (left, right), both sorted.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree import ElementTree

from bs4 import BeautifulSoup

from course.texts import say_day, text

PLACES = re.compile(r"&&0(10|35|58|61|92|12[356]);?")


@dataclass(frozen=True)
class Read:
    """One question, whatever file it was read from."""

    kind: str
    stem: str
    answers: tuple[tuple[str, float, str], ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    direction: str = ""


def plain(html: str) -> str:
    """What a reader sees of a piece of HTML."""
    return BeautifulSoup(html.replace("<br>", "\n"), "html.parser").get_text()


def direction(html: str) -> str:
    """The direction that the whole text says for itself."""
    outer = BeautifulSoup(html, "html.parser").find(["div", "span"])
    return outer["dir"] if outer else ""


def rounded(answers: Iterator[tuple[str, float, str]]) -> tuple[tuple[str, float, str], ...]:
    """Answers in one order, their weights as far as Moodle reads them."""
    return tuple(sorted((said, round(weight, 3), feedback) for said, weight, feedback in answers))


# What must be there ---------------------------------------------------------------------------


def expected(item: Mapping[str, Any], *, native: bool) -> dict[str, Read]:
    """The questions that one item becomes; `native` where the format knows orders and gaps."""
    if item["kind"] in ("cloze", "document-hunt"):
        return _in_gaps(item, native=native)
    stem, kind, answers, pairs = EXPECTED[item["kind"]](item, native)
    whole = "\n".join([item["stem"], *stem])
    if item["kind"] == "numeric" and not native:
        whole = f"{whole} ({item['unit']})"
    return {item["id"]: Read(kind, whole, rounded(answers), tuple(sorted(pairs)), item["dir"])}


def _one(item, native):
    key = item["key"]
    return [], "one", [(c["text"], 100.0 * (c["id"] == key), c["feedback"]) for c in item["choices"]], []


def _many(item, native):
    share = 100 / len(item["key"])
    numbered = item["kind"] == "mark-paragraph"
    answers = [
        (
            f"{c['number']}. {c['text']}" if numbered else c["text"],
            share if c["id"] in item["key"] else -share,
            c["feedback"],
        )
        for c in item["choices"]
    ]
    return [item["passage"]] if numbered else [], "many", answers, []


def _pairs(item, native):
    targets = {target["id"]: target["text"] for target in item["targets"]}
    spare = [("", said) for i, said in targets.items() if i not in item["key"].values()]
    return [], "pairs", [], [*((c["text"], targets[item["key"][c["id"]]]) for c in item["choices"]), *spare]


def _built(item, native):
    choices = {choice["id"]: choice["text"] for choice in item["choices"]}
    slots = [(t["id"], t["text"], choices[item["key"][t["id"]]]) for t in item["targets"]]
    given = [f"{said}: {right}" for slot, said, right in slots if slot in item["given"]]
    spare = [("", said) for i, said in choices.items() if i not in item["key"].values()]
    return given, "pairs", [], [*((s, r) for slot, s, r in slots if slot not in item["given"]), *spare]


def _ordered(item, native):
    choices = {choice["id"]: choice for choice in item["choices"]}
    steps = [choices[name] for name in item["key"]]
    if native:
        return [], "order", [(c["text"], n, c["feedback"]) for n, c in enumerate(steps)], []
    places = [text("export.place", item["lang"], number=n + 1) for n in range(len(steps))]
    return [], "pairs", [], [(place, c["text"]) for place, c in zip(places, steps, strict=True)]


def _number(item, native):
    margin = f"{item['tolerance']:g}"
    answers = [(f"{c['value']:g}±{margin}", *worth(c, item["key"])) for c in item["choices"]]
    return [], "number", [*answers, ("*", 0.0, item["otherwise"])], []


def _day(item, native):
    how = text("export.write-day", item["lang"])
    answers = [(w, *worth(c, item["key"])) for c in item["choices"] for w in writings(c["value"], item)]
    return [how], "text", [*answers, ("*", 0.0, item["otherwise"])], []


EXPECTED = {
    "single-choice": _one,
    "multiple-choice": _many,
    "mark-paragraph": _many,
    "matching": _pairs,
    "classification": _pairs,
    "build-parts": _built,
    "ordering": _ordered,
    "numeric": _number,
    "date": _day,
    "short-text": lambda item, native: ([], "text", written(item), []),
}


def _in_gaps(item: Mapping[str, Any], *, native: bool) -> dict[str, Read]:
    """A text with gaps: one question, or one a gap with the others blank."""
    if item["kind"] == "cloze":
        gaps = {gap["id"]: gap for gap in item["gaps"]}
        order = re.findall(r"\{([\w-]+)\}", item["text"])
        filled = [("one", gap_answers(gaps[name], item["key"][name])) for name in order]
        parts = re.split(r"\{[\w-]+\}", item["text"])
    else:
        filled = [("text", written(part)) for part in item["parts"]]
        parts = [*(f"{part['label']}:" for part in item["parts"]), ""]
    if native:
        answers = [(f"{n}|{said}", w, f) for n, (_, of_gap) in enumerate(filled) for said, w, f in of_gap]
        whole = item["stem"] + "".join(parts)
        return {item["id"]: Read("gaps", whole, rounded(answers), (), item["dir"])}
    found = {}
    for n, (kind, answers) in enumerate(filled, start=1):
        blanks = [f"[{n}] ______" if place == n else "______" for place in range(1, len(filled) + 1)]
        shown = "".join(a + b for a, b in zip(parts, [*blanks, ""], strict=True)).strip()
        found[f"{item['id']}-{n}"] = Read(kind, f"{item['stem']}\n{shown}", rounded(answers), (), item["dir"])
    return found


def worth(choice: Mapping[str, Any], key: str) -> tuple[float, str]:
    """What a written answer earns, and what is said to it."""
    return (100.0 if choice["id"] == key else 100 * choice["credit"]), choice["feedback"]


def writings(day: str, item: Mapping[str, Any]) -> list[str]:
    """The ways to write a day that are taken."""
    said = say_day(date.fromisoformat(day), item["lang"])
    return [day, said, " ".join(said.split()[1:])]


def written(part: Mapping[str, Any]) -> list[tuple[str, float, str]]:
    """The answers of a field to write in."""
    answers = [(value, *worth(c, part["key"])) for c in part["choices"] for value in c["values"]]
    return [*answers, ("*", 0.0, part["otherwise"])]


def gap_answers(gap: Mapping[str, Any], key: str) -> list[tuple[str, float, str]]:
    """The answers of a gap."""
    return [(c["text"], 100.0 * (c["id"] == key), c["feedback"]) for c in gap["choices"]]


# Readers --------------------------------------------------------------------------------------


def from_gift_pegjs(document: list[Mapping[str, Any]]) -> dict[str, Read]:
    """What gift-pegjs understood."""
    return {entry["title"]: _of_pegjs(entry) for entry in document if entry["type"] != "Category"}


def _of_pegjs(entry: Mapping[str, Any]) -> Read:
    stem, way = plain(entry["stem"]["text"]), direction(entry["stem"]["text"])

    def said(part: Mapping[str, str] | None) -> str:
        return plain(part["text"]) if part else ""

    match entry["type"]:
        case "Matching":
            pairs = ((said(p["subquestion"]), _unescaped(p["subanswer"])) for p in entry["matchPairs"])
            return Read("pairs", stem, (), tuple(sorted(pairs)), way)
        case "Numerical":
            answers = (
                (
                    "*"
                    if c["text"].get("text") == "*"
                    else f"{c['text']['number']:g}±{c['text']['range']:g}",
                    float(c["weight"] or 0),
                    said(c["feedback"]),
                )
                for c in entry["choices"]
            )
            return Read("number", stem, rounded(answers), (), way)
    one = entry["type"] == "MC" and any(c["isCorrect"] for c in entry["choices"])
    kind = "text" if entry["type"] == "Short" else "one" if one else "many"
    answers = (
        (
            c["text"]["text"] if kind == "text" else said(c["text"]),
            100.0 * c["isCorrect"] if c["weight"] is None else float(c["weight"]),
            said(c["feedback"]),
        )
        for c in entry["choices"]
    )
    return Read(kind, stem, rounded(answers), (), way)


def _unescaped(raw: str) -> str:
    """gift-pegjs leaves its own marks for escaped signs in the right side of a pair."""
    return PLACES.sub(lambda mark: chr(int(mark.group(1))), raw)


def from_pygiftparser(gift: str) -> dict[str, Read]:
    """What pygiftparser understood. It knows no answer for any other number: that line is taken off."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own files have escapes that Python warns of
        from pygiftparser import parser, utils
    known = "\n".join(line for line in gift.splitlines() if not line.startswith("\t~#"))
    found = {}
    for question in parser.parseFile(f"{line}\n" for line in known.splitlines()):
        assert question.valid, question.source
        stem = utils.transformSpecials(question.text)
        found[question.title] = _of_pygift(question, plain(stem), direction(stem), utils.transformSpecials)
    return found


def _of_pygift(question: Any, stem: str, way: str, unescaped: Any) -> Read:
    kinds = {
        "SelectSet": "one",
        "MultipleChoicesSet": "many",
        "ShortSet": "text",
        "NumericAnswerSet": "number",
    }
    kind = type(question.answers).__name__
    if kind == "MatchingSet":
        pairs = (
            (plain(unescaped(a.question)).strip(), unescaped(a.answer).strip())
            for a in question.answers.answers
        )
        return Read("pairs", stem, (), tuple(sorted(pairs)), way)
    answers = question.answers.answers
    if kind == "SelectSet" and all(answer.select for answer in answers):
        kind = "ShortSet"  # it takes texts with weights for a choice: no answer is marked as wrong
    said = [
        f"{a.value:g}±{a.tolerance:g}" if kind == "NumericAnswerSet" else unescaped(a.answer) for a in answers
    ]
    if kind in ("SelectSet", "MultipleChoicesSet"):
        said = [plain(html) for html in said]
    weighed = zip(said, (float(a.fraction) for a in answers), answers, strict=True)
    return Read(
        kinds[kind], stem, rounded((s, w, plain(unescaped(a.feedback))) for s, w, a in weighed), (), way
    )


def from_moodle_xml(document: str) -> dict[str, Read]:
    """What stands in a Moodle XML file, by Moodle's own rules for its elements."""
    quiz = ElementTree.fromstring(document)
    return {
        question.findtext("name/text"): _of_moodle(question)
        for question in quiz.iter("question")
        if question.get("type") != "category"
    }


def _of_moodle(question: ElementTree.Element) -> Read:
    html = question.findtext("questiontext/text")
    stem, way = plain(html), direction(html)
    kind = question.get("type")
    answers = question.findall("answer")
    if kind == "matching":
        pairs = (
            (plain(part.findtext("text") or ""), part.findtext("answer/text"))
            for part in question.iter("subquestion")
        )
        return Read("pairs", stem, (), tuple(sorted(pairs)), way)
    if kind == "cloze":
        gaps = re.findall(r"\{1:(MULTICHOICE|SHORTANSWER):(.*?)\}", html, re.DOTALL)
        found = (
            (f"{n}|{said}", weight, feedback)
            for n, (_, inner) in enumerate(gaps)
            for said, weight, feedback in _of_gap(inner)
        )
        outside = re.sub(
            r"\{1:(?:MULTICHOICE|SHORTANSWER):.*?\}|<table.*?</table>", "", html, flags=re.DOTALL
        )
        return Read("gaps", plain(outside), rounded(found), (), way)
    if kind == "ordering":
        placed = sorted(answers, key=lambda answer: int(answer.get("fraction")))
        found = ((_said(a, html=True), n, _feedback(a)) for n, a in enumerate(placed))
        return Read("order", stem, rounded(found), (), way)
    if kind == "numerical":
        found = (
            (
                "*" if _said(a) == "*" else f"{float(_said(a)):g}±{float(a.findtext('tolerance')):g}",
                float(a.get("fraction")),
                _feedback(a),
            )
            for a in answers
        )
        return Read("number", stem, rounded(found), (), way)
    html_answers = kind == "multichoice"
    name = {"shortanswer": "text", "multichoice": "one" if question.findtext("single") == "true" else "many"}
    found = ((_said(a, html=html_answers), float(a.get("fraction")), _feedback(a)) for a in answers)
    return Read(name[kind], stem, rounded(found), (), way)


def _of_gap(inner: str) -> Iterator[tuple[str, float, str]]:
    for answer in inner.split("~"):
        _, weight, rest = answer.split("%", 2)
        said, feedback = re.split(r"(?<!&)#", rest, maxsplit=1)
        yield plain(plain(said)), float(weight), plain(plain(feedback))


def _said(answer: ElementTree.Element, *, html: bool = False) -> str:
    said = answer.findtext("text")
    return plain(said) if html else said


def _feedback(answer: ElementTree.Element) -> str:
    return plain(answer.findtext("feedback/text"))
