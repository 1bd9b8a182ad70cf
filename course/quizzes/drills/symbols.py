"""The drill `symbol`: which body, which State, what kind of document, which report; drawn by seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Any

from course.content.models import BaseItem, Choice, Matching, NumberChoice, Numeric, SingleChoice, Target
from course.facts import bodies, country, country_codes, glossary
from course.quizzes.drills.documents import (
    KINDS,
    ON_REPORTS,
    REVIEW_KINDS,
    STATES,
    TWIN,
    Shown,
    draw_symbol,
)
from course.texts import section, text

OFFERED = 4  # choices of a question, and symbols to be matched
CONFUSED = {"CAT": "SPT", "CEDAW": "CERD", "CERD": "CED", "CED": "CERD", "CRC": "CRPD", "CRPD": "CRC"}


@dataclass(frozen=True)
class Question:
    """A question before it has an id: its model, its name in the texts, its symbols, its own fields."""

    model: type[BaseItem]
    name: str
    shown: tuple[Shown, ...]
    fields: dict[str, Any]


def make_symbol_paper(objective: str, seed: int, language: str) -> list[BaseItem]:
    """The items of one paper: symbols to be matched, one to be read, the number of a report.

    Their revision follows from what is asked, so that an answer never counts for another question.
    """
    chance = Random(f"symbol {seed}")
    first, second = (
        chance.choice((_match_kinds, _match_bodies)),
        chance.choice((_ask_body, _ask_state, _ask_kind)),
    )
    questions = [make(chance, language) for make in (first, second, _ask_number)]
    return [
        question.model(
            id=f"drill-symbol-{seed}-{number}",
            revision=1 + int(sha256(_fingerprint(question).encode()).hexdigest()[:7], 16),
            objective=objective,
            bloom="apply",
            source=section("facts", language)["join"].join(_source(one, language) for one in question.shown),
            hints=(
                text(f"drill.symbol-hint-{question.name}", language),
                text("drill.symbol-rule", language),
                text("drill.symbol-twin", language, twin=TWIN),
            ),
            **question.fields,
        )
        for number, question in enumerate(questions, start=1)
    ]


def _match_kinds(chance: Random, language: str) -> Question:
    shown = _draw_distinct(chance, lambda one: one.says.kind)
    kinds = {one.says.kind for one in shown}
    more = chance.choice([kind for kind in KINDS if kind not in kinds])
    targets = {kind: Target(text=_kind_name(kind, language)) for kind in KINDS if kind in {*kinds, more}}
    rows = [(one, one.says.kind, _kind_reason(one.says.kind, language)) for one in shown]
    return _matching("kinds", rows, targets, language)


def _match_bodies(chance: Random, language: str) -> Question:
    shown = _draw_distinct(chance, lambda one: one.says.body, kinds=ON_REPORTS)
    codes = [one.says.body for one in shown]
    confused = [CONFUSED[code] for code in codes if code in CONFUSED]
    more = next(
        code for code in (*confused, *chance.sample(list(bodies()), len(bodies()))) if code not in codes
    )
    targets = {
        code.lower(): Target(text=known.name(language))
        for code, known in bodies().items()
        if code in {*codes, more}
    }
    rows = [(one, one.says.body.lower(), _body_reason(one.says.body, language)) for one in shown]
    return _matching("bodies", rows, targets, language)


def _draw_distinct(chance: Random, of: Callable[[Shown], str], **wanted: Any) -> tuple[Shown, ...]:
    """Symbols that each say something else."""
    found: dict[str, Shown] = {}
    while len(found) < OFFERED:
        one = draw_symbol(chance, **wanted)
        found.setdefault(of(one), one)
    return tuple(found.values())


def _matching(
    name: str, rows: Sequence[tuple[Shown, str, str]], targets: dict[str, Target], language: str
) -> Question:
    """Each row is a symbol, its target and the reason."""
    named = {f"s{number}": row for number, row in enumerate(rows, start=1)}
    fields = {
        "kind": "matching",
        "stem": text(f"drill.symbol-ask-{name}", language),
        "choices": {
            key: Choice(text=_say(one, language), feedback=why) for key, (one, _, why) in named.items()
        },
        "targets": targets,
        "key": {key: target for key, (_, target, _) in named.items()},
    }
    return Question(Matching, name, tuple(one for one, _, _ in rows), fields)


def _ask_body(chance: Random, language: str) -> Question:
    shown = draw_symbol(chance, kinds=ON_REPORTS)
    right = shown.says.body
    offered = _offer(right, [CONFUSED.get(right, "")], list(bodies()), chance)
    choices = {
        code.lower(): Choice(
            text=bodies()[code].name(language),
            feedback=_reason(code == right, _body_reason(code, language), language),
        )
        for code in offered
    }
    return _single("body", shown, right.lower(), choices, language)


def _ask_state(chance: Random, language: str) -> Question:
    shown = draw_symbol(chance, kinds=(*ON_REPORTS, *REVIEW_KINDS))
    right = shown.says.state or ""
    alike = [code for code in STATES if code[0] == right[0] and code != right]
    choices = {
        code.lower(): Choice(
            text=_state_name(code, language),
            feedback=_reason(
                code == right,
                text("drill.symbol-state", language, letters=code, state=_state_name(code, language)),
                language,
            ),
        )
        for code in _offer(right, alike[:1], [*country_codes(), *STATES], chance)
    }
    return _single("state", shown, right.lower(), choices, language)


def _ask_kind(chance: Random, language: str) -> Question:
    shown = draw_symbol(chance)
    right = shown.says.kind
    alike = REVIEW_KINDS if right in REVIEW_KINDS else ON_REPORTS
    choices = {
        kind: Choice(
            text=_kind_name(kind, language),
            feedback=_reason(kind == right, _kind_reason(kind, language), language),
        )
        for kind in _offer(
            right, [], [kind for kind in KINDS if kind in (*alike, "state-report", right)], chance
        )
    }
    return _single("kind", shown, right, choices, language)


def _ask_number(chance: Random, language: str) -> Question:
    shown = draw_symbol(chance, kinds=ON_REPORTS)
    first, _, last = shown.says.number.partition("-")
    number = int(last or first)
    values = {"pair": shown.says.number, "number": number}
    written = {"right-pair" if last else "right": number}
    if last:
        written |= {"first": int(first), "count": number - int(first) + 1}
    else:
        written |= {"before": number - 1, "after": number + 1}
    if shown.says.body == "CESCR":
        written["of-body"] = 12  # E/C.12
    choices: dict[str, NumberChoice] = {}
    for name, value in written.items():
        if value > 0 and all(choice.value != value for choice in choices.values()):
            feedback = text(f"drill.symbol-number-{name}", language, **values)
            choices[name] = NumberChoice(value=value, credit=float(not choices), feedback=feedback)
    fields = {
        "kind": "numeric",
        "stem": text("drill.symbol-ask-number", language, shown=_say(shown, language)),
        "choices": choices,
        "key": next(iter(choices)),
        "unit": text("drill.symbol-unit", language),
        "otherwise": text("drill.symbol-number-otherwise", language, **values),
    }
    return Question(Numeric, "number", (shown,), fields)


def _single(name: str, shown: Shown, key: str, choices: dict[str, Choice], language: str) -> Question:
    stem = text(f"drill.symbol-ask-{name}", language, shown=_say(shown, language))
    fields = {"kind": "single-choice", "stem": stem, "choices": choices, "key": key}
    return Question(SingleChoice, name, (shown,), fields)


def _offer(right: str, alike: Sequence[str], known: Sequence[str], chance: Random) -> list[str]:
    """The right one, those that look like it, and others up to the number offered, as `known` has them."""
    first = [right, *filter(None, alike)]
    others = chance.sample([one for one in known if one not in first], max(0, OFFERED - len(first)))
    chosen = {*first, *others}
    return [one for one in known if one in chosen]


def _say(shown: Shown, language: str) -> str:
    name = "real" if shown.real else "invented"
    return text(f"drill.symbol-{name}", language, symbol=shown.says.symbol)


def _source(shown: Shown, language: str) -> str:
    if shown.real:
        return f"{shown.says.symbol}: {shown.source}"
    values = {"symbol": shown.says.symbol, "like": shown.like, "source": shown.source}
    return text("drill.symbol-source-invented", language, **values)


def _state_name(code: str, language: str) -> str:
    if code in country_codes():
        return str(country(code).name(language))
    return section("drill", language)[f"state-{code}"]


def _kind_name(kind: str, language: str) -> str:
    return glossary()[KINDS[kind][0]].term(language)


def _kind_reason(kind: str, language: str) -> str:
    term, sign = KINDS[kind]
    name = "review" if kind in REVIEW_KINDS else "letters" if sign else "none"
    said = text(f"drill.symbol-sign-{name}", language, sign=sign)
    return f"{said} {glossary()[term].definition(language)}"


def _body_reason(code: str, language: str) -> str:
    return text(
        "drill.symbol-body",
        language,
        letters=bodies()[code].document_code,
        body=bodies()[code].name(language),
    )


def _reason(right: bool, said: str, language: str) -> str:
    return text("drill.symbol-right" if right else "drill.symbol-wrong", language, reason=said)


def _fingerprint(question: Question) -> str:
    """What is asked, without any text: the same in every language."""
    fields = question.fields
    symbols = [one.says.symbol for one in question.shown]
    asked = (question.name, symbols, fields["key"], list(fields["choices"]), list(fields.get("targets", ())))
    return " ".join(map(str, asked))
