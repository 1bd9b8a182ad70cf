"""STR: the sections that a reader looks for are seen in three languages; none is required by a rule."""

from __future__ import annotations

import pytest

from course.report.checks import structure
from tests.report.drafts import LONG, block, draft, found

SUMMARIES = {"en": "Executive summary", "fr": "Résumé", "ar": "ملخص تنفيذي"}
METHODS = {"en": "Methodology", "fr": "Méthodologie", "ar": "المنهجية"}
DEMANDS = {
    "en": "The State party should adopt a law on school transport by December 2028.",
    "fr": "L'État partie devrait adopter une loi sur le transport scolaire avant décembre 2028.",
    "ar": "ينبغي للدولة الطرف أن تعتمد قانونا للنقل المدرسي قبل دجنبر 2028.",
}
QUESTIONS = {
    "en": "How many classes were opened?",
    "fr": "Combien de classes ont été ouvertes ?",
    "ar": "كم قسما فتح؟",
}
ARTICLES = {"en": "Education (article 28)", "fr": "Éducation (article 28)", "ar": "التعليم (المادة 28)"}
INDEPENDENCE = {
    "en": "The work was funded by the members alone.",
    "fr": "Le travail a été financé par les membres seuls.",
    "ar": "تم تمويل العمل من الأعضاء وحدهم.",
}
ANNEXES = {
    "en": ("Annex 1: tables", "Recommendations"),
    "fr": ("Annexe 1 : tableaux", "Recommandations"),
    "ar": ("المرفق 1: جداول", "التوصيات"),
}


def title(text, level=1):
    """A heading."""
    return block(text, "heading", level=level)


@pytest.mark.parametrize("language", SUMMARIES)
def test_a_summary_of_a_page_is_silent_and_a_missing_one_is_not(language):
    """From 1,500 words on; a shorter text is its own summary."""
    page, rest = "word " * 300, [LONG] * 80
    assert found(draft(title(SUMMARIES[language]), page, title("Part"), *rest), "STR001") == []
    assert found(draft(title("Beginning"), page, title("Part"), *rest), "STR001") == [("warning", "none")]
    assert found(draft(title("Beginning"), page), "STR001") == []


@pytest.mark.parametrize("words", [40, 900])
def test_a_summary_of_three_lines_or_of_three_pages_is_worth_a_look(words):
    """One page has about 200 to 600 words."""
    given = draft(title("Summary"), "word " * words, title("Part"), *[LONG] * 90)
    assert found(given, "STR001") == [("info", "size")]


@pytest.mark.parametrize("language", METHODS)
def test_a_section_on_method_is_seen_by_its_title(language):
    """The word in running text is no section."""
    assert found(draft(title(METHODS[language]), LONG), "STR002") == []
    assert found(draft(title("Part"), f"{METHODS[language]}."), "STR002") == [("warning", "none")]


@pytest.mark.parametrize("language", DEMANDS)
def test_a_recommendation_is_seen_without_a_heading(language):
    """By how it begins."""
    assert found(draft(LONG, DEMANDS[language]), "STR003") == []
    assert found(draft(LONG), "STR003") == [("warning", "none")]


def test_before_a_list_of_issues_no_recommendation_is_missed():
    """There questions are wanted."""
    assert found(draft(LONG), "STR003", "CRC", "loi") == []


@pytest.mark.parametrize("language", QUESTIONS)
@pytest.mark.parametrize("stage", ["loi", "loipr"])
def test_before_a_list_of_issues_a_question_is_missed(language, stage):
    """One is enough, in quotation marks too; at the session none is needed."""
    assert found(draft(LONG, f"« {QUESTIONS[language]} »"), "STR004", "CRC", stage) == []
    assert found(draft(LONG, DEMANDS[language]), "STR004", "CRC", stage) == [("warning", "none")]
    assert found(draft(LONG), "STR004", "CRC", "session") == []


@pytest.mark.parametrize("language", ARTICLES)
def test_headings_name_articles(language):
    """A word that only begins like one does not count, and the review knows no articles."""
    assert found(draft(title(ARTICLES[language]), LONG), "STR005") == []
    assert found(draft(title("Articulation of policies"), LONG), "STR005") == [("info", "none")]
    assert found(draft(title("Education"), LONG), "STR005", "UPR", "upr-joint") == []


@pytest.mark.parametrize("language", INDEPENDENCE)
def test_one_sentence_on_money_or_independence_is_enough(language):
    """And without any, members will ask."""
    assert found(draft(INDEPENDENCE[language], LONG), "STR006") == []
    assert found(draft(LONG), "STR006") == [("warning", "none")]


@pytest.mark.parametrize("language", ANNEXES)
def test_an_annex_stands_after_the_recommendations(language):
    """Recommendations behind it are not found; recommendations within it are its own."""
    annex, demands = ANNEXES[language]
    assert found(draft(title(annex), LONG, title(demands), LONG), "STR007") == [("info", "early")]
    assert found(draft(title(demands), LONG, title(annex), LONG), "STR007") == []
    assert found(draft(title(annex), LONG, title(demands, level=2), LONG), "STR007") == []


def test_no_section_is_an_error_since_no_rule_of_the_packs_requires_one():
    """The day a pack holds such a row, this says that the check must read it."""
    from course.facts import all_rules

    reporting = [row for row in all_rules() if row.pack in ("treaty-bodies", "upr")]
    assert not [row.id for row in reporting if "section" in row.rule or "structure" in row.rule]
    assert {check.severity for check in structure.CHECKS} <= {"warning", "info"}
