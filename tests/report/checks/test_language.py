"""LNG: the languages of the body, and those that our checks read."""

from __future__ import annotations

import pytest

from course.report.languages import language_of
from tests.report.drafts import draft, found

TEXTS = {
    "en": "The State party has not adopted the law that was promised to the children of this region.",
    "fr": "L'État partie n'a pas adopté la loi qui est promise aux enfants de cette région pour 2027.",
    "ar": "لم تعتمد الدولة الطرف القانون الذي وعدت به أطفال هذه الجهة وفق المادة 28 من الاتفاقية.",
    "es": "El Estado no ha adoptado la ley que se prometió a los niños de esta región para el futuro.",
    "pt": "O Estado não adotou a lei que foi prometida às crianças da região, mas não é tarde para uma.",
    "de": "Der Staat hat das Gesetz nicht angenommen, das den Kindern mit dem Plan versprochen wurde.",
    "it": "Lo Stato non ha adottato la legge che è stata promessa ai bambini della regione per il 2027.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_of_a_sentence_is_known(language):
    """Seven languages, by letters and common words."""
    assert language_of(TEXTS[language]) == language


def test_too_short_a_text_has_no_language():
    """Three words say nothing, and nothing is claimed."""
    assert language_of("CRC, art. 28") is None


def test_a_language_that_a_verified_rule_does_not_name_is_an_error():
    """The CRC takes English, French and Spanish: that row is verified."""
    assert found(draft(TEXTS["ar"]), "LNG001", "CRC") == [("error", "refused")]
    assert found(draft(TEXTS["fr"]), "LNG001", "CRC") == []


def test_languages_that_are_only_remembered_decide_nothing():
    """CEDAW's are general knowledge."""
    assert found(draft(TEXTS["ar"]), "LNG001") == [("not-checked", "recalled")]


def test_a_text_without_a_language_is_not_checked():
    """Figures and names alone."""
    assert found(draft("CRC, art. 28"), "LNG001", "CRC") == [("not-checked", "unclear")]


@pytest.mark.parametrize("body", ["CRC", "UPR"])
def test_arabic_alone_always_gets_the_question(body):
    """Even where Arabic is a language of the United Nations."""
    stage = "upr-joint" if body == "UPR" else "session"
    assert found(draft(TEXTS["ar"]), "LNG002", body, stage) == [("warning", "alone")]
    assert found(draft(TEXTS["ar"], TEXTS["en"]), "LNG002", body, stage) == []


def test_spanish_is_said_to_be_unread():
    """The committee reads it, our lists do not: that is never passed in silence."""
    assert found(draft(TEXTS["es"]), "LNG003", "CRC") == [("not-checked", "unread")]


def test_a_quotation_in_another_language_is_no_finding():
    """One sentence in twelve."""
    assert found(draft(*[TEXTS["en"]] * 12, TEXTS["es"]), "LNG003", "CRC") == []
