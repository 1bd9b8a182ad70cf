"""Moodle XML: what Moodle imports with hints, units, tags and its own kinds of questions.

Its kinds `multichoice`, `shortanswer`, `numerical`, `matching`, `ordering` and `cloze` are part
of Moodle itself (ordering since 4.4). The format: https://docs.moodle.org/en/Moodle_XML_format
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree

from course.quizzes.exports.fractions import fraction
from course.quizzes.exports.losses import Loss
from course.quizzes.exports.marked_up import block, inline, table
from course.quizzes.exports.questions import (
    Answer,
    Gaps,
    Number,
    Order,
    Pairs,
    Question,
    Select,
    Typed,
)
from course.quizzes.exports.splitting import with_told

SUFFIX = ".moodle.xml"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CLOZE = str.maketrans({"&": "&amp;", "~": "&#126;", "}": "&#125;", "#": "&#35;", "\\": "&#92;"})
_UNIT_MAY_BE_WRITTEN, _UNIT_EARNS_NOTHING = "0", "0"  # Moodle's own numbers for the two settings

Element = ElementTree.Element


def write_moodle_xml(questions: Iterable[Question], category: str) -> tuple[str, list[Loss]]:
    """The file, and what could not be kept."""
    lost: list[Loss] = []
    quiz = Element("quiz")
    chapter = ElementTree.SubElement(quiz, "question", type="category")
    _text(ElementTree.SubElement(chapter, "category"), f"top/{category}")
    quiz.extend(_question(question, lost) for question in questions)
    ElementTree.indent(quiz)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(quiz, "unicode")}\n', lost


def _question(question: Question, lost: list[Loss]) -> Element:
    question = with_told(question, lost)
    element = Element("question")
    _text(ElementTree.SubElement(element, "name"), question.id)
    search = table(question.table, question) if question.table else ""
    stem = _html(element, "questiontext", block(question.stem, question) + search)
    _html(element, "generalfeedback", block("\n".join(question.notes), question))
    _plain(element, "defaultgrade", "1")
    _plain(element, "penalty", "0")  # ours takes nothing off for another try
    _plain(element, "hidden", "0")
    _plain(element, "idnumber", question.id)
    element.set("type", _fill(element, stem, question, lost))
    for hint in question.hints:
        _html(element, "hint", block(hint, question))
    tags = ElementTree.SubElement(element, "tags")
    for tag in question.tags:
        _text(ElementTree.SubElement(tags, "tag"), tag)
    return element


def _fill(element: Element, stem: Element, question: Question, lost: list[Loss]) -> str:
    """Write the body; the name of Moodle's kind for it."""
    match question.body:
        case Select() as body:
            _plain(element, "single", str(body.single).lower())
            _plain(element, "shuffleanswers", str(body.shuffle).lower())
            _plain(element, "answernumbering", "none")
            for answer in body.answers:
                _answer(element, answer, question, lost, html=True)
            return "multichoice"
        case Typed() as body:
            _plain(element, "usecase", "0")
            for answer in _with_any(body):
                _answer(element, answer, question, lost)
            return "shortanswer"
        case Number() as body:
            _number(element, body, question, lost)
            return "numerical"
        case Pairs() as body:
            _pairs(element, body, question)
            return "matching"
        case Order() as body:
            _order(element, body, question, lost)
            return "ordering"
        case Gaps() as body:
            inner = "".join(
                inline(part, question) if isinstance(part, str) else _gap(part, question, lost)
                for part in body.parts
            )
            said = stem.find("text")
            said.text = f'{said.text}<div lang="{question.lang}" dir="{question.dir}">{inner}</div>'
            return "cloze"
    raise TypeError(f"Moodle has no question for {question.body!r}")


def _number(element: Element, body: Number, question: Question, lost: list[Loss]) -> None:
    for answer in body.answers:
        entry = _answer(element, answer, question, lost)
        _plain(entry, "tolerance", f"{body.tolerance:.15g}")
    _plain(_answer(element, Answer("*", 0.0, body.otherwise), question, lost), "tolerance", "0")
    unit = ElementTree.SubElement(ElementTree.SubElement(element, "units"), "unit")
    _plain(unit, "multiplier", "1")
    _plain(unit, "unit_name", body.unit)
    _plain(element, "unitgradingtype", _UNIT_EARNS_NOTHING)
    _plain(element, "showunits", _UNIT_MAY_BE_WRITTEN)


def _pairs(element: Element, body: Pairs, question: Question) -> None:
    _plain(element, "shuffleanswers", "true")
    # A right side without a left one is only there to choose from.
    for left, right in (
        *((pair.left, pair.right) for pair in body.pairs),
        *(("", spare.text) for spare in body.spare),
    ):
        part = _html(element, "subquestion", inline(left, question) if left else "")
        _text(ElementTree.SubElement(part, "answer"), right)


def _order(element: Element, body: Order, question: Question, lost: list[Loss]) -> None:
    reason = "Moodle counts each pair in order; ours takes off the pairs that are not"
    lost.append(Loss(question.id, "credit", "changed", reason))
    _plain(element, "layouttype", "VERTICAL")
    _plain(element, "selecttype", "ALL")
    _plain(element, "selectcount", str(len(body.answers)))
    _plain(element, "gradingtype", "RELATIVE_ALL_PREVIOUS_AND_NEXT")
    _plain(element, "showgrading", "SHOW")
    for place, answer in enumerate(body.answers, start=1):
        entry = ElementTree.SubElement(element, "answer", fraction=str(place), format="html")
        ElementTree.SubElement(entry, "text").text = _clean(inline(answer.text, question))
        _html(entry, "feedback", inline(answer.feedback, question))


def _gap(part: Select | Typed, question: Question, lost: list[Loss]) -> str:
    """A gap in Moodle's own notation, which stands in the text: its signs are written as entities."""
    chosen = isinstance(part, Select)
    written = [
        f"%{fraction(answer.credit, question.id, lost)}%"
        f"{(inline(answer.text, question) if chosen else answer.text).translate(_CLOZE)}"
        f"#{inline(answer.feedback, question).translate(_CLOZE)}"
        for answer in (part.answers if chosen else _with_any(part))
    ]
    return f"{{1:{'MULTICHOICE' if chosen else 'SHORTANSWER'}:{'~'.join(written)}}}"


def _with_any(body: Typed) -> tuple[Answer, ...]:
    """The answers, then the one that stands for any text; an asterisk in the others is only a sign."""
    known = (Answer(a.text.replace("*", "\\*"), a.credit, a.feedback) for a in body.answers)
    return (*known, Answer("*", 0.0, body.otherwise))


def _answer(
    element: Element, answer: Answer, question: Question, lost: list[Loss], *, html: bool = False
) -> Element:
    share = fraction(answer.credit, question.id, lost)
    form = "html" if html else "plain_text"
    entry = ElementTree.SubElement(element, "answer", fraction=share, format=form)
    said = inline(answer.text, question) if html else answer.text
    ElementTree.SubElement(entry, "text").text = _clean(said)
    _html(entry, "feedback", inline(answer.feedback, question))
    return entry


def _html(parent: Element, name: str, said: str) -> Element:
    element = ElementTree.SubElement(parent, name, format="html")
    return _text(element, said)


def _text(element: Element, said: str) -> Element:
    ElementTree.SubElement(element, "text").text = _clean(said)
    return element


def _plain(parent: Element, name: str, said: str) -> None:
    ElementTree.SubElement(parent, name).text = _clean(said)


def _clean(said: str) -> str:
    """Without signs that XML cannot hold, which no keyboard writes."""
    return _NOT_XML.sub("", said)
