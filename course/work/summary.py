"""My work at a glance: what was answered, what is known, what to see again, what was written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from course.errors import CourseError
from course.texts import text
from course.work.mastery import Mastery, mastery
from course.work.outline import Outline, load_outline
from course.work.records import TEST_QUIZZES, AnswersCopy, FieldEntry, Response
from course.work.schedule import KNOWN, Review, plan_reviews


@dataclass(frozen=True)
class Summary:
    """Counts by quiz (answered items, known ones), form and assignment; nothing is judged here."""

    responses: int
    quizzes: dict[str, tuple[int, int]]
    objectives: list[Mastery]
    due: list[Review]
    next_review: date | None
    forms: dict[str, int]
    assignments: dict[str, int]
    drafts: dict[str, str]

    def as_dict(self) -> dict[str, Any]:
        """The summary as plain JSON data."""
        return {
            **asdict(self),
            "quizzes": {
                quiz: {"answered": answered, "known": known}
                for quiz, (answered, known) in self.quizzes.items()
            },
            "objectives": [{**asdict(one), "word": one.word} for one in self.objectives],
            "due": [{**review._asdict(), "due": review.due.isoformat()} for review in self.due],
            "next_review": self.next_review and self.next_review.isoformat(),
        }


def summarise(
    responses: Sequence[Response],
    entries: Sequence[FieldEntry],
    drafts: Mapping[str, str],
    copies: Sequence[AnswersCopy],
    today: date,
) -> Summary:
    """Everything about one learner's work on the day `today`."""
    scores: dict[str, dict[str, float]] = defaultdict(dict)
    for response in responses:
        scores[response.quiz][response.item] = response.score or 0.0
    written: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        written[entry.form].add(entry.field)
    outline = _outline()
    answers = [
        response.answered
        for response in responses
        if response.score is not None and not response.quiz.startswith(TEST_QUIZZES)
    ]
    plan = plan_reviews(answers, today, outline and outline.bank)
    return Summary(
        responses=len(responses),
        quizzes={
            quiz: (len(last), sum(score >= KNOWN for score in last.values()))
            for quiz, last in sorted(scores.items())
        },
        objectives=list(
            (
                mastery(answers, outline.bank, outline.exits, outline.checks) if outline else mastery(answers)
            ).values()
        ),
        due=list(plan.today),
        next_review=plan.next_day,
        forms={form: len(fields) for form, fields in sorted(written.items())},
        assignments={copy.assignment: len(copy.document["answers"]) for copy in copies},
        drafts=dict(sorted(drafts.items())),
    )


def _outline() -> Outline | None:
    """The course's outline; None where a fault in some module must not hide a learner's own work."""
    try:
        return load_outline()
    except CourseError:
        return None


def summary_lines(summary: Summary, language: str = "en") -> list[str]:
    """The summary in plain sentences, for a person."""

    def say(name: str, **values: object) -> str:
        return text(f"work.{name}", language, **values)

    lines = [
        say("quiz", quiz=quiz, answered=answered, known=known)
        for quiz, (answered, known) in summary.quizzes.items()
    ]
    lines += [
        say(
            "objective",
            objective=one.objective,
            word=text(f"progress.{one.word}", language),
            items=one.items,
        )
        for one in summary.objectives
    ]
    lines += [say("form", form=form, fields=fields) for form, fields in summary.forms.items()]
    lines += [say("assignment", assignment=name, fields=n) for name, n in summary.assignments.items()]
    lines += [say("draft", draft=draft, place=place) for draft, place in summary.drafts.items()]
    if not lines:
        return [say("empty")]
    if summary.due:
        lines.append(say("due", count=len(summary.due)))
    elif summary.next_review:
        lines.append(say("next-review", day=summary.next_review.isoformat()))
    return lines
