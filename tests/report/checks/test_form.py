"""FMT: each rule finds its fault, and is silent where the fault is mended."""

from __future__ import annotations

import pytest

from tests.report.drafts import LONG, block, draft, found

COVERS = {
    "en": (
        "Alternative report to the Committee on the Elimination of Discrimination against Women, Morocco, "
        "session of 2027. Submitted by a network (invented), contact@example.org. It may be published."
    ),
    "fr": (
        "Rapport alternatif au Comité pour l'élimination de la discrimination à l'égard des femmes, Maroc, "
        "session de 2027. Soumis par un réseau (inventé), contact : réseau@example.org. Il peut être publié."
    ),
    "ar": (
        "تقرير بديل إلى اللجنة المعنية بالقضاء على التمييز ضد المرأة، المغرب، دورة 2027. "
        "مقدم من شبكة (متخيلة). البريد الإلكتروني: contact@example.org. نوافق على نشر التقرير."
    ),
}


@pytest.mark.parametrize("language", COVERS)
@pytest.mark.parametrize("code", ["FMT003", "FMT004", "FMT006"])
def test_a_complete_cover_is_silent_in_every_language(language, code):
    """State, treaty, stage, author, contact and publication, each in the words of its language."""
    assert found(draft(COVERS[language], LONG), code) == []


def test_an_empty_cover_misses_everything():
    """Each missing part is named apart."""
    given = draft("Our report", LONG)
    assert found(given, "FMT003") == [("warning", "state"), ("warning", "body"), ("warning", "stage")]
    assert found(given, "FMT004") == [("warning", "author"), ("warning", "contact")]
    assert found(given, "FMT006") == [("warning", "silent")]


@pytest.mark.parametrize(
    ("body", "final", "expected"),
    [
        ("CEDAW", False, [("info", "known")]),
        ("CEDAW", True, [("error", "known")]),
        ("CERD", True, [("not-checked", "usual")]),
    ],
)
@pytest.mark.parametrize("form", ["md", "odt", "ipynb"])
def test_what_is_not_word_is_work_in_progress_and_no_final_text(form, body, final, expected):
    """An error only for the final text, and only where the pack's row is verified."""
    assert found(draft(LONG, format=form), "FMT001", body, final=final) == expected


@pytest.mark.parametrize(
    ("body", "final", "expected"),
    [("CEDAW", True, []), ("CERD", False, []), ("CERD", True, [("not-checked", "open")])],
)
def test_a_word_document_is_right_only_where_somebody_confirmed_it(body, final, expected):
    """The committee on racial discrimination has no row on the type of file."""
    assert found(draft(LONG), "FMT001", body, final=final) == expected


def test_four_of_five_paragraphs_need_a_number():
    """Short lines, headings and tables do not count."""
    numbered = [block(LONG, number=f"{n}.") for n in range(1, 9)]
    assert found(draft(block("Title", "title"), "Short line", *numbered, LONG, LONG), "FMT002") == []
    assert found(draft(*numbered, LONG, LONG, LONG), "FMT002") == [("warning", "few")]


def test_a_document_of_another_state_is_worth_a_look():
    """One of the State itself is not."""
    assert found(draft("See CRC/C/TUN/CO/4-6, para. 12."), "FMT005", "CRC") == [("info", "other")]
    assert found(draft("See CRC/C/MAR/CO/3-4, para. 12."), "FMT005", "CRC") == []


@pytest.mark.parametrize(
    "gap", ["[]", "____", "XXX", "[xx]", "to be completed", "à compléter", "يستكمل", "???"]
)
@pytest.mark.parametrize(("final", "severity"), [(False, "warning"), (True, "error")])
def test_gaps_of_a_template_are_found(gap, final, severity):
    """Certain in the final text."""
    assert found(draft(f"In 2026 {gap} girls left school."), "FMT007", final=final) == [(severity, "gap")]


def test_words_left_out_of_a_quotation_are_no_error():
    """Dots in brackets may be either, even in the final text; three dots are style."""
    given = draft("“The State [...] and others... said so (2024).”", "Article [28] too.")
    assert found(given, "FMT007", final=True) == [("info", "cut")]


def test_names_in_the_properties_are_found_and_never_printed():
    """The finding says which field, not what stands in it."""
    given = draft(LONG, properties={"author": "A name", "title": "Report"})
    assert found(given, "FMT008") == [("warning", "named")]
    assert found(given, "FMT008", final=True) == [("error", "named")]


def test_what_was_left_in_the_file_is_found():
    """Changes, comments, hidden text: information in a draft, errors in the final text."""
    given = draft(LONG, comments=[(1, "ask again")], tracked_changes=2, hidden=1)
    messages = ["changes", "comments", "hidden"]
    assert found(given, "FMT009") == [("info", name) for name in messages]
    assert found(given, "FMT009", final=True) == [("error", name) for name in messages]


def test_pages_without_numbers_are_worth_a_look():
    """Where the format cannot tell, nothing is said."""
    assert found(draft(LONG, numbered_pages=False), "FMT010") == [("info", "none")]
    assert found(draft(LONG, numbered_pages=None), "FMT010") == []


def test_a_long_text_without_real_headings_is_a_warning():
    """One real heading is enough."""
    assert found(draft(*[LONG] * 9), "FMT011") == [("warning", "none")]
    assert found(draft(block("Part", "heading", level=1), *[LONG] * 9), "FMT011") == []


@pytest.mark.parametrize("title", ["Contents", "TABLE DES MATIÈRES", "فهرس المحتويات"])
def test_a_long_text_needs_contents(title):
    """From about ten pages on, in any language."""
    assert found(draft(*[LONG] * 300), "FMT012") == [("info", "none")]
    assert found(draft(title, *[LONG] * 300), "FMT012") == []


def test_a_picture_needs_a_description():
    """Counted by block."""
    assert found(draft(block("Map", alternatives=(None, "A map"))), "FMT013") == [("warning", "silent")]
