"""REC: each criterion is asked of what recommends, in three languages, and of nothing else."""

from __future__ import annotations

import pytest

from course.recommendations import examine
from course.report.checks.recommendations import CODES
from tests.report.drafts import LONG, block, draft, found

GOOD = {
    "en": (
        "The State party should adopt by December 2028 a decree that pays school transport in five provinces "
        "(CRC, art. 28 (1) (b))."
    ),
    "fr": (
        "L'État partie devrait adopter avant décembre 2028 un décret qui paie le transport scolaire dans "
        "cinq provinces (Convention relative aux droits de l'enfant, art. 28)."
    ),
    "ar": (
        "ينبغي للدولة الطرف أن تعتمد قبل دجنبر 2028 مرسوما يؤدي ثمن النقل المدرسي في خمسة أقاليم "
        "(اتفاقية حقوق الطفل، المادة 28)."
    ),
}
TITLES = {"en": "Recommendations", "fr": "Recommandations", "ar": "التوصيات"}
# What breaks each criterion, and nothing that the reader of it could doubt.
BROKEN = {
    "REC001": {
        "en": "Measures should be taken so that a decree on school transport is adopted by December 2028.",
        "fr": "Des mesures devraient être prises pour qu'un décret soit adopté avant décembre 2028.",
        "ar": "يجب أن تتخذ تدابير لاعتماد مرسوم للنقل المدرسي قبل دجنبر 2028.",
    },
    "REC002": {
        "en": "The State party should consider improving school transport by December 2028 (CRC, art. 28).",
        "fr": "L'État partie devrait envisager d'améliorer le transport scolaire avant décembre 2028.",
        "ar": "ينبغي للدولة الطرف أن تنظر في تحسين النقل المدرسي قبل دجنبر 2028.",
    },
    "REC003": {
        "en": "The State party should adopt the necessary measures by December 2028 (CRC, art. 28).",
        "fr": "L'État partie devrait adopter les mesures nécessaires avant décembre 2028.",
        "ar": "ينبغي للدولة الطرف أن تعتمد التدابير اللازمة قبل دجنبر 2028.",
    },
    "REC004": {
        "en": "The State party should adopt a decree on school transport as soon as possible (CRC, art. 28).",
        "fr": "L'État partie devrait adopter un décret sur le transport scolaire dès que possible.",
        "ar": "ينبغي للدولة الطرف أن تعتمد مرسوما للنقل المدرسي في أقرب وقت ممكن.",
    },
    "REC005": {
        "en": "The State party should adopt a decree on school transport by December 2028.",
        "fr": "L'État partie devrait adopter un décret sur le transport scolaire avant décembre 2028.",
        "ar": "ينبغي للدولة الطرف أن تعتمد مرسوما للنقل المدرسي قبل دجنبر 2028.",
    },
    "REC006": {
        "en": "The State party should amend the decree, train the judges and publish yearly figures by 2028.",
        "fr": "L'État partie devrait modifier le décret, former les juges et publier des données avant 2028.",
        "ar": "ينبغي للدولة الطرف أن تعدل المرسوم وأن تدرب القضاة وأن تنشر الأرقام قبل دجنبر 2028.",
    },
}
QUESTIONS = {
    "en": "How many decrees on school transport were adopted since 2022 (CRC, art. 28)?",
    "fr": "Combien de décrets sur le transport scolaire ont été adoptés depuis 2022 ?",
    "ar": "كم مرسوما للنقل المدرسي اعتمد منذ سنة 2022؟",
}
FRENCH = "Les filles des villages que nous avons visités doivent marcher deux heures pour aller à l'école."
ARABIC = "تمشي الفتيات في القرى التي زرناها ساعتين للوصول إلى أقرب مدرسة في الإقليم."
TALK = "The ministry considered many improvements as soon as possible, and nobody was asked about them."


def under(title, *texts):
    """Texts under a heading, after a paragraph in the language of the heading."""
    prose = {"Recommandations": FRENCH, "التوصيات": ARABIC}.get(title, LONG)
    return draft(prose, block(title, "heading", level=1), *texts)


@pytest.mark.parametrize("language", GOOD)
@pytest.mark.parametrize("code", sorted(CODES.values()))
def test_a_whole_recommendation_is_silent(language, code):
    """Addressee, act, measure, time, basis, one act, and no question."""
    assert found(under(TITLES[language], GOOD[language]), code, "CRC") == []


@pytest.mark.parametrize("language", GOOD)
@pytest.mark.parametrize("code", BROKEN)
def test_what_lacks_one_thing_is_told_which(language, code):
    """A warning where the examiner is sure."""
    assert found(under(TITLES[language], BROKEN[code][language]), code, "CRC") == [("warning", "found")]


def test_the_state_party_is_addressee_enough():
    """The committee writes so itself; an office is better and not asked for."""
    assert found(under("Recommendations", GOOD["en"]), "REC001", "CRC") == []


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_question_belongs_before_the_list_and_a_recommendation_after(language):
    """Each is wrong at the other's stage."""
    asked, demanded = (
        under(TITLES[language], QUESTIONS[language]),
        under(TITLES[language], GOOD[language]),
    )
    for stage in ("loi", "loipr"):
        assert found(asked, "REC007", "CRC", stage) == []
        assert found(demanded, "REC007", "CRC", stage) == [("warning", "found")]
    assert found(demanded, "REC007", "CRC", "session") == []


@pytest.mark.parametrize("code", sorted(CODES.values()))
def test_what_is_said_elsewhere_is_no_recommendation(code):
    """The same soft words in a description, a label and a line that leads to a list."""
    label = block("On education:")
    assert found(draft(block("Education", "heading", level=1), TALK), code, "CRC") == []
    assert found(under("Recommendations", label, "The State party should do the following:"), code) == []


def test_a_recommendation_of_a_hundred_words_is_worth_a_look():
    """Ninety are not."""
    long = "The State party should adopt " + "good " * 86
    assert found(under("Recommendations", long), "REC008") == [("info", "long")]
    assert found(under("Recommendations", long[:-10]), "REC008") == []


def test_the_examiner_is_the_one_of_the_practice_pages():
    """The report says of a recommendation what the page said when it was practised."""
    text = BROKEN["REC002"]["en"]
    states = {one.id: one.state for one in examine(text, "en", "CRC", "session").findings}
    given = under("Recommendations", text)
    for criterion, code in CODES.items():
        severity = {"passed": [], "failed": ["warning"], "look": ["info"]}[states[criterion]]
        assert [one for one, _ in found(given, code, "CRC")] == severity, code
