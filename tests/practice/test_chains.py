"""Chains: real articles, four links, three levels from one source, a reason for every part."""

from __future__ import annotations

import pytest

import course
from course.errors import CourseError
from course.facts import cite_article
from course.practice.chains import LEVELS, SLOTS, START, chain_item, chains_items, load_chains
from course.quizzes import score_response
from course.recommendations import examine
from course.texts import LANGUAGES
from course.work import open_work

CHAINS = load_chains()
AT = "2026-11-23T10:00:00.000Z"


def test_there_are_fifteen_and_four_of_them_on_the_child():
    """In ten regions or more, for seven committees or more."""
    assert len(CHAINS) >= 15
    assert [one.body for one in CHAINS.values()].count("CRC") >= 4
    assert len({one.region for one in CHAINS.values()}) >= 10
    assert len({one.body for one in CHAINS.values()}) >= 7


@pytest.mark.parametrize("name", CHAINS)
def test_each_link_holds(name):
    """The articles exist and stand in the legal basis; the recommendation is one that can be checked."""
    one = CHAINS[name]
    for article in one.articles:
        code, _, number = article.partition(", art. ")
        assert cite_article(code, int(number.split()[0])).checked
        assert f"{code}, art. {number.split()[0]}" in one.parts["basis"].text
    assert examine(one.parts["basis"].text, "en", one.body)["basis"].case == "article"
    found = examine(one.parts["recommendation"].text, "en", one.body, "session")
    assert set(found.open) <= {"basis", "measure"}
    assert "measure" not in found.failed


@pytest.mark.parametrize("name", CHAINS)
def test_the_rival_of_each_link_is_worse_by_what_it_teaches(name):
    """Fact against no number, recommendation against none that passes, article against another one."""
    one = CHAINS[name]
    rivals = dict(zip(SLOTS, one.wrong.values(), strict=True))
    assert any(sign.isdigit() for sign in one.parts["fact"].text)
    weak = examine(rivals["recommendation"].text, "en", one.body, "session")
    assert {"deadline", "action", "measure", "addressee"} & set(weak.failed)
    assert examine(rivals["basis"].text, "en", one.body)["basis"].case == "article"
    assert rivals["basis"].text.split(":")[0] != one.parts["basis"].text.split(":")[0]


@pytest.mark.parametrize("name", CHAINS)
def test_three_levels_come_from_one_source(name):
    """Whole to be read, then half given, then nothing; the same parts in both that are built."""
    full, half, blank = (chain_item(CHAINS[name], level) for level in LEVELS)
    assert all(part.text in full.stem for part in CHAINS[name].parts.values())
    assert half.choices == blank.choices
    assert (len(half.given), len(blank.given)) == (2, 0)
    assert list(blank.targets) == list(SLOTS)
    assert score_response(blank, dict(blank.key)) == score_response(half, dict(half.key)) == 1.0
    assert score_response(blank, {"fact": "fact", "basis": "basis"}) == 0.5
    assert all(len(item.hints) == 3 for item in (full, half, blank))


def test_the_start_check_asks_for_each_link():
    """One right answer each, and each wrong one says what it is instead."""
    start = chains_items()[: len(SLOTS)]
    assert [item.key for item in start] == list(SLOTS) == list(START)
    for item in start:
        assert len(item.choices) == 5
        assert len({choice.text for choice in item.choices.values()}) == 5
        assert score_response(item, item.key) == 1.0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_holds_every_chain_at_every_level(lang):
    """Ids are the same in every language, and those of the levels are items of the page."""
    page = course.chains(lang)
    ids = [item["id"] for item in page.payload["items"]]
    assert len(set(ids)) == len(ids) == len(SLOTS) + len(LEVELS) * len(CHAINS)
    assert set(page.payload["start"]) <= set(ids)
    assert all(name in ids for one in page.payload["chains"] for name in one["levels"].values())
    assert page.payload["dir"] == ("rtl" if lang == "ar" else "ltr")


def test_an_answer_on_one_page_is_there_on_the_other(monkeypatch, tmp_path):
    """A chain in a lesson and the page of all chains share what is kept; it is scored again in Python."""
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "my-work.db"))
    page = course.chain("school-bus", "blank")
    (item,) = page.payload["items"]
    entry = {"response": {"fact": "fact"}, "score": 1.0, "attempt": 1, "at": AT, "revision": 1, "lang": "en"}
    answers = []
    page.receive({"type": "response", "id": item["id"], "entry": entry}, answers.append)
    assert [answer["type"] for answer in answers] == ["saved"]
    (record,) = open_work().responses()
    assert (record.quiz, record.score, record.objective) == ("chains", 0.25, "LO-13.1")
    assert course.chains().responses[item["id"]]["response"] == {"fact": "fact"}
    assert open_work().summary().responses == 1


@pytest.mark.parametrize(
    ("name", "level", "said"), [("bus", "full", "no chain"), ("school-bus", "easy", "no level")]
)
def test_a_wrong_name_is_said_with_those_that_exist(name, level, said):
    """One sentence for whoever writes a lesson."""
    with pytest.raises(CourseError, match=said):
        course.chain(name, level)
