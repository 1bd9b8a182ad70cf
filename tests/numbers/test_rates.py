"""Rates and gaps from Python: counted in fractions beside it, refused in words, small groups kept back."""

from __future__ import annotations

import gzip
import json
import math
import random
from fractions import Fraction

import pytest
from bs4 import BeautifulSoup

import course
from course.numbers.counting import Line, NumbersError, count_rates, decimals, read_lines, read_number
from course.numbers.form import ASSETS, PARTS, form_script, form_style, rates
from course.numbers.limits import EXACT, FEW, LINES, MOST, SMALL, SWING
from course.numbers.saying import About, say_rates
from course.numbers.table import rates_table
from course.texts import LANGUAGES, section

BOYS, GIRLS = ("Boys", 58, 12), ("Girls", 61, 38)
ABOUT = About("have left school", "children of five communes", "June 2026")


def half_up(value: Fraction) -> int:
    """Rounded as people do it."""
    return math.floor(value + Fraction(1, 2))


def sentence(*rows, about=ABOUT, lang="en"):
    """What may be pasted of these rows."""
    return say_rates(read_lines(rows), about, lang).sentence


def test_rates_and_ratios_are_those_of_exact_fractions():
    """Of 500 drawn tables, up to the largest number that a line may have."""
    chance = random.Random(9)
    for _ in range(500):
        most = chance.choice((12, 60, 2000, MOST))
        people = [chance.randint(1, most) for _ in range(chance.randint(1, LINES))]
        lines = [Line(f"g{n}", many, chance.randint(0, many)) for n, many in enumerate(people)]
        steps = 100 * 10 ** decimals(lines)
        counted = count_rates(lines)
        shares = [Fraction(line.problem, line.people) for line in lines]
        assert list(counted["rate"]) == [half_up(share * steps) for share in shares]
        assert list(counted["gap"]) == [rate - counted["rate"].iloc[0] for rate in counted["rate"]]
        if shares[0]:
            assert list(counted["ratio"]) == [half_up(share / shares[0] * 10) for share in shares]
        else:
            assert counted["ratio"].isna().all()


def test_a_decimal_stands_only_where_nobody_alone_could_change_it():
    """One group of fewer than a thousand takes it from all of them."""
    lines = [Line("a", EXACT, 413), Line("b", 5000, 1000)]
    assert say_rates(lines, ABOUT).lines[0][3] == "41.3%"
    assert say_rates(lines, ABOUT, "fr").lines[0][3] == "41,3 %"
    assert say_rates([*lines, Line("c", EXACT - 1, 413)], ABOUT).lines[0][3] == "41%"


def test_the_text_to_paste_has_numbers_rates_gap_and_limit():
    """Who, when, each group with both its numbers, the gap in points, and whom the numbers cover."""
    said = sentence(BOYS, GIRLS)
    assert "(children of five communes, June 2026)" in said
    assert "Boys 12 of 58 (21%), Girls 38 of 61 (62%)" in said
    assert "Gap between Girls and Boys, in percentage points: 41." in said
    assert section("numbers")["sentence-reached"] in said
    assert section("numbers")["sentence-all"] in sentence(BOYS, GIRLS, about=About(basis="all"))


def test_what_was_not_written_stays_open():
    """Dots, so that nobody overlooks it."""
    assert "(…, …), those who …:" in sentence(BOYS, about=About())


@pytest.mark.parametrize(
    "row", [("Few people", SMALL - 1, 6), ("Few cases", 300, FEW - 1)], ids=["small", "few"]
)
def test_a_line_in_which_people_could_be_recognised_is_not_pasted(row):
    """Its name and numbers are missing, that something is missing is said, and a warning says why."""
    said = say_rates(read_lines([BOYS, GIRLS, row]), ABOUT)
    assert row[0] not in said.sentence
    assert said.sentence.endswith("too small to be shown safely: 1.")
    assert [warning for warning in said.warnings if row[0] in warning and "recognised" in warning]


def test_at_the_threshold_a_line_is_shown():
    """The number named in the warning is the first that is enough, and nobody at all is no small number."""
    assert "Enough" in sentence(BOYS, ("Enough", SMALL, FEW))
    assert "Nobody 0 of 40 (0%)" in sentence(BOYS, ("Nobody", 40, 0))


def test_where_every_line_is_small_nothing_is_pasted():
    """No rate, no name."""
    assert sentence(("A", 5, 2), ("B", 6, 1)) == section("numbers")["sentence-none"]


def test_a_rate_that_swings_and_a_group_in_which_all_are_concerned_are_warned_of():
    """Each by its own sentence; a large group has none."""
    said = say_rates([Line("a", SWING - 1, 20), Line("b", 80, 80), Line("c", SWING, 20)], ABOUT)
    assert len(said.warnings) == 2
    assert said.warnings[0].startswith("a: one person more or less moves the rate by about 2.0 points")
    assert said.warnings[1].startswith("b: everybody")


@pytest.mark.parametrize(
    ("rows", "name", "line"),
    [
        ([], "refused-none", 0),
        ([("", "", ""), (" ", "", "")], "refused-none", 0),
        ([BOYS, ("", 5, 2)], "refused-group", 2),
        ([BOYS, ("", "", ""), BOYS], "refused-twice", 3),
        ([("a", 0, 0)], "refused-people", 1),
        ([("a", "12.5", 2)], "refused-people", 1),
        ([("a", MOST + 1, 2)], "refused-people", 1),
        ([("a", 5, "")], "refused-problem", 1),
        ([("a", 5, -1)], "refused-problem", 1),
        ([("a", 12, 58)], "refused-more", 1),
        ([BOYS, ("a", 5)], "refused-row", 2),
        (["abc"], "refused-row", 1),
        ([(None, 5, 3)], "refused-group", 1),
        ([(f"g{n}", 20, 5) for n in range(LINES + 1)], "refused-many", LINES + 1),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(rows, name, line):
    """With the line, in the language of the page."""
    with pytest.raises(NumbersError) as refused:
        rates_table(rows, lang="fr")
    assert (refused.value.name, refused.value.line) == (name, line)
    assert str(refused.value) == section("numbers", "fr")[name].format(line=line, most=MOST, lines=LINES)


def test_numbers_are_read_as_people_write_them():
    """Arabic figures and spaces between thousands; a comma could mean two things and is refused."""
    assert [read_number(text) for text in ("٣٤", "1 200", "1\u202f200", " 7 ", 61)] == [34, 1200, 1200, 7, 61]
    assert [read_number(text) for text in ("١٬٢٠٠", "1\u2009200", "\u200f120\u200e")] == [1200, 1200, 120]
    assert [read_number(text) for text in ("1,200", "1.200", "abc", "", "-3", "1e3")] == [None] * 6


def test_one_line_in_a_lesson_gives_table_and_text():
    """`course.rates_table(...)` shows what the form shows; what was typed stays text."""
    shown = course.rates_table([("<b>Boys</b>", 58, 12), GIRLS], what="have left school")._repr_html_()
    page = BeautifulSoup(shown, "html.parser")
    assert [cell.get_text() for cell in page.select("tbody tr:last-child > *")] == [
        *("Girls", "61", "38", "62%", "+41", "×3.0")
    ]
    assert page.select("b") == []
    assert "38 of 61 (62%)" in page.blockquote.get_text()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_is_labelled_and_the_same_twice(lang):
    """With language and direction, a label for every field, no id twice, and no text in the script."""
    html = course.rates(lang)._repr_html_()
    assert html == rates(lang)._repr_html_()
    page = BeautifulSoup(html, "html.parser")
    root = page.select_one(".course-rates")
    assert (root["lang"], root["dir"]) == (lang, "rtl" if lang == "ar" else "ltr")
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    fields = page.select("form input, form select")
    assert len(fields) == 4 + 3 * LINES
    assert all(page.select_one(f'label[for="{field["id"]}"]').get_text(strip=True) for field in fields)
    sent = json.loads(page.select_one("script[type='application/json']").string)["texts"]
    assert sent == {name: said for name, said in section("numbers", lang).items() if name in sent}
    assert not any(said in form_script() for said in sent.values() if " " in said.strip())


def test_the_form_is_small_and_asks_nothing_of_anybody():
    """Less than 3 KB of script on the line, and no way out: nothing is sent, nothing is kept."""
    pytest.importorskip("minify")  # no wheel for every system; there the script is longer
    assert len(gzip.compress(form_script().encode())) <= 3 * 1024
    assert len(gzip.compress(form_style().encode())) <= 1024
    source = "".join((ASSETS / name).read_text(encoding="utf-8") for name in PARTS)
    for word in ("fetch(", "XMLHttpRequest", "sendBeacon", "localStorage", "innerHTML", "eval(", "import("):
        assert word not in source, word
