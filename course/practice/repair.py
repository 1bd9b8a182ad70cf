"""Recommendation repair: a weak text, the learner's own, what is seen in it, and two models."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import Field, ValidationError, model_validator

from course.content.models.base import Identifier, Model, Text
from course.errors import ContentError, CourseError, Problem
from course.facts import bodies, country
from course.files import DATA, read_yaml
from course.quizzes import Page, earlier_answers
from course.recommendations import CRITERIA, examine, program
from course.texts import direction, section
from course.work import open_work

BANK = DATA / "practice" / "repairs.yml"
COUNTRY = "MAR"
PAGE = "repair"  # one name for every page of repairs: what was written on one is there on the others
ALL = "all"
LONGEST = 5000


class Repair(Model):
    """One weak recommendation, invented: what is wrong with it, two models, what it teaches."""

    id: Identifier
    revision: int = Field(default=1, ge=1)
    lang: Text
    region: Text
    theme: Text
    body: Text
    stage: Text
    weak: Text
    wrong: tuple[Text, ...] = Field(min_length=1)
    articles: tuple[Text, ...] = Field(min_length=1)
    models: Annotated[tuple[Text, ...], Field(min_length=2, max_length=2)]
    note: Text

    @model_validator(mode="after")
    def _names_criteria(self) -> Repair:
        unknown = set(self.wrong) - set(CRITERIA)
        if unknown:
            raise ValueError(
                f"wrong {min(unknown)!r} is no criterion; the criteria are {', '.join(CRITERIA)}"
            )
        return self


@cache
def load_repairs() -> Mapping[str, Repair]:
    """All weak recommendations by id, in the order of the file; ContentError with every fault of it."""
    rows = read_yaml(BANK)["repairs"]
    found: dict[str, Repair] = {}
    problems = []
    for place, row in enumerate(rows):
        line = rows.lc.item(place)[0] + 1
        name = str(row.get("id", ""))
        try:
            repair_ = Repair.model_validate(row)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                field = ".".join(map(str, fault["loc"])) or name
                said = f"{field}: {fault['msg'].removeprefix('Value error, ')}."
                problems.append(Problem(f"course/data/practice/{BANK.name}", line, name, said, "Correct it."))
            continue
        if repair_.id in found:
            problems.append(
                Problem(
                    f"course/data/practice/{BANK.name}",
                    line,
                    name,
                    "this id stands twice.",
                    "Choose another.",
                )
            )
        found[repair_.id] = repair_
    if problems:
        raise ContentError(problems)
    return found


def repair(name: str = ALL, lang: str = "en") -> Page:
    """The page on which weak recommendations are repaired: all of them, or one by its id.

    What the learner writes is kept in my work as it is typed, and examined in the page itself, so
    that the page needs no Python. Raises CourseError for a name that does not exist.
    """
    repairs = load_repairs()
    if name != ALL and name not in repairs:
        raise CourseError(f"there is no repair {name!r}; there are {ALL}, {', '.join(repairs)}.")
    chosen = list(repairs.values()) if name == ALL else [repairs[name]]
    earlier, fault = earlier_answers(PAGE, lang)
    return Page(repair_payload(chosen, lang), earlier, _keep, live=fault)


def repair_payload(repairs: list[Repair], lang: str = "en") -> dict[str, Any]:
    """The payload of mode `repair`, drawn by `assets/repair.js`.

    As that of a quiz, with `examine` (the texts of findings), `programs` (by language, see
    `course.recommendations.program`) and items {"id", "revision", "kind", "lang", "dir", "stem" (the
    weak text), "body", "stage", "for", "theme", "region", "articles", "wrong": [{"name", "seen",
    "instead"}], "models", "note"}.
    """
    texts = section("repair", lang)
    kind = ALL if len(repairs) > 1 else "one"
    return {
        "mode": "repair",
        "id": PAGE,
        "lang": lang,
        "dir": direction(lang),
        "title": texts[f"title-{kind}"],
        "intro": texts["intro-all"],
        "examine": dict(section("examine", lang)),
        "programs": {language: dict(program(language)) for language in sorted({one.lang for one in repairs})},
        "items": [_item(one, lang) for one in repairs],
        "actions": [],
        "readonly": False,
    }


def _item(one: Repair, lang: str) -> dict[str, Any]:
    known = country(COUNTRY)
    theme = next(theme for theme in known.themes if theme.id == one.theme)
    region = next(region for region in known.regions if region.id == one.region)
    body = bodies()[one.body].name(lang) if one.body in bodies() else section("planner", lang)["body-upr"]
    stage = section("planner", lang)[f"stage-{one.stage}"]
    names = section("examine", lang)
    found = examine(one.weak, one.lang, one.body, one.stage)
    said = {name: found[name].said(lang) for name in one.wrong}
    return {
        "id": one.id,
        "revision": one.revision,
        "kind": "repair",
        "lang": one.lang,
        "dir": direction(one.lang),
        "stem": one.weak,
        "body": one.body,
        "stage": one.stage,
        "for": section("repair", lang)["for"].format(body=body, stage=stage),
        "theme": getattr(theme, lang),
        "region": region.name(lang),
        "articles": section("facts", lang)["join"].join(one.articles),
        "wrong": [
            {"name": names[name], "seen": one_said.seen, "instead": one_said.instead}
            for name, one_said in said.items()
        ],
        "models": list(one.models),
        "note": one.note,
    }


def _keep(identifier: str, entry: dict[str, Any]) -> str:
    """Keep what was written: {"text": str, "examined": how often}. It is never scored."""
    found = load_repairs()[identifier]
    match entry.get("response"):
        case {"text": str(text), "examined": int(examined)} if len(text) <= LONGEST:
            response = {"text": text, "examined": examined}
        case _:
            raise CourseError(f"{identifier}: this is no recommendation; write it again in the form.")
    return open_work().record_response(
        quiz=PAGE,
        item=identifier,
        revision=found.revision,
        objective="",
        language=found.lang,
        response=response,
        score=None,
    )
