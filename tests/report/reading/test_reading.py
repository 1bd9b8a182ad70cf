"""A draft is read whole: what the reader of the page sees, in its order, and nothing else."""

from __future__ import annotations

import json

import pytest

from course.report.reading import read_draft
from tests.report.making import W, box, call, docx, odt, paragraph, table, with_notes


@pytest.fixture
def read(tmp_path):
    """Write these bytes under a name, and read them as a draft."""

    def write_and_read(data, name="draft.docx"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read_draft(path)

    return write_and_read


def texts(draft):
    """The text of each block."""
    return [block.text for block in draft.blocks]


# .docx -----------------------------------------------------------------------------------------


def test_tables_boxes_and_content_controls_are_read_where_they_stand(read):
    """Nothing that a page shows is lost, and a box that is written twice is read once."""
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('In a control')}</w:sdtContent></w:sdt>"
    body = (
        paragraph("Before", inner=box("In a box")) + table(["Left", "Right"]) + control + paragraph("After")
    )
    draft = read(docx(body))
    assert texts(draft) == ["Before", "In a box", "Left", "Right", "In a control", "After"]
    kinds = ["paragraph", "text-box", "table-cell", "table-cell", "paragraph", "paragraph"]
    assert [block.kind for block in draft.blocks] == kinds


def test_what_was_deleted_and_the_codes_of_fields_are_no_text(read):
    """Tracked changes: the inserted words count, the deleted do not, and both are noted."""
    inner = (
        "<w:ins><w:r><w:t>kept</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    )
    draft = read(docx(paragraph(inner=inner)))
    assert texts(draft) == ["kept"]
    assert draft.traces.tracked_changes == 2


def test_headings_are_known_by_their_style_in_any_language(read):
    """A style called Titre1 is a heading, and so is one that rests on it."""
    body = (
        paragraph("Report", style="Titre")
        + paragraph("Part", style="Titre1")
        + paragraph("Mine", style="Mine")
        + paragraph("Text")
        + paragraph("A picture", style="Legende")
    )
    draft = read(docx(body))
    assert [(b.kind, b.level) for b in draft.blocks] == [
        ("title", 0),
        ("heading", 1),
        ("heading", 1),
        ("paragraph", 0),
        ("caption", 0),
    ]
    assert draft.blocks[3].place.heading == "Mine"


def test_automatic_numbers_are_counted_as_the_program_counts_them(read):
    """A letter level starts again below each number; a bullet has no number."""
    body = (
        paragraph("one", number=1)
        + paragraph("a", number=1, level=1)
        + paragraph("b", number=1, level=1)
        + paragraph("two", number=1)
        + paragraph("a again", number=1, level=1)
        + paragraph("point", number=2)
    )
    draft = read(docx(body))
    assert [b.number for b in draft.blocks] == ["1.", "(a)", "(b)", "2.", "(a)", ""]
    assert [b.kind for b in draft.blocks] == ["paragraph"] * 5 + ["list-item"]


def test_a_typed_number_stands_apart_from_the_text(read):
    """The number is known, the text begins after it, and notes stay where they are called."""
    draft = read(with_notes(paragraph("12. Girls leave", inner=call(1)), {1: "A survey"}))
    (block,) = draft.blocks
    assert (block.number, block.automatic, block.text) == ("12.", False, "Girls leave")
    assert [(one.note, one.at) for one in block.notes] == [("footnote-1", len("Girls leave"))]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_are_read_with_the_place_that_calls_them(read, kind):
    """A separator, which is a note to the file, is none to the reader."""
    body = paragraph("First", style="Titre1") + paragraph("Fact", inner=call(1, kind))
    draft = read(with_notes(body, {1: "Where it stands"}, kind))
    assert [(n.kind, n.text, n.place.heading) for n in draft.notes] == [(kind, "Where it stands", "First")]


def test_traces_that_could_give_somebody_away_are_reported(read):
    """Names in the properties, a comment, hidden text, an unfilled field, and the text of a header."""
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>A writer</dc:creator></cp:coreProperties>'
    )
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>"
    empty = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        "<w:r><w:t>Click here</w:t></w:r></w:sdtContent></w:sdt>"
    )
    remark = '<w:r><w:commentReference w:id="7"/></w:r>'
    parts = {
        "docProps/core.xml": core,
        "word/comments.xml": (
            f'<w:comments {W}><w:comment w:id="7">{paragraph("Ask again")}</w:comment></w:comments>'
        ),
        "word/header1.xml": f"<w:hdr {W}>{paragraph('An address')}</w:hdr>",
        "word/footer1.xml": f'<w:ftr {W}><w:p><w:fldSimple w:instr=" PAGE "/></w:p></w:ftr>',
    }
    draft = read(docx(paragraph("Seen ", inner=hidden + empty + remark), parts=parts))
    traces = draft.traces
    assert texts(draft) == ["Seen Click here"]
    assert traces.properties == {"author": "A writer"}
    assert [(one.text, one.place.paragraph) for one in traces.comments] == [("Ask again", 1)]
    assert (traces.hidden, traces.placeholders, traces.margins) == (1, 1, ("An address",))
    assert traces.numbered_pages is True


def test_pictures_without_a_description_are_known(read):
    """A picture alone is a block, and says whether anybody described it."""
    drawn = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" {}/></wp:inline></w:drawing></w:r>'
    body = paragraph("Text", inner=drawn.format("")) + paragraph(inner=drawn.format('descr="A map"'))
    assert [block.alternatives for block in read(docx(body)).blocks] == [(None,), ("A map",)]


# .odt ------------------------------------------------------------------------------------------


def test_an_odt_gives_headings_lists_notes_and_spaces(read):
    """OpenDocument's own elements: an outline level, a note inside the sentence, counted spaces."""
    body = (
        '<text:h text:outline-level="2">Part</text:h>'
        "<text:p>One<text:s text:c='2'/>two<text:note text:note-class='footnote'><text:note-citation>1"
        "</text:note-citation><text:note-body><text:p>Source</text:p></text:note-body></text:note>"
        " end</text:p>"
        "<text:list><text:list-item><text:p>point</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>cell</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    draft = read(odt(body), "draft.odt")
    assert [(b.kind, b.level, b.text) for b in draft.blocks] == [
        ("heading", 2, "Part"),
        ("paragraph", 0, "One  two end"),
        ("list-item", 1, "point"),
        ("table-cell", 0, "cell"),
    ]
    assert [(n.text, n.place.paragraph) for n in draft.notes] == [("Source", 2)]
    assert draft.blocks[1].notes[0].at == len("One  two")


def test_tracked_changes_of_an_odt_are_counted_and_not_read(read):
    """What was deleted stands in the file, and is no text."""
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p>kept</text:p>"
    )
    draft = read(odt(body), "draft.odt")
    assert (texts(draft), draft.traces.tracked_changes) == (["kept"], 1)


# Text files --------------------------------------------------------------------------------------


def test_markdown_gives_headings_numbers_notes_and_comments_with_their_lines(read):
    """A line number leads back to the place in the file."""
    source = (
        "---\nauthor: Somebody\n---\n# Report\n\n1. First[^a]\n2. Second\n\n- point\n\n"
        "<!-- keep out -->\n\n| a | b |\n|---|---|\n| c | d |\n\n[^a]: The source\n"
    )
    draft = read(source, "draft.md")
    assert [(b.kind, b.number, b.text, b.place.line) for b in draft.blocks] == [
        ("heading", "", "Report", 4),
        ("paragraph", "1.", "First", 6),
        ("paragraph", "2.", "Second", 7),
        ("list-item", "", "point", 9),
        ("table-cell", "", "a", 13),
        ("table-cell", "", "b", 13),
        ("table-cell", "", "c", 15),
        ("table-cell", "", "d", 15),
    ]
    assert [(n.text, n.place.line) for n in draft.notes] == [("The source", 6)]
    assert draft.traces.properties == {"author": "Somebody"}
    assert [one.text for one in draft.traces.comments] == ["keep out"]


def test_the_text_pages_of_a_notebook_are_the_draft(read):
    """What was calculated is no text of the report."""
    pages = [
        {"cell_type": "markdown", "source": ["# Report\n", "\n", "First[^1]\n\n[^1]: One"]},
        {"cell_type": "code", "source": "print(1)", "outputs": []},
        {"cell_type": "markdown", "source": "Second[^1]\n\n[^1]: Two"},
    ]
    draft = read(json.dumps({"nbformat": 4, "metadata": {}, "cells": pages}), "draft.ipynb")
    assert texts(draft) == ["Report", "First", "Second"]
    assert [(n.id, n.text) for n in draft.notes] == [("footnote-1", "One"), ("footnote-2", "Two")]


def test_a_pdf_gives_its_words_and_says_that_they_do_not_count(soffice, tmp_path):
    """One made by LibreOffice: the words are there, with their page."""
    (tmp_path / "draft.docx").write_bytes(docx(paragraph("Girls leave school.") + paragraph("Why is that?")))
    soffice("--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "draft.docx"))
    draft = read_draft(tmp_path / "draft.pdf")
    assert " ".join(texts(draft)).split() == ["Girls", "leave", "school.", "Why", "is", "that?"]
    assert {block.place.page for block in draft.blocks} == {1}
    assert draft.countable is False
