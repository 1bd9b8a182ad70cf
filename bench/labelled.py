"""The labelled paragraphs and drafts: each with what a careful reader finds in it, made into a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from course.files import read_yaml
from course.report.draft import Block, Draft, Note, NoteCall, Place
from course.report.findings import Setting
from course.report.marks import Mark
from course.report.reading import read_draft

DAY = date(2026, 11, 23)  # rules of the packs are those of one day, so that figures stay the same
HALVES = ("tuned", "held-out")
FINE = "fine"
# A paragraph stands in a report, and from the report the checks know its language. Nothing is wrong here.
AROUND = {
    "en": "This is the report of an association on the rights that the treaty protects, and on the way in"
    " which they are kept in the country.",
    "fr": "Ceci est le rapport d'une association sur les droits que le traité protège et sur la manière"
    " dont ils sont respectés dans le pays.",
    "ar": "هذا تقرير جمعية عن الحقوق التي تحميها المعاهدة وعن الطريقة التي تحترم بها هذه الحقوق في البلاد.",
}
MARKED = re.compile(r"\[(PII\d{3}) ([^\]]+)\]")
SIGN = re.compile(r"^\s*(?:#+|\d+\.|-|\[\^\d+\]:)\s")  # of a heading, an item or a note: no word
FILL = "<fill>"
LENGTH = 90  # words in a paragraph that fills
FILLING = {
    "en": "The people of the valley wait for an answer and hear that the file is being studied.",
    "fr": "Les habitants de la vallée attendent une réponse et apprennent que le dossier est à l'étude.",
    "ar": "ينتظر سكان الوادي جوابا ويقال لهم كل مرة إن الملف قيد الدراسة في المكتب.",
}
NOTE = re.compile(r"\^\[([^\]]+)\]")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled text. `arguable` are beginnings of other codes, on which careful readers would differ."""

    draft: Draft
    setting: Setting
    codes: frozenset[str]
    marks: tuple[Mark, ...] = ()
    arguable: tuple[str, ...] = ()
    judged: str = ""  # the beginning of the only codes that were labelled, where not all were


def read_paragraphs(root: Path, half: str) -> Iterator[tuple[str, Labelled]]:
    """The paragraphs of one half with their language."""
    for language, texts in read_yaml(root / f"tests/report/labelled/{half}.yml").items():
        for number, one in enumerate(texts, start=1):
            yield language, _paragraph(f"{language}-{number}", one, AROUND.get(language))


def read_marked(text: str) -> tuple[str, tuple[Mark, ...]]:
    """A labelled sentence as plain text, and the marks that stand in it."""
    plain, marks, last = "", [], 0
    for match in MARKED.finditer(text):
        plain += text[last : match.start()]
        marks.append(Mark(len(plain), len(plain) + len(match.group(2)), match.group(1)))
        plain += match.group(2)
        last = match.end()
    return plain + text[last:], tuple(marks)


def _paragraph(name: str, one: str | dict[str, Any], around: str | None) -> Labelled:
    given = dict(one) if not isinstance(one, str) else {FINE: one}
    codes, written = next(iter(given.items()))
    text, marks = read_marked(str(written))
    text, notes = _without_notes(text)
    blocks = [Block("paragraph", around, Place("", 1))] if around else []
    if "under" in given:
        blocks.append(Block("heading", str(given["under"]), Place("", len(blocks) + 1), level=1))
    place = Place(str(given.get("under", "")), len(blocks) + 1)
    kind = given.get("kind", "paragraph")
    calls = tuple(NoteCall(f"footnote-{number}", at) for number, (at, _) in enumerate(notes, start=1))
    blocks.append(Block(kind, text, place, level=int(kind == "heading"), notes=calls))
    return Labelled(
        Draft(
            name,
            "docx",
            tuple(blocks),
            tuple(
                Note(call.note, "footnote", said, place) for call, (_, said) in zip(calls, notes, strict=True)
            ),
        ),
        Setting(body=given.get("body", "CEDAW"), stage=given.get("stage", "session"), on=DAY),
        frozenset() if codes == FINE else frozenset(codes.split()),
        marks,
        tuple(str(given.get("arguable", "")).split()),
    )


def _without_notes(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The text without its notes, and each note with the place of its call. Marks stand before any note."""
    plain, notes, last = "", [], 0
    for match in NOTE.finditer(text):
        plain += text[last : match.start()]
        notes.append((len(plain), match.group(1)))
        last = match.end()
    return plain + text[last:], notes


def read_drafts(root: Path, half: str) -> Iterator[tuple[str, Labelled]]:
    """The short drafts of one half with their language, read as the checker reads a file of a learner."""
    with TemporaryDirectory() as folder:
        for language, drafts in read_yaml(root / f"tests/report/labelled/drafts-{half}.yml").items():
            for number, one in enumerate(drafts, start=1):
                path = Path(folder) / f"{language}-{number}.md"
                path.write_text(_filled(str(one["text"]), language, one["fill"]), encoding="utf-8")
                setting = Setting(
                    one["body"], one.get("stage", "session"), on=DAY, joint=one.get("joint", False)
                )
                arguable = tuple(one.get("arguable", "").split())
                codes = frozenset(one["codes"].split())
                judged = one.get("judge", "")
                yield language, Labelled(read_draft(path), setting, codes, (), arguable, judged)


def _filled(text: str, language: str, words: int) -> str:
    """A draft with as many paragraphs in the place of <fill> as give it so many words."""
    if FILL not in text:
        return text
    standing = sum(len(SIGN.sub("", line).split()) for line in text.replace(FILL, "").splitlines())
    sentence = FILLING[language].split()
    left = (sentence * (words // len(sentence) + 1))[: words - standing]
    paragraphs = (left[start : start + LENGTH] for start in range(0, len(left), LENGTH))
    return text.replace(FILL, "\n\n".join("10. " + " ".join(one) for one in paragraphs))
