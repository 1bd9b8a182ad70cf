"""The drill of document symbols: over 500 seeds each key says what the symbol says."""

from __future__ import annotations

import re
from functools import cache

import pytest

from course.facts import bodies, documents, parse_symbol
from course.quizzes.drills.documents import TWIN, real_symbols
from course.quizzes.drills.symbols import make_symbol_paper
from course.quizzes.score import score_response
from course.texts import LANGUAGES

SEEDS = range(1, 501)
SYMBOL = re.compile(r"[A-Z][A-Z0-9a-z./-]*/[A-Za-z0-9./-]+")
REAL, INVENTED = "(a real document)", "(invented)"


@cache
def of_all_seeds():
    """Every item, in English."""
    return [item for seed in SEEDS for item in make_symbol_paper("LO-03.2", seed, "en")]


def asked(item):
    """The symbols of an item as the learner reads them, by choice; of a single one by None."""
    if item.kind == "matching":
        return {name: SYMBOL.search(choice.text)[0] for name, choice in item.choices.items()}
    return {None: SYMBOL.search(item.stem)[0]}


def answers(symbol):
    """Everything that a symbol says, as ids of choices."""
    says = parse_symbol(symbol)
    return {says.body.lower(), says.kind, (says.state or "").lower()} - {""}


def test_what_is_matched_is_what_the_symbol_says():
    """Each symbol fits one target, its key, and one target is left over."""
    matched = [item for item in of_all_seeds() if item.kind == "matching"]
    assert len(matched) == len(SEEDS)
    for item in matched:
        for name, symbol in asked(item).items():
            assert answers(symbol) & item.targets.keys() == {item.key[name]}, (item.id, symbol)
        assert len(item.targets) == len(item.choices) + 1
        assert len({target.text for target in item.targets.values()}) == len(item.targets)
        assert score_response(item, item.key) == 1.0


def test_the_key_of_a_single_choice_is_the_only_right_one():
    """Body, State or kind: one choice is said by the symbol, three are not."""
    single = [item for item in of_all_seeds() if item.kind == "single-choice"]
    assert len(single) == len(SEEDS)
    for item in single:
        (symbol,) = asked(item).values()
        assert answers(symbol) & item.choices.keys() == {item.key}, item.id
        assert len({choice.text for choice in item.choices.values()}) == len(item.choices) == 4


def test_the_number_is_that_of_the_last_report():
    """The number at the very end; every other choice is another number."""
    numbers = [item for item in of_all_seeds() if item.kind == "numeric"]
    assert len(numbers) == len(SEEDS)
    for item in numbers:
        (symbol,) = asked(item).values()
        last = int(re.search(r"\d+$", symbol)[0])
        right = [name for name, choice in item.choices.items() if choice.value == last]
        assert right == [item.key]
        values = [choice.value for choice in item.choices.values()]
        assert len(set(values)) == len(values) >= 2
        assert [score_response(item, value) for value in values].count(1.0) == 1


def test_real_documents_exist_and_invented_ones_do_not():
    """Each symbol says which it is; a real one is verified, and the worked example is never asked."""
    verified = {row.symbol for row in documents() if row.decides}
    on_file = {row.symbol for row in documents()}
    seen = set()
    for item in of_all_seeds():
        texts = [choice.text for choice in item.choices.values()] if item.kind == "matching" else [item.stem]
        for said, symbol in zip(texts, asked(item).values(), strict=True):
            assert (REAL in said) != (INVENTED in said)
            assert symbol in verified if REAL in said else symbol not in on_file
            assert symbol != TWIN
            seen.add(REAL in said)
    assert seen == {True, False}


def test_invented_reports_bear_a_number_that_no_report_has_reached():
    """So that nobody mistakes an invented symbol for a document that can be found."""
    highest = max(int(n) for one in real_symbols() for n in re.findall(r"\d+", one.says.number) if len(n) < 3)
    for item in of_all_seeds():
        if item.kind == "numeric" and INVENTED in item.stem:
            assert item.choices[item.key].value > highest


def test_there_are_hundreds_of_variants():
    """Two hundred at least, of every kind of question."""
    asked_for = {(item.hints[0], item.stem, *item.choices, str(item.key)) for item in of_all_seeds()}
    assert len(asked_for) >= 200
    for kind in ("single-choice", "numeric"):
        assert len({item.stem for item in of_all_seeds() if item.kind == kind}) >= 200
    symbols = {tuple(asked(item).values()) for item in of_all_seeds() if item.kind == "matching"}
    assert len(symbols) >= 200
    # SPT and bodies without a verified document are only offered, never the key.
    keys = {item.key for item in of_all_seeds() if item.kind == "single-choice"}
    assert len(keys & {code.lower() for code in bodies()}) >= 8


@pytest.mark.parametrize(
    ("symbol", "said"),
    [
        ("CCPR/C/MAR/CO/6", {"hrcttee", "mar", "concluding-observations"}),
        ("E/C.12/MAR/Q/4", {"cescr", "mar", "list-of-issues"}),
        ("CMW/C/MAR/QPR/2", {"cmw", "mar", "list-of-issues-prior-to-reporting"}),
        ("CED/C/MAR/RQ/1", {"ced", "mar", "replies-to-list-of-issues"}),
        ("CRPD/C/TUN/2-3", {"crpd", "tun", "state-report"}),
        ("A/HRC/WG.6/13/MAR/3", {"upr", "mar", "stakeholders-summary"}),
    ],
)
def test_symbols_that_people_read_are_read_so(symbol, said):
    """What the drill is measured against was written by hand, and the drill may ask for each of them."""
    assert answers(symbol) == said
    assert symbol in {one.says.symbol for one in real_symbols()}


@pytest.mark.parametrize(
    "symbol", ["CCPR/C/MAR/Q/6/Add.1", "CRC/C/15/Add.211", "CCPR/CO/82/MAR", "CRC/C/Q/MOR/2"]
)
def test_older_forms_and_additions_are_left_out(symbol):
    """Replies are filed as an addition to the list, and old numbers count no reports: both would mislead."""
    assert symbol in {row.symbol for row in documents()}
    assert symbol not in {one.says.symbol for one in real_symbols()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_is_the_same_in_every_language(language):
    """Ids, revisions, choices and keys are; no {place} stays open in any text."""
    for seed in range(1, 61):
        here, english = (make_symbol_paper("LO-03.2", seed, lang) for lang in (language, "en"))
        for item, other in zip(here, english, strict=True):
            assert (item.id, item.revision, item.key) == (other.id, other.revision, other.key)
            assert list(item.choices) == list(other.choices)
            said = [item.stem, item.source, *item.hints]
            said += [choice.feedback for choice in item.choices.values()]
            assert not [one for one in said if re.search(r"[{}]|\bNone\b", one)]
