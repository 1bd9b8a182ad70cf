"""SRC and EVD: a figure, a source, a note, a method, a share, a story: each needs what makes it evidence."""

from __future__ import annotations

import pytest

from course.report.draft import NoteCall
from tests.report.drafts import LONG, block, draft, found

BARE = {
    "en": "Last winter 412 girls left school.",
    "fr": "L'hiver dernier, 412 filles ont quitté l'école.",
    "ar": "في الشتاء الماضي غادرت 412 فتاة المدرسة.",
}
SOURCED = {
    "en": "According to the census, 412 girls left school.",
    "fr": "Selon le recensement, 412 filles ont quitté l'école.",
    "ar": "حسب الإحصاء غادرت 412 فتاة المدرسة.",
}
NO_COUNT = {
    "en": "Article 28 was adopted on 20 November 1989, in 54 articles.",
    "fr": "L'article 28 a été adopté le 20 novembre 1989, en 54 articles.",
    "ar": "اعتمدت المادة 28 يوم 20 نونبر 1989.",
}
VAGUE = {
    "en": ("Reliable sources say that it is so.", "The sources of the river were sold."),
    "fr": ("Des sources fiables le disent.", "Les sources de la rivière ont été vendues."),
    "ar": ("تقول مصادر موثوقة ذلك.", "بيعت مصادر المياه في القرية."),
}
METHODS = {"en": "Methodology", "fr": "Méthodologie", "ar": "المنهجية"}
HEARD = {
    "en": ("We held interviews with women of the valley.", "All of them gave their consent."),
    "fr": ("Nous avons recueilli le témoignage de femmes.", "Toutes ont donné leur consentement."),
    "ar": ("جمعنا شهادات من نساء الوادي.", "وكان ذلك بموافقة الجميع."),
}


@pytest.mark.parametrize("language", BARE)
def test_a_count_without_a_source_is_worth_a_look(language):
    """One that names its source is not, nor a number that counts nobody."""
    assert found(draft(BARE[language]), "SRC001") == [("info", "bare")]
    assert found(draft(SOURCED[language]), "SRC001") == []
    assert found(draft(NO_COUNT[language]), "SRC001") == []


def test_a_note_a_link_or_a_symbol_is_a_source():
    """Wherever it stands in the sentence; a note of the next sentence is not."""
    text = BARE["en"]
    noted = block(text, notes=(NoteCall("footnote-1", len(text)),))
    later = block(f"{text} The road was closed for long.", notes=(NoteCall("footnote-1", len(text) + 30),))
    assert found(draft(noted), "SRC001") == []
    assert found(draft(later), "SRC001") == [("info", "bare")]
    assert found(draft(f"{text[:-1]} (https://example.org/a)."), "SRC001") == []
    assert found(draft(f"{text[:-1]} (CRC/C/MAR/3-4)."), "SRC001") == []


@pytest.mark.parametrize("language", VAGUE)
def test_a_source_without_a_name_is_a_warning(language):
    """The same word in its plain sense is not."""
    vague, plain = VAGUE[language]
    assert found(draft(vague), "SRC002") == [("warning", "vague")]
    assert found(draft(plain), "SRC002") == []


def test_a_note_needs_a_year():
    """A reference to an earlier note does not, nor two words."""
    notes = ("Ministry of Education, statistics of schools, table 3", "Ministry of Education, yearbook 2024")
    assert found(draft(LONG, notes=notes), "SRC003") == [("info", "undated")]
    assert found(draft(LONG, notes=("Ibid., page 3 and the following", "Own count.")), "SRC003") == []
    assert found(draft(LONG, notes=("وزارة التربية، إحصاءات المدارس، الجدول الثالث",)), "SRC003") == [
        ("info", "undated")
    ]
    assert found(draft(LONG, notes=("وزارة التربية، إحصاءات ٢٠٢٤، الجدول الثالث",)), "SRC003") == []


@pytest.mark.parametrize("language", METHODS)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("61", [("warning", "undated")]),
        ("2026", [("info", "uncounted")]),
        ("2026, 61", []),
        ("٢٠٢٦، ٦١", []),
    ],
)
def test_a_method_needs_a_year_and_a_number(language, text, expected):
    """Under its own heading; a section of another name is not asked."""
    assert found(draft(block(METHODS[language], "heading", level=1), text), "EVD001") == expected
    assert found(draft(block("Education", "heading", level=1), text), "EVD001") == []


@pytest.mark.parametrize(
    "share",
    ["40 % leave school.", "40 per cent leave school.", "40 pour cent partent.", "يغادر 40 في المائة."],
)
def test_a_share_needs_a_year(share):
    """In the same sentence, or a note."""
    assert found(draft(share), "EVD002") == [("info", "undated")]
    assert found(draft(f"2024: {share[0].lower()}{share[1:]}"), "EVD002") == []
    assert found(draft(block(share, notes=(NoteCall("footnote-1", len(share)),))), "EVD002") == []


@pytest.mark.parametrize("language", HEARD)
def test_who_was_heard_must_have_agreed(language):
    """One sentence about consent anywhere is enough; a text that heard nobody needs none."""
    heard, agreed = HEARD[language]
    assert found(draft(heard), "EVD003") == [("warning", "silent")]
    assert found(draft(heard, agreed), "EVD003") == []
    assert found(draft(LONG), "EVD003") == []


def test_notes_from_before_the_last_review_are_worth_a_look():
    """The CRC saw Morocco in 2014; a third of newer notes is enough, and five notes say nothing."""
    old = [f"Yearbook {year}, table 3" for year in range(2004, 2009)]
    new = ["Yearbook 2020, table 3"]
    assert found(draft(LONG, notes=old + new), "EVD004", "CRC") == [("info", "old")]
    assert found(draft(LONG, notes=old + new * 3), "EVD004", "CRC") == []
    assert found(draft(LONG, notes=old), "EVD004", "CRC") == []
    assert found(draft(LONG, notes=["Yearbook ٢٠٠٤"] * 6), "EVD004", "CRC") == [("info", "old")]
