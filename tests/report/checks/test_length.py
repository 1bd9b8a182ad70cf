"""LEN: only a verified limit decides, and it says what it counts."""

from __future__ import annotations

import pytest

from tests.report.drafts import draft, found


def words(count):
    """A text of so many words."""
    return "word " * count


@pytest.mark.parametrize(
    ("count", "joint", "findings"),
    [
        (3_301, False, [("error", "over")]),
        (3_300, False, []),
        (3_301, True, []),
        (6_601, True, [("error", "over")]),
    ],
)
def test_cedaws_limit_is_kept_to_the_word(count, joint, findings):
    """3,300 words for one association and 6,600 for a coalition, by the pack's verified rows."""
    assert found(draft(words(count)), "LEN001", joint=joint) == findings


def test_notes_count_where_the_rule_says_so():
    """CEDAW counts footnotes: 3,290 words and a note of eleven are one too many."""
    assert found(draft(words(3_290), notes=[words(11)]), "LEN001") == [("error", "over")]


def test_notes_are_a_question_where_nobody_knows():
    """The CRC's limit before the list of issues is verified; whether notes count is not."""
    given = draft(words(9_990), notes=[words(11)])
    assert found(given, "LEN001", "CRC", "loipr") == [("warning", "notes")]


@pytest.mark.parametrize(
    ("body", "stage", "message"),
    [("CRC", "session", "recalled"), ("CERD", "session", "unknown"), ("UPR", "upr-joint", "recalled")],
)
def test_a_limit_that_nobody_confirmed_decides_nothing(body, stage, message):
    """Not even for a text of a hundred thousand words."""
    assert found(draft(words(100_000)), "LEN001", body, stage) == [("not-checked", message)]


def test_a_pdf_is_never_counted():
    """Its words are near enough to read, not to judge."""
    given = draft(words(9_000), format="pdf", countable=False)
    assert found(given, "LEN001") == [("not-checked", "pdf")]


def test_the_edge_of_the_limit_is_a_warning():
    """From 97 in a hundred on, and no longer where the limit is passed."""
    assert found(draft(words(3_202)), "LEN002") == [("warning", "near")]
    assert found(draft(words(3_200)), "LEN002") == []
    assert found(draft(words(3_301)), "LEN002") == []
