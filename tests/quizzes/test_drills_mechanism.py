"""The drill of mechanisms: over 500 seeds the door is the one that the facts give, and the only one."""

from __future__ import annotations

import re
from functools import cache

import pytest

from course.facts import bodies, treaties
from course.quizzes.drills.mechanism import DOORS, OWN_TREATY, make_mechanism_paper
from course.texts import LANGUAGES, section

SEEDS = range(1, 501)


@cache
def of_all_seeds():
    """Every paper, in English."""
    return [make_mechanism_paper("LO-03.2", seed, "en") for seed in SEEDS]


def test_the_committee_is_the_one_whose_case_is_told():
    """Found by the words of the case; its own name stands in no other choice."""
    texts = section("drill", "en")
    cases = {said: key.split("-")[2] for key, said in texts.items() if key.startswith("mechanism-case-")}
    assert set(cases.values()) == set(OWN_TREATY)
    for committee, _, _ in of_all_seeds():
        (code,) = [code for said, code in cases.items() if said in committee.stem]
        right = [
            name for name, choice in committee.choices.items() if choice.text == bodies()[code].name("en")
        ]
        assert right == [committee.key]
        assert len(committee.choices) == 4


def test_the_way_of_a_complaint_is_the_one_of_the_treaty():
    """By the table of treaties: an article of the treaty itself, or a protocol of its own."""
    for _, way, _ in of_all_seeds():
        (body,) = [row for row in bodies().values() if f"complaint to the {row.name('en')}." in way.stem]
        own = treaties()[body.treaty]
        found = own.complaints_article
        assert found.decides
        named = (
            str(treaties()[found.value].title("en"))
            if found.value in treaties()
            else f"article {found.value} of the {own.title('en')}"
        )
        assert [name for name, choice in way.choices.items() if choice.text == named] == [way.key]


def test_no_way_that_is_open_nowhere_is_taught():
    """Article 77 of the convention on migrant workers has not entered into force."""
    ways = {choice.text for _, way, _ in of_all_seeds() for choice in way.choices.values()}
    assert len(ways) == 8
    assert not [said for said in ways if "77" in said]


def test_each_want_has_one_door():
    """Found by what is wanted; four of the five doors are used, one is left over."""
    signs = {
        "visit": "walk through the prison",
        "review": "after the report",
        "complaint": "her own case",
        "urgent": "within days",
        "peers": "other States",
    }
    for _, _, doors in of_all_seeds():
        for name, choice in doors.choices.items():
            assert [door for door, sign in signs.items() if sign in choice.text] == [doors.key[name]]
        assert len(set(doors.key.values())) == 4 == len(doors.targets) - 1
        assert set(doors.targets) == set(DOORS)


def test_there_are_hundreds_of_variants():
    """Two hundred at least of each question, and every committee and door occurs."""
    for place in range(3):
        assert len({paper[place].revision for paper in of_all_seeds()}) >= 200
    assert {paper[0].key for paper in of_all_seeds()} == {code.lower() for code in OWN_TREATY}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_is_the_same_in_every_language(language):
    """Ids, revisions and keys are; no {place} stays open, and each item has three hints."""
    for seed in range(1, 31):
        here, english = (make_mechanism_paper("LO-03.2", seed, lang) for lang in (language, "en"))
        for item, other in zip(here, english, strict=True):
            assert (item.id, item.revision, item.key) == (other.id, other.revision, other.key)
            said = [item.stem, *item.hints, *(choice.text for choice in item.choices.values())]
            assert not re.search(r"[{}]\w", " ".join(said))
            assert len(item.hints) == 3
