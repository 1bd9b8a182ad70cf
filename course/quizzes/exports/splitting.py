"""One question brought into the form of another, where a format knows only simpler ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from course.quizzes.exports.losses import Loss
from course.quizzes.exports.questions import Answer, Gaps, Order, Pair, Pairs, Question, Select
from course.texts import text

BLANK = "______"


def as_places(question: Question, order: Order) -> Question:
    """An order as pairs: its first place, its second, and so on."""
    pairs = tuple(
        Pair(text("export.place", question.lang, number=place), answer.text, answer.feedback)
        for place, answer in enumerate(order.answers, start=1)
    )
    told = tuple(f"{answer.text} – {answer.feedback}" for answer in order.answers)
    return replace(question, body=Pairs(pairs, (), told))


def pairs_apart(question: Question, pairs: Pairs) -> Iterator[Question]:
    """Each pair as a question of its own, with every right side to choose from, in one order."""
    sides = sorted({pair.right for pair in pairs.pairs})
    for number, pair in enumerate(pairs.pairs, start=1):
        answers = (
            *(Answer(side, float(side == pair.right), pair.feedback) for side in sides),
            *(replace(spare, feedback=spare.feedback or pair.feedback) for spare in pairs.spare),
        )
        stem = f"{question.stem}\n{pair.left}"
        yield replace(question, id=f"{question.id}-{number}", stem=stem, body=Select(answers, single=True))


def gaps_apart(question: Question, gaps: Gaps) -> Iterator[Question]:
    """Each gap as a question of its own; its number stands in the text, where it is asked for."""
    number = 0
    for place, part in enumerate(gaps.parts):
        if isinstance(part, str):
            continue
        number += 1
        shown = [
            other if isinstance(other, str) else f"[{number}] {BLANK}" if index == place else BLANK
            for index, other in enumerate(gaps.parts)
        ]
        stem = f"{question.stem}\n{''.join(shown).strip()}"
        yield replace(question, id=f"{question.id}-{number}", stem=stem, body=part)


def without_table(question: Question, lost: list[Loss]) -> Question:
    """The question without the table that is to be searched."""
    if not question.table:
        return question
    reason = "the list to search is not in the file; give it to learners beside it"
    lost.append(Loss(question.id, "extract", "left out", reason))
    return replace(question, table=())


def with_told(question: Question, lost: list[Loss]) -> Question:
    """The question with the feedback of its pairs among its notes, where it has pairs."""
    if not isinstance(question.body, Pairs):
        return question
    reason = "it stands in the general feedback, since no pair has its own"
    lost.append(Loss(question.id, "feedback of choices", "moved", reason))
    return replace(question, notes=(*question.body.told, *question.notes))
