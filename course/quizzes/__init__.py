"""Quizzes: one item, one look, three places. `quiz` and `drill` are what a lesson's page calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from course.errors import ItemChangedError, WorkError
from course.faults import note_fault
from course.files import find_root
from course.quizzes.drills import make_papers
from course.quizzes.drills.seed import keep_seed, learner_seed
from course.quizzes.page import Entry, Page
from course.quizzes.payload import drill_payload, find_drill, page_texts, quiz_items, quiz_payload, shuffle
from course.quizzes.score import score_response
from course.work import open_work

__all__ = [
    "Page",
    "drill",
    "drill_payload",
    "earlier_answers",
    "page_texts",
    "quiz",
    "quiz_payload",
    "recorder",
    "score_response",
    "shuffle",
]


def quiz(module: str, name: str = "exit", lang: str = "en") -> Page:
    """The quiz `name` of a module, e.g. `quiz("03-treaty-bodies", "check-01")`.

    Live, each checked answer is scored again here and written to my work; until somebody
    answers, nothing is created. Raises CourseError for a module or set that does not exist.
    """
    root = find_root(Path.cwd())
    items = {item.id: item for _, item in quiz_items(module, name, root)}
    return _recorded(quiz_payload(module, name, lang, root), items)


def drill(module: str, name: str, lang: str = "en", seed: int | None = None) -> Page:
    """The drill `name` of a module, e.g. `drill("03-treaty-bodies", "deadlines", seed=7)`.

    Made from the facts and recorded like a quiz. The same seed gives the same paper. Without one the
    static page has that of module.yml, and the live page the learner's own, which is kept in my work
    with the first answer. Raises CourseError for a drill that does not exist or a wrong seed.
    """
    root = find_root(Path.cwd())
    payload = drill_payload(module, name, lang, root, seed=seed)
    own = learner_seed() if seed is None else seed
    papers = make_papers(find_drill(module, name, root), lang, own)
    record = recorder(payload["id"], {item.id: item for paper in papers for item in paper})

    def keep(identifier: str, entry: Entry) -> str:
        at = record(identifier, entry)
        if seed is None:
            keep_seed(own)
        return at

    return _shown(payload, keep, drill_payload(module, name, lang, root, seed=own))


def _recorded(payload: Mapping[str, Any], items: Mapping[str, Any]) -> Page:
    return _shown(payload, recorder(payload["id"], items))


def _shown(
    payload: Mapping[str, Any],
    keep: Callable[[str, Entry], str],
    live: Mapping[str, Any] | None = None,
) -> Page:
    earlier, fault = earlier_answers(payload["id"], payload["lang"])
    return Page(payload, earlier, on_response=keep, live={**(live or {}), **fault})


def earlier_answers(quiz_id: str, lang: str) -> tuple[dict[str, Entry], dict[str, Any]]:
    """What my work holds for a page, and `{"fault": words}` where it cannot be read: then the page is
    shown all the same, with a card that says so.
    """
    try:
        return open_work().latest_responses(quiz_id), {}
    except WorkError as error:
        return {}, {"fault": note_fault(error).words(lang)}


def recorder(quiz_id: str, items: Mapping[str, Any]) -> Callable[[str, Entry], str]:
    """What keeps a checked answer to one of `items` in my work, scored again here."""

    def record(identifier: str, entry: Entry) -> str:
        item = items[identifier]
        if entry.get("revision") != item.revision:
            raise ItemChangedError(
                f"{identifier} has changed since this page was opened; open the page again."
            )
        return open_work().record_response(
            quiz=quiz_id,
            item=identifier,
            revision=item.revision,
            objective=item.objective,
            language=str(entry.get("lang", "")),
            response=entry["response"],
            score=score_response(item, entry["response"]),
            hints=entry.get("hints") or 0,
        )

    return record
