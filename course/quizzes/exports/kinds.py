"""Each kind of item as a question: what is right, what each answer earns, what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from course.content.models.kinds import PLACE
from course.quizzes.exports.losses import Loss
from course.quizzes.exports.questions import (
    Answer,
    Body,
    Gaps,
    Number,
    Order,
    Pair,
    Pairs,
    Question,
    Select,
    Typed,
)
from course.texts import say_day, text

Read = tuple[Question, list[Loss]]
Made = tuple[Body, tuple[str, ...], tuple[str, ...], list[tuple[str, str, str]]]


def read_question(item: Mapping[str, Any], rows: Sequence[Mapping[str, str]] = ()) -> Read:
    """A question from the payload of one item (see `course.quizzes.payload`), and what it lost.

    `rows` are those of the extract that the item searches. Lost is here only what no format
    could keep; each format adds its own. Raises KeyError for a kind that is not known.
    """
    body, stem, notes, lost = READERS[item["kind"]](item)
    source = f"{text('quiz.source', item['lang'])}: {item['source']}"
    question = Question(
        id=item["id"],
        tags=(item["objective"], item["kind"], f"revision-{item['revision']}"),
        lang=item["lang"],
        dir=item["dir"],
        stem="\n".join((item["stem"], *stem)),
        body=body,
        notes=(*notes, source),
        hints=tuple(item["hints"]),
        table=_table(rows, item["lang"]),
    )
    losses = [Loss(question.id, field, change, reason) for field, change, reason in lost]
    return question, losses


def _table(rows: Sequence[Mapping[str, str]], lang: str) -> tuple[tuple[str, ...], ...]:
    if not rows:
        return ()
    heads = tuple(text(f"quiz.column-{column}", lang) for column in rows[0])
    return (heads, *(tuple(row.values()) for row in rows))


# One reader a kind: body, lines added to the stem, notes, what was lost ----------------------------


def _single(item: Mapping[str, Any]) -> Made:
    answers = tuple(
        Answer(choice["text"], float(choice["id"] == item["key"]), choice["feedback"])
        for choice in item["choices"]
    )
    return Select(answers, single=True), (), tuple(_choice_sources(item)), []


def _multiple(item: Mapping[str, Any]) -> Made:
    share = 1 / len(item["key"])
    answers = tuple(
        Answer(choice["text"], share if choice["id"] in item["key"] else -share, choice["feedback"])
        for choice in item["choices"]
    )
    return Select(answers, single=False), (), tuple(_choice_sources(item)), []


def _marked(item: Mapping[str, Any]) -> Made:
    share = 1 / len(item["key"])
    answers = tuple(
        Answer(
            f"{choice['number']}. {choice['text']}",
            share if choice["id"] in item["key"] else -share,
            choice["feedback"],
        )
        for choice in item["choices"]
    )
    look = ("kind", "changed", "the paragraphs are choices to tick, not a text to mark")
    body = Select(answers, single=False, shuffle=False)
    return body, (item["passage"],), tuple(_choice_sources(item)), [look]


def _ordering(item: Mapping[str, Any]) -> Made:
    by_id = {choice["id"]: choice for choice in item["choices"]}
    answers = tuple(Answer(by_id[name]["text"], 0.0, by_id[name]["feedback"]) for name in item["key"])
    return Order(answers), (), tuple(_choice_sources(item)), []


def _matching(item: Mapping[str, Any]) -> Made:
    targets = {target["id"]: target["text"] for target in item["targets"]}
    pairs = tuple(
        Pair(choice["text"], targets[item["key"][choice["id"]]], choice["feedback"])
        for choice in item["choices"]
    )
    used = set(item["key"].values())
    spare = tuple(Answer(said, 0.0, "") for name, said in targets.items() if name not in used)
    return Pairs(pairs, spare, _told(item)), (), tuple(_choice_sources(item)), []


def _classification(item: Mapping[str, Any]) -> Made:
    body, stem, notes, _ = _matching(item)
    look = ("kind", "changed", "the category of each is chosen from a list, as in matching")
    guessing = ("credit", "changed", "right answers are counted without the correction for guessing")
    return body, stem, notes, [look, guessing]


def _built(item: Mapping[str, Any]) -> Made:
    choices = {choice["id"]: choice for choice in item["choices"]}
    slots = {target["id"]: target["text"] for target in item["targets"]}
    right = {slot: choices[name] for slot, name in item["key"].items()}
    given = set(item["given"])
    lines = tuple(f"{said}: {right[slot]['text']}" for slot, said in slots.items() if slot in given)
    pairs = tuple(
        Pair(said, right[slot]["text"], right[slot]["feedback"])
        for slot, said in slots.items()
        if slot not in given
    )
    used = set(item["key"].values())
    spare = tuple(
        Answer(choice["text"], 0.0, choice["feedback"])
        for name, choice in choices.items()
        if name not in used
    )
    look = ("kind", "changed", "each part is chosen from a list; the paragraph is not seen as it grows")
    return Pairs(pairs, spare, _told(item)), lines, tuple(_choice_sources(item)), [look]


def _numeric(item: Mapping[str, Any]) -> Made:
    answers = tuple(
        Answer(f"{choice['value']:.15g}", _earned(choice, item), choice["feedback"])
        for choice in _key_first(item)
    )
    return Number(answers, item["tolerance"], item["unit"], item["otherwise"]), (), (), []


def _day(item: Mapping[str, Any]) -> Made:
    answers = []
    for choice in _key_first(item):
        earned, day = _earned(choice, item), date.fromisoformat(choice["value"])
        said = say_day(day, item["lang"])
        # The weekday may be left out: it is the first word in each language of the course.
        for writing in (choice["value"], said, said.split(" ", 1)[1]):
            answers.append(Answer(writing, earned, choice["feedback"]))
    look = ("kind", "changed", "the day is written as text, not chosen in a calendar")
    how = text("export.write-day", item["lang"])
    return Typed(tuple(answers), item["otherwise"]), (how,), (), [look]


def _short(item: Mapping[str, Any]) -> Made:
    return _typed(item), (), (), [_COMPARED]


def _cloze(item: Mapping[str, Any]) -> Made:
    gaps = {gap["id"]: gap for gap in item["gaps"]}
    # Words and gaps take turns; another language may have the gaps in another order.
    pieces = PLACE.split(item["text"])
    parts: list[str | Select | Typed] = [pieces[0]]
    for name, after in zip(pieces[1::2], pieces[2::2], strict=True):
        answers = tuple(
            Answer(choice["text"], float(choice["id"] == item["key"][name]), choice["feedback"])
            for choice in gaps[name]["choices"]
        )
        parts += [Select(answers, single=True), after]
    sources = tuple(line for gap in item["gaps"] for line in _choice_sources(gap))
    return Gaps(tuple(parts)), (), sources, []


def _hunt(item: Mapping[str, Any]) -> Made:
    parts: list[str | Select | Typed] = []
    for part in item["parts"]:
        parts += [f"{part['label']}:", _typed(part)]
    return Gaps(tuple(parts)), (), (), [_COMPARED]


def _typed(part: Mapping[str, Any]) -> Typed:
    answers = tuple(
        Answer(value, _earned(choice, part), choice["feedback"])
        for choice in _key_first(part)
        for value in choice["values"]
    )
    return Typed(answers, part["otherwise"])


_COMPARED = (
    "comparison",
    "changed",
    "accents, outer punctuation and the forms of Arabic letters and digits are not evened out",
)


def _key_first(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The key before the others: where two fit, ours takes the key, and others the first."""
    return sorted(item["choices"], key=lambda choice: choice["id"] != item["key"])


def _earned(choice: Mapping[str, Any], item: Mapping[str, Any]) -> float:
    return 1.0 if choice["id"] == item["key"] else choice["credit"]


def _told(item: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(f"{choice['text']} – {choice['feedback']}" for choice in item["choices"])


def _choice_sources(item: Mapping[str, Any]) -> Iterator[str]:
    for choice in item["choices"]:
        if choice.get("source"):
            yield f"{choice['text']} – {choice['source']}"


READERS: Mapping[str, Callable[[Mapping[str, Any]], Made]] = {
    "single-choice": _single,
    "multiple-choice": _multiple,
    "mark-paragraph": _marked,
    "ordering": _ordering,
    "matching": _matching,
    "classification": _classification,
    "build-parts": _built,
    "numeric": _numeric,
    "date": _day,
    "short-text": _short,
    "cloze": _cloze,
    "document-hunt": _hunt,
}
