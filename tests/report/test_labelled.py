"""The labelled paragraphs and drafts are what the measurement says they are."""

from __future__ import annotations

import re

import pytest

from bench.labelled import AROUND, HALVES, MARKED, NOTE, read_drafts, read_paragraphs
from bench.report_rules import DRAFT, OURS, PARAGRAPH, UNREAD, claims
from course.files import PACKAGE_ROOT, read_yaml
from course.report.checking import require_known
from course.report.codes import codes

LABELLED = PACKAGE_ROOT / "tests/report/labelled"
SETTINGS = {"body", "stage", "under", "kind", "arguable"}
BROKEN_MARK = re.compile(r"\[(?!PII\d{3} [^\]]+\])[A-Z]{3}\d|PII\d{3}(?![^\[]*\])")


@pytest.fixture(scope="module", params=HALVES)
def paragraphs(request):
    """(language, text) of each paragraph of one half."""
    return list(read_paragraphs(PACKAGE_ROOT, request.param))


def test_there_are_four_hundred_paragraphs_and_half_of_them_are_set_aside():
    """At least 400 in our languages, no half smaller than nine tenths of the other, each in all of them."""
    sizes = {
        half: [language for language, _ in read_paragraphs(PACKAGE_ROOT, half) if language in OURS]
        for half in HALVES
    }
    least, most = sorted(map(len, sizes.values()))
    assert least + most >= 400
    assert least >= 0.9 * most
    assert all(languages.count(one) >= 65 for languages in sizes.values() for one in OURS)


def test_no_text_stands_in_both_halves():
    """What was tuned on tells nothing of what was set aside."""
    tuned, aside = (
        {one.draft.blocks[-1].text for _, one in read_paragraphs(PACKAGE_ROOT, half)} for half in HALVES
    )
    assert not tuned & aside


def test_every_label_is_a_code_that_a_paragraph_can_show(paragraphs):
    """A code of whole drafts, or one that is misspelt, would never be counted."""
    known = {*PARAGRAPH, *UNREAD}
    for _, one in paragraphs:
        assert one.codes <= known, one.draft.blocks[-1].text
        assert all(any(code.startswith(begin) for code in codes()) for begin in one.arguable)


def test_every_paragraph_is_well_formed(paragraphs):
    """A body and a stage that exist, no setting that nobody reads, marks and notes that are closed."""
    for _, one in paragraphs:
        require_known(one.setting)
        text = one.draft.blocks[-1].text
        assert text.strip() and "^[" not in text and not BROKEN_MARK.search(text), text
    for half in HALVES:
        for texts in read_yaml(LABELLED / f"{half}.yml").values():
            for given in texts:
                if not isinstance(given, str):
                    assert set(list(given)[1:]) <= SETTINGS, given
                    assert len(given) > 1 or next(iter(given)) != "fine"


def test_a_third_of_the_paragraphs_shows_nothing(paragraphs):
    """Rules that always speak look perfect where there is always something to find."""
    ours = [one for language, one in paragraphs if language in OURS]
    clean = [one for one in ours if not one.codes and not one.marks]
    assert len(clean) >= len(ours) / 3


def test_marks_and_notes_keep_their_places(paragraphs):
    """A mark that slipped by one letter would count as missed and as false at once."""
    for _, one in paragraphs:
        for mark in one.marks:
            assert one.draft.blocks[-1].text[mark.start : mark.end].strip()
        for call in one.draft.blocks[-1].notes:
            assert one.draft.blocks[-1].text[: call.at].rstrip().endswith((".", "»", "”"))
    assert MARKED.search("[PII005 Name]") and NOTE.search("x.^[Note, 2024.]")


@pytest.mark.parametrize("language", OURS)
def test_nothing_is_wrong_with_what_stands_around_a_paragraph(language):
    """Else each paragraph would carry its findings."""
    one = next(each for of, each in read_paragraphs(PACKAGE_ROOT, "tuned") if of == language)
    assert one.draft.blocks[0].text == AROUND[language]
    assert not [found for found in claims(one, PARAGRAPH) if found.place and found.place.paragraph == 1]


@pytest.mark.parametrize("half", HALVES)
def test_drafts_are_as_long_as_they_say_and_labelled_with_codes_of_drafts(half):
    """What is labelled as too long must be too long by a count of its own."""
    written = read_yaml(LABELLED / f"drafts-{half}.yml")
    asked = [int(one["fill"]) for drafts in written.values() for one in drafts]
    for fill, (_, one) in zip(asked, read_drafts(PACKAGE_ROOT, half), strict=True):
        require_known(one.setting)
        assert one.codes <= set(DRAFT)
        words = sum(len(block.text.split()) for block in one.draft.blocks)
        words += sum(len(note.text.split()) for note in one.draft.notes)
        assert not fill or words == fill, one.draft.name


def test_spanish_is_never_passed_in_silence():
    """Every Spanish text of both halves, long or short, is said to be in a language that is not checked."""
    for half in HALVES:
        texts = [*read_paragraphs(PACKAGE_ROOT, half), *read_drafts(PACKAGE_ROOT, half)]
        spanish = [one for language, one in texts if language == "es"]
        assert len(spanish) >= 3
        for one in spanish:
            found = claims(one, UNREAD)
            assert [(each.code, each.severity) for each in found] == [("LNG003", "not-checked")]
