"""Our count is the count of the two programs that associations write in."""

from __future__ import annotations

import re
import zipfile

import pytest

from course.report.counting import count_words, words_in
from course.report.reading import read_draft
from tests.report.making import box, call, docx, paragraph, table, with_notes

FRENCH = "Les droits de l’enfant : 63,4 % des filles, c’est-à-dire « trop », quittent l’école en 2024."
ARABIC = "توصي الجمعية الدولة الطرف باعتماد خطة وطنية خلال سنتين، وفق المادة 28 من الاتفاقية."
ENGLISH = "In 2024 — the last full year – 63.4 per cent of girls left non-formal and/or state schools."
DRAFTS = {
    "lists": docx(
        "".join(paragraph(ENGLISH, number=1) for _ in range(4))
        + "".join(paragraph(FRENCH, number=2) for _ in range(3))
        + paragraph("An entry below", number=1, level=1)
    ),
    "typed": docx(paragraph("1. Typed number", style="Titre1") + paragraph("(a) typed letter " + ENGLISH)),
    "tables": docx(paragraph(FRENCH) + table(["Region", "Rate"], ["Oriental", "12 %"]) + paragraph(ENGLISH)),
    "boxes": docx(paragraph(ENGLISH, inner=box("Three words here")) + paragraph("After it")),
    "footnotes": with_notes(paragraph(ENGLISH, inner=call(1)), {1: "Survey of 2024, page 12."}),
    "endnotes": with_notes(paragraph(FRENCH, inner=call(1, "endnote")), {1: "Enquête de 2024."}, "endnote"),
    "arabic": docx(paragraph(ARABIC) + paragraph("CRC/C/MAR/CO/3-4 " + ARABIC)),
    "marks": docx(paragraph("three\u00a0four \u200f five\u2011six soft\u00adhyphen a\u202fb")),
}


@pytest.fixture(scope="module")
def converted(soffice, tmp_path_factory):
    """Every draft as .docx, and as .odt where LibreOffice wrote down how many words it counts."""
    folder = tmp_path_factory.mktemp("counted")
    for name, data in DRAFTS.items():
        (folder / f"{name}.docx").write_bytes(data)
    files = [str(folder / f"{name}.docx") for name in DRAFTS]
    soffice("--convert-to", "odt", "--outdir", str(folder), *files)
    return folder


@pytest.mark.parametrize("name", DRAFTS)
@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_the_count_is_libreoffices_own(converted, name, ending):
    """Counted from either file, by LibreOffice's rule and with notes, to the word."""
    meta = zipfile.ZipFile(converted / f"{name}.odt").read("meta.xml").decode()
    counted = int(re.search(r'meta:word-count="(\d+)"', meta).group(1))
    draft = read_draft(converted / f"{name}.{ending}")
    assert count_words(draft, "libreoffice").with_notes == counted


def test_notes_are_counted_apart(tmp_path):
    """What stands in a note is in one of the two numbers, and not in the other."""
    path = tmp_path / "notes.docx"
    path.write_bytes(DRAFTS["footnotes"])
    count = count_words(read_draft(path))
    assert (count.body, count.with_notes - count.body) == (words_in(ENGLISH), 5)


def test_word_splits_at_white_space_alone():
    """A hyphen, a slash, an apostrophe and a dash between letters split nothing."""
    assert words_in("non-formal and/or l’école 2023–2024 — here") == 6


def test_marks_of_direction_make_no_word():
    """A direction mark between two spaces is no word, and one inside a word cuts nothing."""
    assert words_in("one \u200f two\u200bthree \ufeff") == 2


@pytest.mark.parametrize(("rule", "words"), [("word", 2), ("libreoffice", 3)])
def test_numbers_that_the_program_counts_are_text_to_libreoffice_alone(tmp_path, rule, words):
    """Word leaves the automatic number out."""
    path = tmp_path / "list.docx"
    path.write_bytes(docx(paragraph("two words", number=1)))
    assert count_words(read_draft(path), rule).body == words
