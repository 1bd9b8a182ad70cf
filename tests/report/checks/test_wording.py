"""TON and ACR: insults, words without exception, endless sentences, bare letters, and innocent twins."""

from __future__ import annotations

import pytest

from tests.report.drafts import LONG, block, draft, found

LOADED = {
    "en": ("The traitors in the ministry refused.", "The officials of the ministry refused."),
    "fr": ("Les traîtres du ministère ont refusé.", "Les agents du ministère ont refusé."),
    "ar": ("رفض الخونة في الوزارة.", "رفض الموظفون في الوزارة."),
}
# Words of reports on grave matters: strong, and no insults.
GRAVE = {
    "en": "Torture, genocide, corruption and killings are crimes; the so-called 'protection' order ended.",
    "fr": "La torture, le génocide, la corruption et les homicides sont des crimes ; le régime change.",
    "ar": "التعذيب والإبادة الجماعية والفساد والقتل جرائم، ونظام العقوبات يتغير.",
}
ABSOLUTE = {
    "en": ("Judges never listen to women.", "In 31 of 40 hearings no woman was heard."),
    "fr": ("Les juges n'écoutent jamais les femmes.", "Dans 31 audiences sur 40, aucune femme n'a parlé."),
    "ar": ("لا يستمع القضاة أبدا إلى النساء.", "لم تسمع امرأة في 31 جلسة من 40."),
}
WORDS = {"en": "word", "fr": "mot", "ar": "كلمة"}


@pytest.mark.parametrize("language", LOADED)
def test_an_insult_is_a_warning_and_a_grave_word_is_none(language):
    """The list is short on purpose."""
    insult, plain = LOADED[language]
    assert found(draft(insult), "TON001") == [("warning", "loaded")]
    assert found(draft(plain, GRAVE[language]), "TON001") == []


@pytest.mark.parametrize("language", ABSOLUTE)
def test_a_word_without_exception_is_worth_a_look(language):
    """A figure in its place is not."""
    absolute, counted = ABSOLUTE[language]
    assert found(draft(absolute), "TON002") == [("info", "absolute")]
    assert found(draft(counted), "TON002") == []


@pytest.mark.parametrize("language", WORDS)
def test_a_sentence_of_more_than_fifty_words_is_worth_a_look(language):
    """Fifty are not, nor two sentences of thirty."""
    word = WORDS[language]
    assert found(draft(f"{word} " * 50 + f"{word}."), "TON003") == [("info", "long")]
    assert found(draft(f"{word} " * 49 + f"{word}."), "TON003") == []
    assert found(draft(f"{word.title()} " + f"{word} " * 29 + ". " + f"{word.title()} " * 30), "TON003") == []


def test_only_the_five_longest_sentences_are_shown():
    """In the order of the text; a draft of long sentences needs one piece of advice, not fifty."""
    given = draft(*("word " * (51 + length) for length in (0, 9, 8, 7, 6, 5, 1)))
    assert found(given, "TON003") == [("info", "long")] * 5


@pytest.mark.parametrize(
    "text",
    [
        "The regional education academy (AREF) refused. AREF is silent.",
        "AREF (the regional education academy) refused.",
        "L'académie régionale (AREF) a refusé.",
        "رفضت الأكاديمية الجهوية (AREF) الطلب.",
        "CEDAW, CRC, ICCPR, UPR and OHCHR are known; so are articles IV and XIX and CRC/C/MAR/CO/3-4.",
    ],
)
def test_letters_that_are_explained_or_known_are_silent(text):
    """Before or after the words, in any script; numbers of Rome are no letters."""
    assert found(draft(text), "ACR001") == []


@pytest.mark.parametrize(
    "text", ["The AREF refused, and the AREF is silent.", "L'AREF a refusé.", "رفضت AREF الطلب."]
)
def test_bare_letters_are_asked_about_once(text):
    """However often they come."""
    assert found(draft(text, text), "ACR001") == [("info", "bare")]


def test_a_title_in_capitals_is_no_row_of_acronyms():
    """Many cover pages are written so."""
    assert found(draft(block("REPORT ON SCHOOLS", "title"), LONG), "ACR001") == []
