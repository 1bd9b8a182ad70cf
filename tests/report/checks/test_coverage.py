"""CVG: what the body said before is cited, or asked about."""

from __future__ import annotations

import pytest

from course.errors import CourseError
from tests.report.drafts import LONG, draft, found

CITED = {
    "en": "The Committee asked for it in CRC/C/MAR/CO/3-4, para. {}.",
    "fr": "Le Comité l'a demandé (CRC/C/MAR/CO/3-4, par. {}).",
    "ar": "طلبت اللجنة ذلك (CRC/C/MAR/CO/3-4، الفقرة {}).",
}
COMMENTS = {
    "en": ("See general comment No. 13.", "In general, comments were few."),
    "fr": ("Voir l'observation générale n° 13.", "L'observation des classes a été faite en général."),
    "ar": ("انظر التعليق العام رقم 13.", "كان التعليق على القانون قصيرا."),
}
RESERVATIONS = {
    "en": "The interpretative declaration should be withdrawn.",
    "fr": "La déclaration interprétative devrait être retirée.",
    "ar": "ينبغي سحب الإعلان التفسيري.",
}
TASK = "CRC/C/MAR/CO/3-4:31"


def test_the_last_concluding_observations_are_cited_somewhere():
    """In the text or in a note; those before the last do not count."""
    assert found(draft(LONG), "CVG001", "CRC") == [("warning", "silent")]
    assert found(draft(LONG, "See CRC/C/MAR/CO/3-4."), "CVG001", "CRC") == []
    assert found(draft(LONG, notes=["CRC/C/MAR/CO/3-4, para. 31."]), "CVG001", "CRC") == []
    assert found(draft(LONG, "See CRC/C/15/Add.211."), "CVG001", "CRC") == [("warning", "silent")]


def test_a_protocol_has_its_own_observations_and_the_review_none():
    """Those on the protocol came a day later and are not the last on the Convention."""
    assert found(draft(LONG, "See CRC/C/OPAC/MAR/CO/1."), "CVG001", "CRC") == [("warning", "silent")]
    assert found(draft(LONG), "CVG001", "UPR", "upr-joint") == []


@pytest.mark.parametrize("language", CITED)
def test_a_paragraph_that_was_to_be_answered_is_open_until_it_is_cited(language):
    """By its number beside the symbol, also within a range; the number alone is none."""
    text = CITED[language]
    assert found(draft(LONG, text.format(31)), "CVG002", "CRC", tasks=(TASK,)) == []
    assert found(draft(LONG, text.format("30-32")), "CVG002", "CRC", tasks=(TASK,)) == []
    assert found(draft(LONG, text.format(30)), "CVG002", "CRC", tasks=(TASK,)) == [("info", "open")]
    assert found(draft(LONG, "31 girls left."), "CVG002", "CRC", tasks=(TASK,)) == [("info", "open")]


@pytest.mark.parametrize("written", ["CRC/C/MAR/CO/3-4, para. 31", "CRC/C/MAR/CO/3-4 31", TASK])
def test_a_task_may_be_written_as_it_is_cited(written):
    """And one that is no paragraph of a document is refused in words."""
    assert found(draft(LONG, CITED["en"].format(31)), "CVG002", "CRC", tasks=(written,)) == []
    with pytest.raises(CourseError, match="write it like CRC/C/MAR/Q/5:12"):
        found(draft(LONG), "CVG002", "CRC", tasks=("paragraph thirty",))


def test_earlier_recommendations_of_our_list_are_asked_about_once():
    """The list holds paragraph 31 of the last observations; another body's are not asked for."""
    assert found(draft(LONG), "CVG003", "CRC") == [("info", "open")]
    assert found(draft(LONG, CITED["ar"].format(31)), "CVG003", "CRC") == []
    assert found(draft(LONG), "CVG003", "CMW") == []


@pytest.mark.parametrize("language", COMMENTS)
def test_the_committees_own_reading_is_missed(language):
    """The words apart are not the phrase; the review and the subcommittee have no general comments."""
    cited, apart = COMMENTS[language]
    assert found(draft(LONG, cited), "CVG004", "CRC") == []
    assert found(draft(LONG, notes=[cited]), "CVG004", "CRC") == []
    assert found(draft(LONG, apart), "CVG004", "CRC") == [("info", "silent")]
    assert found(draft(LONG), "CVG004", "UPR", "upr-joint") == []


@pytest.mark.parametrize("language", RESERVATIONS)
def test_reservations_are_asked_about_where_the_state_has_one(language):
    """Of its declaration on the Convention on the Rights of the Child we know by hearsay, and say so."""
    assert ("info", "recalled") in found(draft(LONG), "CVG005", "CRC")
    assert found(draft(LONG, RESERVATIONS[language]), "CVG005", "CRC") == []
    assert found(draft(LONG), "CVG005", "CRPD") == []
