"""The engine of the checks: what is chosen, what is left out, in which order, with which texts."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from course.errors import CourseError
from course.report.checking import STAGES, check_draft, exit_status
from course.report.checks import CHECKS
from course.report.codes import codes
from course.report.findings import SEVERITIES, Finding
from course.report.words import word_lists
from course.texts import LANGUAGES
from tests.report.drafts import LONG, block, draft, found, setting

GAP = "In 2026, ____ girls left school."


def test_codes_are_stable_and_used_once():
    """Three letters and three figures; two checks never share a code."""
    names = [check.code for check in CHECKS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[A-Z]{3}[0-9]{3}", name) for name in names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_texts_in_every_language(language):
    """The same codes, the same messages, and the same places to fill in them."""

    def places(text):
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    english, own = codes("en"), codes(language)
    assert set(own) == {check.code for check in CHECKS}
    for code, texts in own.items():
        assert set(texts.messages) == set(english[code].messages), code
        for name, text in texts.messages.items():
            assert places(text) == places(english[code].messages[name]), (code, name)


def test_word_lists_are_the_same_in_every_language():
    """A translator who leaves a list out is told by this test, not by a learner."""
    names = {language: set(word_lists(language)) for language in LANGUAGES}
    assert names["fr"] == names["en"] == names["ar"]


def test_the_gravest_findings_come_first():
    """And those of one weight in the order of the text."""
    findings = check_draft(draft(GAP, LONG, GAP, comments=[(1, "ask again")]), setting(final=True))
    weights = [SEVERITIES.index(finding.severity) for finding in findings]
    assert weights == sorted(weights)
    gaps = [finding.place.paragraph for finding in findings if finding.code == "FMT007"]
    assert gaps == [1, 3]


@pytest.mark.parametrize(
    ("select", "ignore", "seen"),
    [
        (["FMT007"], [], {"FMT007"}),
        (["FMT"], ["FMT00"], set()),
        ([], ["FMT", "LEN", "LNG"], set()),
    ],
)
def test_codes_are_chosen_by_their_beginning(select, ignore, seen):
    """As linters do it; what is ignored wins."""
    every = {finding.code for finding in check_draft(draft(GAP), setting(), select, ignore)}
    families = {code for code in every if code[:3] in ("FMT", "LEN", "LNG")}
    assert families == seen


def test_a_beginning_that_fits_no_code_is_refused():
    """A slip of the pen must not pass as: nothing found."""
    with pytest.raises(CourseError, match="no code begins with 'FMX'"):
        check_draft(draft(LONG), setting(), ignore=["FMX"])


def test_a_comment_with_a_reason_takes_one_place_out():
    """This place and this code, and no other."""
    asked = draft(GAP, GAP, comments=[(1, "ignore FMT007: it is a quotation")])
    findings = check_draft(asked, setting(), select=["FMT007"])
    assert [finding.place.paragraph for finding in findings] == [2]


def test_a_comment_anywhere_takes_out_what_is_said_of_the_whole_text():
    """A missing section has no place; a limit that nobody knows stays open all the same."""
    asked = draft(LONG, GAP, comments=[(2, "ignore STR002: the method is in annex 1")])
    assert found(asked, "STR002") == []
    assert found(draft(LONG, GAP), "STR002") == [("warning", "none")]
    waved = draft(LONG, comments=[(1, "ignore LEN001: we were told that it is fine")])
    assert found(waved, "LEN001", "CERD") == [("not-checked", "unknown")]


@pytest.mark.parametrize("comment", ["ignore FMT007", "ignore FMT007: no", "ignore FMT007 -"])
def test_a_comment_without_a_reason_takes_nothing_out(comment):
    """The check is made, and the missing reason is a finding of its own."""
    asked = draft(GAP, comments=[(1, comment)])
    assert found(asked, "FMT007") == [("warning", "gap")]
    assert found(asked, "IGN001") == [("warning", "missing")]


@pytest.mark.parametrize(
    ("body", "stage", "country", "said"),
    [
        ("CEDEF", "session", "MAR", "is no body that reads reports"),
        ("CRC", "upr-joint", "MAR", "has no stage 'upr-joint'"),
        ("UPR", "session", "MAR", "its stages are upr-individual, upr-joint"),
        ("CRC", "pre-session", "MAR", "is no stage"),
        ("CRC", "loi", "XYZ", "is no country with a file"),
    ],
)
def test_a_wrong_setting_is_refused_in_a_sentence(body, stage, country, said):
    """With the words that would have been right."""
    with pytest.raises(CourseError, match=said):
        check_draft(draft(LONG), setting(body, stage, country=country))


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_can_be_checked(stage):
    """An empty-handed draft gets findings, never an exception."""
    assert check_draft(
        draft(block("Title", "title"), LONG), setting("UPR" if "upr" in stage else "CRC", stage)
    )


@pytest.mark.parametrize(
    ("severity", "final", "status"),
    [
        ("error", False, 1),
        ("error", True, 1),
        ("not-checked", False, 0),
        ("not-checked", True, 1),
        ("warning", True, 0),
        ("info", True, 0),
    ],
)
def test_the_exit_status_is_one_for_errors_and_for_open_rules_of_the_final_text(severity, final, status):
    """A rule that nobody knows stops no draft, and stops every sending."""
    assert exit_status([Finding("LEN001", severity, "over")], final=final) == status
