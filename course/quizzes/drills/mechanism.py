"""The drill `mechanism`: which committee, through which treaty a complaint, which door for which want."""

from __future__ import annotations

from random import Random

from course.content.models import BaseItem, Choice, Matching, SingleChoice, Target
from course.facts import bodies, country, treaties
from course.quizzes.drills.making import Question, make_items
from course.texts import section, text

COUNTRY = "MAR"  # whose regions the invented cases are set in
# Committees whose whole treaty is about some persons or one wrong; the Covenants are about everybody.
OWN_TREATY = ("CERD", "CEDAW", "CAT", "CRC", "CMW", "CRPD", "CED")
CONFUSED = {
    "CAT": "CED",
    "CEDAW": "CERD",
    "CERD": "CMW",
    "CED": "CAT",
    "CRC": "CRPD",
    "CRPD": "CRC",
    "CMW": "CERD",
}
GROUPS = 3  # invented cases of each committee, in the texts
OFFERED = 4
NOT_IN_FORCE = ("CMW",)  # article 77: too few States have accepted it, so it must teach nobody a way
# What an association may want, and the door to it; each is in the texts, with the body it is read from.
DOORS = ("visit", "review", "complaint", "urgent", "peers")


def make_mechanism_paper(objective: str, seed: int, language: str) -> list[BaseItem]:
    """The items of one paper: the committee of a case, the way to a complaint, doors for wants."""
    chance = Random(f"mechanism {seed}")
    questions = [make(chance, language) for make in (_ask_committee, _ask_way, _ask_doors)]
    return make_items("mechanism", seed, objective, questions)


def _ask_committee(chance: Random, language: str) -> Question:
    right = chance.choice(OWN_TREATY)
    group = chance.randrange(1, GROUPS + 1)
    region = chance.choice(country(COUNTRY).regions)
    others = [code for code in OWN_TREATY if code not in (right, CONFUSED[right])]
    offered = {right, CONFUSED[right], *chance.sample(others, OFFERED - 2)}
    choices = {
        code.lower(): Choice(
            text=bodies()[code].name(language),
            feedback=text(
                f"drill.mechanism-committee-{'right' if code == right else 'wrong'}",
                language,
                treaty=treaties()[bodies()[code].treaty].title(language),
            ),
        )
        for code in OWN_TREATY
        if code in offered
    }
    fields = {
        "kind": "single-choice",
        "stem": text(
            "drill.mechanism-ask-committee",
            language,
            region=region.name(language),
            case=text(f"drill.mechanism-case-{right}-{group}", language),
        ),
        "choices": choices,
        "key": right.lower(),
        "source": bodies()[right].source,
        "hints": _hints("committee", language),
    }
    return Question(SingleChoice, ("committee", right, group, region.id, sorted(offered)), fields)


def _ask_way(chance: Random, language: str) -> Question:
    """What a State must have accepted before one person can complain to a committee."""
    codes = [code for code in bodies() if _way(code)]
    right = chance.choice(codes)
    region = chance.choice(country(COUNTRY).regions)
    group = chance.randrange(1, GROUPS + 1)
    offered = {right, *chance.sample([code for code in codes if code != right], OFFERED - 1)}
    choices = {
        code.lower(): Choice(
            text=_say_way(code, language),
            feedback=text(
                f"drill.mechanism-way-{'right' if code == right else 'wrong'}",
                language,
                body=bodies()[code].name(language),
            ),
        )
        for code in codes
        if code in offered
    }
    fields = {
        "kind": "single-choice",
        "stem": text(
            "drill.mechanism-ask-way",
            language,
            region=region.name(language),
            person=text(f"drill.mechanism-person-{group}", language),
            body=bodies()[right].name(language),
        ),
        "choices": choices,
        "key": right.lower(),
        "source": treaties()[bodies()[right].treaty].complaints_article.source,
        "hints": _hints("way", language),
    }
    return Question(SingleChoice, ("way", right, region.id, group, sorted(offered)), fields)


def _way(code: str) -> str:
    """The article or protocol by which a committee takes complaints; empty where it takes none for sure."""
    if not bodies()[code].reads_state_reports or code in NOT_IN_FORCE:
        return ""
    found = treaties()[bodies()[code].treaty].complaints_article
    return found.value if found.decides and found.value != "none" else ""


def _say_way(code: str, language: str) -> str:
    way, own = _way(code), treaties()[bodies()[code].treaty]
    if way in treaties():
        return treaties()[way].title(language).value
    return text("drill.mechanism-way-article", language, article=way, treaty=own.title(language))


def _ask_doors(chance: Random, language: str) -> Question:
    asked = chance.sample(DOORS, OFFERED)
    regions = chance.sample(country(COUNTRY).regions, OFFERED)
    drawn = {
        door: (region, chance.randrange(1, GROUPS + 1)) for door, region in zip(asked, regions, strict=True)
    }
    choices = {
        f"w{number}": Choice(
            text=text(
                f"drill.mechanism-want-{door}",
                language,
                region=region.name(language),
                person=text(f"drill.mechanism-person-{group}", language),
            ),
            feedback=text(f"drill.mechanism-why-{door}", language),
        )
        for number, (door, (region, group)) in enumerate(drawn.items(), start=1)
    }
    fields = {
        "kind": "matching",
        "stem": text("drill.mechanism-ask-doors", language),
        "choices": choices,
        "targets": {door: Target(text=text(f"drill.mechanism-door-{door}", language)) for door in DOORS},
        "key": dict(zip(choices, asked, strict=True)),
        "source": section("drill", language)["mechanism-source"],
        "hints": _hints("doors", language),
    }
    return Question(
        Matching, ("doors", [(door, region.id, group) for door, (region, group) in drawn.items()]), fields
    )


def _hints(name: str, language: str) -> tuple[str, ...]:
    return tuple(text(f"drill.mechanism-hint-{name}-{step}", language) for step in (1, 2, 3))
