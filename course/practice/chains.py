"""Chains from a fact to a recommendation, in three levels from one source: full, half, blank."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from course.content.models import BuildParts, Choice, SingleChoice, Target
from course.content.models.base import Identifier, Model, Text, require_known
from course.errors import ContentError, CourseError, Problem
from course.facts import country
from course.files import DATA, read_yaml
from course.quizzes import Page, earlier_answers, page_texts, recorder
from course.quizzes.payload import item_payload
from course.texts import LANGUAGES, direction, section, text

BANK = DATA / "practice" / "chains.yml"
PAGE = "chains"  # one name for every page of chains, so that an answer is there on each
SLOTS = ("fact", "finding", "basis", "recommendation")
LEVELS = ("full", "half", "blank")
COUNTRY = "MAR"
OBJECTIVE = "LO-13.1"  # of the module on writing: from a fact to a recommendation
WRITTEN_IN = LANGUAGES[0]  # the chains are in English alone, and each says so on another page
# The chains from which the four questions of the start check are made, one for each slot.
START = {"fact": "open-truck", "finding": "no-ramp", "basis": "turned-away", "recommendation": "no-receipt"}


class Check(Model):
    """The one question after a chain that was read whole."""

    stem: Text
    choices: dict[Identifier, Choice] = Field(min_length=3)
    key: Identifier

    @model_validator(mode="after")
    def _key_is_a_choice(self) -> Check:
        require_known([self.key], self.choices, "key")
        return self


class Chain(Model):
    """One invented case: the four parts, parts that fit no slot, and what is given at level `half`."""

    id: Identifier
    revision: int = Field(default=1, ge=1)
    title: Text
    region: Text
    body: Text
    articles: tuple[Text, ...] = Field(min_length=1)
    parts: dict[Literal["fact", "finding", "basis", "recommendation"], Choice] = Field(min_length=4)
    wrong: dict[Identifier, Choice] = Field(min_length=4)
    given: tuple[Literal["fact", "finding", "basis", "recommendation"], ...] = Field(
        min_length=2, max_length=2
    )
    check: Check
    source: Text


@cache
def load_chains() -> Mapping[str, Chain]:
    """All chains by id, in the order of the file; ContentError with every fault of it."""
    rows = read_yaml(BANK)["chains"]
    found: dict[str, Chain] = {}
    problems = []
    for place, row in enumerate(rows):
        line = rows.lc.item(place)[0] + 1
        name = str(row.get("id", ""))
        try:
            found[name] = Chain.model_validate(row)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                field = ".".join(map(str, fault["loc"])) or name
                said = f"{field}: {fault['msg'].removeprefix('Value error, ')}."
                problems.append(Problem(f"course/data/practice/{BANK.name}", line, name, said, "Correct it."))
    if problems:
        raise ContentError(problems)
    return found


def chain(name: str, level: str = "full", lang: str = "en") -> Page:
    """One chain at one level: `full` (read, then one question), `half` (two slots given), `blank`.

    Raises CourseError for a chain or a level that does not exist.
    """
    known = load_chains()
    if name not in known:
        raise CourseError(f"there is no chain {name!r}; there are {', '.join(known)}.")
    if level not in LEVELS:
        raise CourseError(f"there is no level {level!r}; the levels are {', '.join(LEVELS)}.")
    item = chain_item(known[name], level)
    return _page({**_frame("quiz", lang), "items": [item_payload(item, None, lang, WRITTEN_IN)]}, [item])


def chains(lang: str = "en") -> Page:
    """All chains on one page: a start check, then the levels; who passes it goes on to the blank ones."""
    items = chains_items()
    payload = {
        **_frame("chain", lang),
        "items": [item_payload(item, None, lang, WRITTEN_IN) for item in items],
        "start": [f"chain-start-{slot}" for slot in SLOTS],
        "chains": [
            {"title": one.title, "levels": {level: f"chain-{one.id}-{level}" for level in LEVELS}}
            for one in load_chains().values()
        ],
    }
    return _page(payload, items)


def chains_items() -> list[Any]:
    """The four items of the start check, then every chain at every level."""
    every = [chain_item(one, level) for one in load_chains().values() for level in LEVELS]
    return [*(_start_item(slot) for slot in SLOTS), *every]


def chain_item(one: Chain, level: str) -> BuildParts | SingleChoice:
    """The item of a chain at a level: the same parts, fewer and fewer of them given."""
    fields: dict[str, Any] = {
        "id": f"chain-{one.id}-{level}",
        "revision": one.revision,
        "objective": OBJECTIVE,
        "source": one.source,
    }
    if level == "full":
        return SingleChoice(
            **fields,
            kind="single-choice",
            bloom="analyse",
            stem=f"{_case(one, 'read')}\n\n{_worked(one)}\n\n{one.check.stem}",
            choices=one.check.choices,
            key=one.check.key,
            hints=_hints("read"),
        )
    return BuildParts(
        **fields,
        kind="build-parts",
        bloom="create",
        stem=_case(one, level),
        choices={**one.parts, **one.wrong},
        targets={slot: Target(text=text(f"chain.slot-{slot}", WRITTEN_IN)) for slot in SLOTS},
        key={slot: slot for slot in SLOTS},
        given=one.given if level == "half" else (),
        hints=_hints("build"),
    )


def _start_item(slot: str) -> SingleChoice:
    """Which of these is the fact, the finding ...: the part of one chain beside what it is not."""
    one = load_chains()[START[slot]]
    others = {name: part for name, part in one.parts.items() if name != slot}
    choices = {
        slot: one.parts[slot],
        **{
            name: Choice(text=part.text, feedback=text(f"chain.is-{name}", WRITTEN_IN))
            for name, part in others.items()
        },
        **dict([_rival(one, slot)]),
    }
    return SingleChoice(
        id=f"chain-start-{slot}",
        revision=one.revision,
        objective=OBJECTIVE,
        bloom="understand",
        kind="single-choice",
        stem=text(f"chain.start-{slot}", WRITTEN_IN),
        choices=choices,
        key=slot,
        hints=_hints("read"),
        source=one.source,
    )


def _rival(one: Chain, slot: str) -> tuple[str, Choice]:
    """The wrong part that stands against a slot: the file has one for each, in the order of the slots."""
    return list(one.wrong.items())[SLOTS.index(slot)]


def _case(one: Chain, level: str) -> str:
    region = next(region for region in country(COUNTRY).regions if region.id == one.region)
    return text(
        f"chain.stem-{level}", WRITTEN_IN, title=one.title, region=region.name(WRITTEN_IN), body=one.body
    )


def _worked(one: Chain) -> str:
    return "\n\n".join(
        text("chain.line", WRITTEN_IN, slot=text(f"chain.slot-{slot}", WRITTEN_IN), part=one.parts[slot].text)
        for slot in SLOTS
    )


def _hints(kind: str) -> tuple[str, ...]:
    return tuple(text(f"chain.hint-{kind}-{step}", WRITTEN_IN) for step in (1, 2, 3))


def _frame(mode: str, lang: str) -> dict[str, Any]:
    texts = section("chain", lang)
    return {
        "mode": mode,
        "id": PAGE,
        "lang": lang,
        "dir": direction(lang),
        "title": texts["title-page"],
        "intro": texts["intro-page"],
        "ui": page_texts(mode, lang),
        "actions": [],
        "readonly": False,
    }


def _page(payload: Mapping[str, Any], items: list[Any]) -> Page:
    earlier, fault = earlier_answers(PAGE, payload["lang"])
    return Page(payload, earlier, recorder(PAGE, {item.id: item for item in items}), live=fault)
