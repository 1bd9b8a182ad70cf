"""The drill `length`: which text is over the limit, by how much, and where it would still fit.

Limits come from the rules that decide and are counted in words. What counts is in the notes of the
rules (footnotes for CEDAW, no annexes for the CRC); a test sees that the notes still say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from course.content.models import BaseItem, Choice, MultipleChoice, NumberChoice, Numeric, SingleChoice
from course.facts import Rule, all_rules, bodies
from course.quizzes.drills.making import Question, make_items
from course.texts import section, text

# The rules that are asked about, and what their notes say of footnotes or annexes.
COUNTED = {
    "cedaw-session-length": "notes-count",
    "cedaw-session-length-joint": "notes-count",
    "hrcttee-any-length": "",
    "crc-loipr-length": "annex-free",
    "crc-loipr-length-thematic": "annex-free",
    "hrc-any-written-length-general": "",
    "hrc-any-written-length-roster": "",
}
OFFERED = 4
STEP = 10  # drawn words are round, so that they can be added in one's head


@dataclass(frozen=True)
class Draft:
    """One invented text: words in the body, and beside it in footnotes or in annexes."""

    rule: Rule
    body: int
    beside: int

    @property
    def limit(self) -> int:
        """The words that may be sent."""
        return round(float(self.rule.value))

    @property
    def counted(self) -> int:
        """The words that count."""
        return self.body + (self.beside if COUNTED[self.rule.id] == "notes-count" else 0)

    @property
    def over(self) -> int:
        """By how many words it is too long; not above 0 where it fits."""
        return self.counted - self.limit


@cache
def limits() -> tuple[Rule, ...]:
    """The limits that decide, in the order of COUNTED."""
    known = {row.id: row for row in all_rules() if row.decides and row.unit == "words" and row.holds(None)}
    return tuple(known[name] for name in COUNTED if name in known)


def make_length_paper(objective: str, seed: int, language: str) -> list[BaseItem]:
    """The items of one paper: which are too long, how many words must go, where it fits whole."""
    chance = Random(f"length {seed}")
    questions = [make(chance, language) for make in (_ask_which, _ask_cut, _ask_where)]
    return make_items("length", seed, objective, questions)


def draw_drafts(chance: Random) -> tuple[Draft, ...]:
    """Texts for different bodies, near their limits: at least one too long and one that fits."""
    while True:
        drafts = tuple(_draw(rule, chance) for rule in chance.sample(limits(), OFFERED))
        if 0 < sum(draft.over > 0 for draft in drafts) < OFFERED:
            return drafts


def _draw(rule: Rule, chance: Random) -> Draft:
    """Near the limit, on either side, or exactly on it; what stands beside may decide."""
    limit = round(float(rule.value))
    beside = chance.randrange(120, 420, STEP) if COUNTED[rule.id] else 0
    kind = chance.choice(("under", "exact", "over", "beside"))
    if kind == "exact":
        return Draft(rule, limit, beside)
    if kind == "beside" and beside:
        return Draft(rule, limit - chance.randrange(STEP, beside, STEP), beside)
    apart = chance.randrange(30, 400, STEP)
    return Draft(rule, limit - beside - apart if kind != "over" else limit + apart, beside)


def _ask_which(chance: Random, language: str) -> Question:
    drafts = draw_drafts(chance)
    choices = {f"t{number}": _choice(draft, language) for number, draft in enumerate(drafts, start=1)}
    key = tuple(name for name, draft in zip(choices, drafts, strict=True) if draft.over > 0)
    fields = {
        "kind": "multiple-choice",
        "stem": text("drill.length-ask-which", language),
        "choices": choices,
        "key": key,
        "source": _sources([draft.rule for draft in drafts], language),
        "hints": _hints("which", language),
    }
    asked = [(draft.rule.id, draft.body, draft.beside, draft.over > 0) for draft in drafts]
    return Question(MultipleChoice, ("which", asked), fields)


def _ask_cut(chance: Random, language: str) -> Question:
    rule = chance.choice(limits())
    limit = round(float(rule.value))
    beside = chance.randrange(120, 420, STEP) if COUNTED[rule.id] else 0
    draft = Draft(rule, limit + chance.randrange(60, 900, STEP), beside)
    values = _values(draft, language)
    written = {
        "right": draft.over,
        "body-only": draft.body - limit,
        "all": draft.body + draft.beside - limit,
        "limit": limit,
        "counted": draft.counted,
    }
    choices: dict[str, NumberChoice] = {}
    for name, value in written.items():
        if all(choice.value != value for choice in choices.values()):
            feedback = text(f"drill.length-cut-{name}", language, **values)
            choices[name] = NumberChoice(value=value, credit=float(name == "right"), feedback=feedback)
    fields = {
        "kind": "numeric",
        "stem": text("drill.length-ask-cut", language, said=_said(draft, language)),
        "choices": choices,
        "key": "right",
        "unit": text("drill.length-unit", language),
        "otherwise": text("drill.length-cut-otherwise", language, **values),
        "source": _sources([rule], language),
        "hints": _hints("cut", language),
    }
    return Question(Numeric, ("cut", rule.id, draft.body, draft.beside, draft.over), fields)


def _ask_where(chance: Random, language: str) -> Question:
    """Only one of the limits offered is as long as the text."""
    rules = _distinct(chance)
    values = sorted(round(float(rule.value)) for rule in rules)
    words = chance.randrange(values[-2] + 50, values[-1] + 1, STEP)
    right = max(rules, key=lambda rule: float(rule.value))
    choices = {
        rule.id: Choice(
            text=_what(rule, language),
            feedback=text(
                f"drill.length-where-{'right' if rule is right else 'wrong'}",
                language,
                words=words,
                limit=round(float(rule.value)),
            ),
        )
        for rule in rules
    }
    fields = {
        "kind": "single-choice",
        "stem": text("drill.length-ask-where", language, words=words),
        "choices": choices,
        "key": right.id,
        "source": _sources(rules, language),
        "hints": _hints("where", language),
    }
    return Question(SingleChoice, ("where", words, [(rule.id, rule.value) for rule in rules]), fields)


def _distinct(chance: Random) -> list[Rule]:
    """Limits of different lengths, so that only one is the longest."""
    found: dict[str, Rule] = {}
    for rule in chance.sample(limits(), len(limits())):
        found.setdefault(rule.value, rule)
    return list(found.values())[:OFFERED]


def _choice(draft: Draft, language: str) -> Choice:
    name = "over" if draft.over > 0 else "exact" if draft.over == 0 else "fits"
    reason = text(f"drill.length-{name}", language, **_values(draft, language))
    counted = COUNTED[draft.rule.id]
    why = f"{text(f'drill.length-{counted}', language)} {reason}" if counted else reason
    return Choice(text=_said(draft, language), feedback=why)


def _said(draft: Draft, language: str) -> str:
    counted = COUNTED[draft.rule.id] or "plain"
    return text(
        f"drill.length-text-{counted}",
        language,
        what=_what(draft.rule, language),
        body=draft.body,
        beside=draft.beside,
    )


def _what(rule: Rule, language: str) -> str:
    name = (
        bodies()[rule.body].name(language)
        if rule.body in bodies()
        else text("drill.length-council", language)
    )
    return text(f"drill.length-for-{rule.id}", language, body=name)


def _values(draft: Draft, language: str) -> dict[str, object]:
    return {
        "body": draft.body,
        "beside": draft.beside,
        "counted": draft.counted,
        "limit": draft.limit,
        "over": draft.over,
        "left": -draft.over,
    }


def _sources(rules: list[Rule], language: str) -> str:
    return section("facts", language)["join"].join(
        dict.fromkeys(text("drill.source", language, source=rule.source, as_of=rule.as_of) for rule in rules)
    )


def _hints(name: str, language: str) -> tuple[str, ...]:
    return tuple(text(f"drill.length-hint-{step}", language) for step in (name, "rule", "twin"))
