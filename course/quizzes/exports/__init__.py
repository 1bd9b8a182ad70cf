"""Exports: a module's items as files for other systems, with a list of what they cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from course.content import load_item_texts, load_items
from course.files import find_root
from course.quizzes.exports import gift, jupyterquiz, moodle_xml
from course.quizzes.exports.kinds import read_question
from course.quizzes.exports.losses import Loss
from course.quizzes.exports.questions import Question
from course.quizzes.payload import SOURCE_LANGUAGE, item_payload, page_extracts

__all__ = ["Export", "ExportFormat", "Loss", "export_module"]


class ExportFormat(StrEnum):
    """The files that can be made."""

    GIFT = "gift"
    MOODLE = "moodle"
    JUPYTERQUIZ = "jupyterquiz"


@dataclass(frozen=True)
class Export:
    """A file's text, how its name should end, and what is not in it as the author wrote it."""

    text: str
    suffix: str
    losses: tuple[Loss, ...]
    items: int


Writer = Callable[[Iterable[Question], str], tuple[str, list[Loss]]]
WRITERS: Mapping[ExportFormat, tuple[Writer, str]] = {
    ExportFormat.GIFT: (gift.write_gift, gift.SUFFIX),
    ExportFormat.MOODLE: (moodle_xml.write_moodle_xml, moodle_xml.SUFFIX),
    ExportFormat.JUPYTERQUIZ: (jupyterquiz.write_jupyterquiz, jupyterquiz.SUFFIX),
}


def export_module(module: str, form: ExportFormat, lang: str = "en", root: Path | None = None) -> Export:
    """Every item of a module in one file; the same file for the same items.

    Raises ContentError where the items or their translations are faulty or missing.
    """
    root = root or find_root()
    items = load_items(module, root)
    texts = {} if lang == SOURCE_LANGUAGE else load_item_texts(module, lang, root)
    questions: list[Question] = []
    losses: list[Loss] = []
    extracts = page_extracts(items.values()).get("extracts", {})
    for item in items.values():
        payload = item_payload(item, texts.get(item.id), lang)
        question, lost = read_question(payload, extracts.get(payload.get("extract"), ()))
        questions.append(replace(question, tags=(*question.tags, item.bloom)))
        losses += lost
        if question.lang != lang:
            reason = f"not translated into {lang}; it is in {question.lang}"
            losses.append(Loss(item.id, "language", "changed", reason))
    write, suffix = WRITERS[form]
    written, lost = write(questions, module)
    # A gap's part is lost as a part of its item; the same loss is said once.
    known = dict.fromkeys([*losses, *lost])
    return Export(written, suffix, tuple(sorted(known)), len(items))
