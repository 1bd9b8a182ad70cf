"""Short texts: what a keyboard does by itself makes no difference, what the learner knows does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.content.models.kinds import WrittenChoice
from course.content.written import normalise
from course.quizzes.score import credit_text, find_text

SYMBOLS = {
    "right": WrittenChoice(values=("CERD/C/MAR/CO/19-21", "الملاحظة ١٩"), feedback="Yes.", credit=0.2),
    "list": WrittenChoice(values=("CERD/C/MAR/Q/19-21", "une liste d'été"), feedback="No.", credit=0.25),
}


@pytest.mark.parametrize(
    "written",
    [
        "CERD/C/MAR/CO/19-21",
        " cerd / c / mar / co / 19-21. ",
        "«CERD/C/MAR/CO/19–21»",
        "\u2066CERD/C/MAR/CO/19-21\u2069",
        "CERD/C/MAR/CO/١٩-٢١",
        "الملاحظةُ ۱۹",
        "الملاحـظة 19",
        "(الملاحظة 19)؟",
    ],
)
def test_what_a_keyboard_does_by_itself_makes_no_difference(written):
    """Case, spaces, quotes, dashes, marks of direction, tashkeel, tatweel and figures are all the same."""
    assert credit_text(written, SYMBOLS, "right") == 1.0


@pytest.mark.parametrize(
    ("written", "credit"),
    [
        ("CERD/C/MAR/Q/19-21", 0.25),
        ("Une liste d’ete", 0.25),
        ("CERD/C/MAR/CO/19", 0.0),
        ("CERDCMARCO1921", 0.0),
        ("...", 0.0),
        ("", 0.0),
        (1921, 0.0),
        (["CERD/C/MAR/CO/19-21"], 0.0),
        (None, 0.0),
    ],
)
def test_a_written_text_earns_the_key_or_a_known_near_miss(written, credit):
    """Strokes inside a symbol count, and what is no text is no answer."""
    assert credit_text(written, SYMBOLS, "right") == credit


@pytest.mark.parametrize(
    ("one", "other"),
    [("أسرة", "اسره"), ("إلى", "الي"), ("آثار", "اثار"), ("هدى", "هدي"), ("مسؤول", "مسوول"), ("ماء", "ما")],
)
def test_forms_of_alef_and_ya_are_one_and_other_letters_are_not(one, other):
    """Hamza and madda fall from alef, waw and ya; a final ta and a hamza of its own are letters."""
    same = {("إلى", "الي"), ("آثار", "اثار"), ("هدى", "هدي"), ("مسؤول", "مسوول")}

    assert (normalise(one) == normalise(other)) == ((one, other) in same)


@given(text=st.text(max_size=20))
def test_normalising_twice_changes_nothing(text):
    """What was made plain is plain."""
    assert normalise(normalise(text)) == normalise(text)


def test_the_key_is_looked_up_before_other_answers():
    """As with numbers: whatever else an author wrote, the key is what is meant."""
    twice = {"near": SYMBOLS["right"], "right": SYMBOLS["right"]}

    assert find_text("cerd/c/mar/co/19-21", twice, "right") == "right"
