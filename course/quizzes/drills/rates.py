"""The drill `rates`: a rate, a gap in points, and the sentence that may be said of two groups.

The figures are invented and say so. They are drawn so that both rates are whole, and so that the group
with the lower rate has more cases: who reads the number instead of the rate goes wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from course.content.models import BaseItem, Choice, NumberChoice, Numeric, SingleChoice
from course.quizzes.drills.making import Question, make_items
from course.texts import section, text

TOPICS = ("school", "births", "water", "papers", "doors")
SIZES = (40, 50, 60, 80, 120, 150, 160, 180, 200, 240, 250, 300, 320, 400, 500)
RATES = range(5, 91)
LEAST_GAP = 8


@dataclass(frozen=True)
class Group:
    """One group of an invented table: how many of how many."""

    few: int
    many: int

    @property
    def rate(self) -> int:
        """The share in per cent; it is whole."""
        return 100 * self.few // self.many


@dataclass(frozen=True)
class Pair:
    """Two groups: `high` has the higher rate, `low` the more cases; `high_first` in the table, or not."""

    topic: str
    high: Group
    low: Group
    high_first: bool

    @property
    def gap(self) -> int:
        """The difference of the rates, in percentage points."""
        return self.high.rate - self.low.rate

    def name(self, group: Group, language: str) -> str:
        """How the table calls a group."""
        place = "first" if (group == self.high) == self.high_first else "second"
        return text(f"drill.rates-{place}-{self.topic}", language)


@cache
def groups() -> tuple[Group, ...]:
    """Every group whose rate is whole."""
    return tuple(
        Group(size * rate // 100, size) for size in SIZES for rate in RATES if size * rate % 100 == 0
    )


def make_rates_paper(objective: str, seed: int, language: str) -> list[BaseItem]:
    """The items of one paper: a rate, a gap in points, the true sentence. Each about other figures."""
    chance = Random(f"rates {seed}")
    topics = chance.sample(TOPICS, 3)
    makers = (_ask_rate, _ask_gap, _ask_say)
    questions = [make(draw_pair(chance, topic), language) for make, topic in zip(makers, topics, strict=True)]
    return make_items("rates", seed, objective, questions)


def draw_pair(chance: Random, topic: str) -> Pair:
    """Two groups, where the rate and the number of cases point to different ones."""
    while True:
        high, low = chance.choice(groups()), chance.choice(groups())
        if high.rate >= low.rate + LEAST_GAP and low.few > high.few:
            return Pair(topic, high, low, chance.random() < 0.5)


def _ask_rate(pair: Pair, language: str) -> Question:
    asked, other = pair.high, pair.low
    values = {
        **vars(asked),
        "rate": asked.rate,
        "all": asked.many + other.many,
        "cases": asked.few + other.few,
    }
    written = {
        "right": asked.rate,
        "total": _tenth(100 * asked.few, values["all"]),
        "cases": _tenth(100 * asked.few, values["cases"]),
        "rest": 100 - asked.rate,
        "other": other.rate,
        "count": asked.few,
    }
    fields = {
        "kind": "numeric",
        "stem": text(
            "drill.rates-ask-rate", language, table=_table(pair, language), group=pair.name(asked, language)
        ),
        "choices": _numbers("rate", written, values, language),
        "key": "right",
        "unit": text("drill.rates-rate-unit", language),
        "otherwise": text("drill.rates-rate-otherwise", language, **values),
        **_common(language),
    }
    return Question(Numeric, ("rate", pair), fields)


def _ask_gap(pair: Pair, language: str) -> Question:
    high, low = pair.high, pair.low
    values = {"high": high.rate, "low": low.rate, "gap": pair.gap}
    everybody = high.many + low.many
    written = {
        "right": pair.gap,
        "sign": -pair.gap,
        "relative": _tenth(100 * pair.gap, low.rate),
        "count": low.few - high.few,
        "sum": high.rate + low.rate,
        "shares": _tenth(100 * (low.few - high.few), everybody),
    }
    fields = {
        "kind": "numeric",
        "stem": text("drill.rates-ask-gap", language, table=_table(pair, language)),
        "choices": _numbers("gap", written, values, language),
        "key": "right",
        "unit": text("drill.rates-gap-unit", language),
        "otherwise": text("drill.rates-gap-otherwise", language, **values),
        **_common(language),
    }
    return Question(Numeric, ("gap", pair), fields)


def _ask_say(pair: Pair, language: str) -> Question:
    """Each wrong sentence is one mistake: per cent for points, the groups exchanged, cases for rates."""
    values = {
        "high": pair.high.rate,
        "low": pair.low.rate,
        "gap": pair.gap,
        "relative": f"{_tenth(100 * pair.gap, pair.low.rate):g}",
        **vars(pair.low),
    }
    said_of = {"right": pair.high, "percent": pair.high, "reversed": pair.low, "count": pair.low}
    fields = {
        "kind": "single-choice",
        "stem": text("drill.rates-ask-say", language, table=_table(pair, language)),
        "choices": {
            name: Choice(
                text=text(
                    f"drill.rates-say-{name}", language, group=pair.name(group, language), gap=pair.gap
                ),
                feedback=text(f"drill.rates-say-{name}-why", language, **values),
            )
            for name, group in said_of.items()
        },
        "key": "right",
        **_common(language),
    }
    return Question(SingleChoice, ("say", pair), fields)


def _table(pair: Pair, language: str) -> str:
    first, second = (pair.high, pair.low) if pair.high_first else (pair.low, pair.high)
    return text(
        "drill.rates-table",
        language,
        what=text(f"drill.rates-what-{pair.topic}", language),
        first=pair.name(first, language),
        second=pair.name(second, language),
        few=first.few,
        many=first.many,
        few2=second.few,
        many2=second.many,
    )


def _numbers(
    prefix: str, written: dict[str, float], values: dict[str, object], language: str
) -> dict[str, NumberChoice]:
    """The numbers that learners write; where two mistakes lead to one, the first explains it."""
    choices: dict[str, NumberChoice] = {}
    for name, value in written.items():
        if all(choice.value != value for choice in choices.values()):
            feedback = text(f"drill.rates-{prefix}-{name}", language, **values)
            credit = {"right": 1.0, "sign": 0.5}.get(name, 0.0)
            choices[name] = NumberChoice(value=value, credit=credit, feedback=feedback)
    return choices


def _common(language: str) -> dict[str, object]:
    texts = section("drill", language)
    return {
        "source": texts["rates-source"],
        "hints": [texts[f"rates-hint-{name}"] for name in ("where", "rule", "twin")],
    }


def _tenth(part: int, whole: int) -> float:
    """A quotient with one decimal, the half rounded up: as people write it."""
    return (20 * part + whole) // (2 * whole) / 10
