"""REF: articles, symbols and paragraphs that do not exist, in three languages; what exists is silent."""

from __future__ import annotations

import pytest

from tests.report.drafts import LONG, block, draft, found

FRENCH = "Les filles des villages que nous avons visités doivent marcher deux heures pour aller à l'école."
ARABIC = "تمشي الفتيات في القرى التي زرناها ساعتين للوصول إلى أقرب مدرسة في الإقليم."
BEYOND = {
    "en": f"{LONG} This is against article 99 of the Convention on the Rights of the Child.",
    "fr": f"{FRENCH} C'est contraire à l'article 99 de la Convention relative aux droits de l'enfant.",
    "ar": f"{ARABIC} وهذا مخالف للمادة ٩٩ من اتفاقية حقوق الطفل.",
}
RIGHT = {
    "en": f"{LONG} This is against article 28 (1) (a) of the Convention on the Rights of the Child.",
    "fr": f"{FRENCH} C'est contraire à l'article 28 de la Convention relative aux droits de l'enfant.",
    "ar": f"{ARABIC} وهذا مخالف للمادة 28 من اتفاقية حقوق الطفل.",
}
NATIONAL = {
    "en": f"{LONG} This is against article 431 of the Penal Code.",
    "fr": f"{FRENCH} C'est contraire à l'article 431 du Code pénal.",
    "ar": f"{ARABIC} وهذا مخالف للفصل 431 من القانون الجنائي.",
}
PARAGRAPHS = {
    "en": "{} The Council heard it (A/HRC/21/3, para. {}).",
    "fr": "{} Le Conseil l'a entendu (A/HRC/21/3, par. {}).",
    "ar": "{} سمع المجلس ذلك (A/HRC/21/3، الفقرة {}).",
}
PROSE = {"en": LONG, "fr": FRENCH, "ar": ARABIC}


@pytest.mark.parametrize("language", BEYOND)
def test_an_article_after_the_last_one_is_an_error(language):
    """The Convention on the Rights of the Child ends with article 54."""
    assert found(draft(BEYOND[language]), "REF001", "CRC") == [("error", "beyond")]


@pytest.mark.parametrize("text", [*RIGHT.values(), *NATIONAL.values()])
def test_an_article_that_exists_and_one_of_a_national_law_are_silent(text):
    """A penal code may well have 431 articles."""
    assert found(draft(text), "REF001", "CRC") == []


def test_the_last_article_itself_is_silent_and_the_next_is_not():
    """At the edge."""
    said = f"{LONG} See article {{}} of the Convention on the Rights of the Child."
    assert found(draft(said.format(54)), "REF001", "CRC") == []
    assert found(draft(said.format(55)), "REF001", "CRC") == [("error", "beyond")]


@pytest.mark.parametrize("language", PROSE)
def test_a_symbol_of_no_family_is_a_warning(language):
    """One sign too much; the right one, a date, a fraction and a link are no fault."""
    prose = PROSE[language]
    assert found(draft(f"{prose} CRC/CC/MAR/3"), "REF002", "CRC") == [("warning", "unread")]
    innocent = f"{prose} CRC/C/MAR/CO/3-4, 03/05/2026, 3/4, https://example.org/CRC/CC/MAR/3x and/or"
    assert found(draft(innocent), "REF002", "CRC") == []


def test_a_document_on_the_state_that_we_do_not_list_is_worth_a_look():
    """One of another State is not in our list either, and is not asked for."""
    assert found(draft(f"{LONG} See CRC/C/MAR/CO/3-4."), "REF003", "CRC") == []
    assert found(draft(f"{LONG} See CRC/C/MAR/CO/9."), "REF003", "CRC") == [("warning", "unlisted")]
    assert found(draft(f"{LONG} See CRC/C/TUN/CO/9."), "REF003", "CRC") == []


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_a_paragraph_after_the_last_one_is_an_error(language):
    """A/HRC/21/3 ends with paragraph 134, by our verified row."""
    said, prose = PARAGRAPHS[language], PROSE[language]
    assert found(draft(said.format(prose, 135)), "REF004", "UPR", "upr-joint") == [("error", "beyond")]
    assert found(draft(said.format(prose, 134)), "REF004", "UPR", "upr-joint") == []


def test_the_end_of_a_range_counts_and_the_paragraph_of_another_document_does_not():
    """Paragraphs 129 to 140 end beyond; "para. 240" of a document without a known end is left."""
    ranged = f"{LONG} The Council heard it (A/HRC/21/3, paras. 129-140)."
    other = f"{LONG} See A/HRC/21/3 and, elsewhere, CRC/C/MAR/CO/3-4, para. 240."
    assert found(draft(ranged), "REF004", "UPR", "upr-joint") == [("error", "beyond")]
    assert found(draft(other), "REF004", "UPR", "upr-joint") == []


def test_what_is_in_a_language_that_we_do_not_read_is_not_judged():
    """Its words for article and treaty are not ours."""
    spanish = "Las niñas de los pueblos que visitamos tienen que caminar dos horas para llegar a la escuela."
    given = draft(block(f"{spanish} El article 99 of the Convention on the Rights of the Child"))
    assert found(given, "REF001", "CRC") == []
