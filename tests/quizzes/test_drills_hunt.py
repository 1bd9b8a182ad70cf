"""The drill of sources: over 500 seeds each key stands in its list, and nothing else is right."""

from __future__ import annotations

import re
from functools import cache

import pytest

from course.content.extracts import MOST_BYTES, extract_rows, hunt_faults
from course.facts import country
from course.quizzes.drills.hunt import make_hunt_paper
from course.quizzes.score import score_response
from course.texts import LANGUAGES

SEEDS = range(1, 501)


@cache
def of_all_seeds():
    """Every paper, in English."""
    return [make_hunt_paper("LO-10.1", seed, "en") for seed in SEEDS]


def rows_with(words):
    """The verified recommendations that are paraphrased so, from the country's file itself."""
    return [row for row in country("MAR").recommendations if row.paraphrase == words and row.decides]


def test_the_source_asked_for_is_that_of_the_words():
    """One verified line has these words: its symbol, its paragraph and who asked are the key."""
    for first, second, *_ in of_all_seeds():
        for hunt in (first, second):
            [row] = rows_with(re.search(r"was asked: (.+)\.” Its", hunt.stem)[1])
            answer = {"symbol": row.symbol, "paragraph": row.paragraph, "addressee": row.body}
            assert score_response(hunt, answer) == 1.0
            assert [*hunt_faults(hunt)] == []


def test_no_other_line_of_the_list_is_right():
    """Who gives the symbol, the paragraph and the body of another line never earns the whole."""
    for hunt, *_ in of_all_seeds()[:100]:
        right = tuple(hunt.parts[part].choices["right"].values[0] for part in ("symbol", "paragraph"))
        for row in extract_rows(hunt):
            answer = {"symbol": row["symbol"], "paragraph": row["paragraph"], "addressee": row["body"]}
            if (row["symbol"], row["paragraph"]) != right:
                assert score_response(hunt, answer) < 0.7


def test_the_words_of_a_paragraph_are_its_own():
    """The right choice is what the named paragraph asks; no other choice is of that paragraph."""
    for _, _, words, _ in of_all_seeds():
        symbol, paragraph = re.search(r"What does (\S+) ask in paragraph (\S+)\?", words.stem).groups()
        for name, choice in words.choices.items():
            [row] = rows_with(choice.text)
            assert ((row.symbol, row.paragraph) == (symbol, paragraph)) == (name == words.key)


def test_one_citation_alone_has_symbol_and_paragraph_of_the_words():
    """The others lack the one or the other, or name another paragraph."""
    for *_, citation in of_all_seeds():
        [row] = rows_with(re.search(r"was asked: “(.+)\.” Look", citation.stem)[1])
        complete = [
            name for name, c in citation.choices.items() if c.text == f"{row.symbol}, para. {row.paragraph}"
        ]
        assert complete == [citation.key]
        assert len({choice.text for choice in citation.choices.values()}) == 4


def test_every_list_is_light_enough_for_a_phone():
    """A page holds five papers, each on another list."""
    sizes = [sum(len(str(row)) for row in extract_rows(paper[0])) for paper in of_all_seeds()[:5]]
    assert sum(sizes) < 2 * MOST_BYTES
    assert len({paper[0].only["theme"] for paper in of_all_seeds()[:5]}) == 5


def test_there_are_hundreds_of_variants():
    """Each recommendation is asked for somewhere, and no two papers in a row are the same."""
    count = [len({paper[place].revision for paper in of_all_seeds()}) for place in range(4)]
    assert min(count) >= 100
    assert sum(count) >= 600


def test_more_than_thirty_hunts_ask_for_symbol_paragraph_and_addressee():
    """Each is on another verified line of the real extract, and all three answers stand in that line."""
    hunted = {}
    for first, second, *_ in of_all_seeds():
        for hunt in (first, second):
            right = {name: part.choices[part.key].values[0] for name, part in hunt.parts.items()}
            hunted[tuple(right.items())] = hunt

    lines = {(row.symbol, row.paragraph, row.body) for row in country("MAR").recommendations if row.decides}
    assert len(hunted) >= 30
    for right, hunt in hunted.items():
        assert tuple(dict(right)) == ("symbol", "paragraph", "addressee")
        assert tuple(dict(right).values()) in lines
        shown = {(row["symbol"], row["paragraph"], row["body"]) for row in extract_rows(hunt)}
        assert tuple(dict(right).values()) in shown


def test_an_addressee_may_be_written_by_name_and_by_the_letters_of_its_documents():
    """CESCR is E/C.12 in its symbols; whoever writes its name is right as well."""
    [hunt, *_] = [
        item
        for first, second, *_ in of_all_seeds()
        for item in (first, second)
        if item.parts["addressee"].choices["right"].values[0] == "CESCR"
    ]
    right = {name: part.choices[part.key].values[0] for name, part in hunt.parts.items()}

    for written in ("cescr", "E/C.12", "Committee on Economic, Social and Cultural Rights"):
        assert score_response(hunt, right | {"addressee": written}) == 1.0
    assert score_response(hunt, right | {"addressee": "UPR"}) < 0.7


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_is_the_same_in_every_language(language):
    """Ids, revisions and keys are; no {place} stays open, and each item has three hints."""
    for seed in range(1, 31):
        here, english = (make_hunt_paper("LO-10.1", seed, lang) for lang in (language, "en"))
        for item, other in zip(here, english, strict=True):
            assert (item.id, item.revision, item.key) == (other.id, other.revision, other.key)
            assert not re.search(r"[{}]\w", " ".join([item.stem, *item.hints]))
            assert len(item.hints) == 3
