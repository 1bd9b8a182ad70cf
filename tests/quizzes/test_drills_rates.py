"""The drill of rates: over 300 seeds every key is what the shown figures give, and nothing else is."""

from __future__ import annotations

import re
from functools import cache

import pytest

from course.content.models import Drill
from course.quizzes.drills import drill_intro, drill_title, make_papers
from course.quizzes.drills.rates import make_rates_paper
from course.quizzes.score import score_response
from course.texts import LANGUAGES

SEEDS = range(1, 301)


@cache
def of_all_seeds():
    """Every paper, in English."""
    return [make_rates_paper("LO-09.2", seed, "en") for seed in SEEDS]


def shown(stem):
    """The groups of a stem by name: (with the problem, counted), as a learner reads them."""
    table = stem.split(": ", 1)[1]
    return {
        name.strip(): (int(few), int(many))
        for name, few, many in re.findall(r"([a-z][a-z ]+) (\d+) of (\d+)[,.]", table)
    }


def rate(group):
    """The share in per cent, exactly."""
    return 100 * group[0] / group[1]


def right(item, value):
    """The choices that name a number."""
    return [name for name, choice in item.choices.items() if choice.value == value]


def test_the_rate_is_a_share_of_its_own_group():
    """The key is right, no other number is, and only it earns anything."""
    for item, _, _ in of_all_seeds():
        asked = re.search(r"this group: ([a-z ]+)\?", item.stem)[1]
        assert right(item, rate(shown(item.stem)[asked])) == ["right"], item.id
        assert score_response(item, rate(shown(item.stem)[asked])) == 1.0
        assert {choice.credit for name, choice in item.choices.items() if name != "right"} == {0.0}


def test_the_gap_is_in_points():
    """The one rate minus the other; with a sign that was not asked for it is half right."""
    for _, item, _ in of_all_seeds():
        rates = sorted(map(rate, shown(item.stem).values()))
        gap = rates[1] - rates[0]
        assert right(item, gap) == ["right"], item.id
        assert score_response(item, -gap) == 0.5
        relative = round(100 * gap / rates[0] + 1e-9, 1)
        assert score_response(item, relative) == 0.0


def test_one_sentence_is_true():
    """The group with the higher rate, in points; the group with more cases is always the other one."""
    for _, _, item in of_all_seeds():
        groups = shown(item.stem)
        high, low = sorted(groups, key=lambda name: rate(groups[name]), reverse=True)
        gap = rate(groups[high]) - rate(groups[low])
        assert groups[low][0] > groups[high][0]
        assert item.choices["right"].text == f"{high}: the rate is {gap:g} percentage points higher."
        assert item.choices["reversed"].text.startswith(low)
        assert len({choice.text for choice in item.choices.values()}) == 4


def test_there_are_hundreds_of_variants():
    """Two hundred at least of each question."""
    for place in range(3):
        assert len({paper[place].revision for paper in of_all_seeds()}) >= 200


def test_a_module_can_name_it():
    """By its generator, with a title and an intro in every language."""
    drill = Drill(generator="rates", objective="LO-09.2")
    assert [item.id for item in make_papers(drill, "en", 3)[0]] == [f"drill-rates-3-{n}" for n in (1, 2, 3)]
    assert all(drill_title(drill, language) and drill_intro(drill, language) for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_is_the_same_in_every_language(language):
    """Ids, revisions and keys are; no {place} stays open, and each item has three hints."""
    for seed in range(1, 31):
        here, english = (make_rates_paper("LO-09.2", seed, lang) for lang in (language, "en"))
        for item, other in zip(here, english, strict=True):
            assert (item.id, item.revision, item.key) == (other.id, other.revision, other.key)
            said = [item.stem, *item.hints, *(choice.feedback for choice in item.choices.values())]
            assert not re.search(r"[{}]", " ".join(said))
            assert len(item.hints) == 3
