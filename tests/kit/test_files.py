"""The files of the kit: they open, are large enough, name nobody, and run the way their language does."""

from __future__ import annotations

import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from pptx import Presentation
from pptx.util import Pt

from course.content.workshops import PATH, load_workshop
from course.files import find_root
from course.kit import FILES, write_kit

ROOT = find_root()


@pytest.fixture(scope="module")
def show(folder):
    """The slides as PowerPoint reads them."""
    return Presentation(folder / FILES["slides"])


@pytest.fixture(scope="module")
def from_right_to_left(tmp_path_factory):
    """The kit of a workshop whose file says that it is in Arabic."""
    base = tmp_path_factory.mktemp("arabic")
    plan = base / "workshop.yml"
    plan.write_text(
        PATH.read_text(encoding="utf-8").replace("language: en", "language: ar", 1), encoding="utf-8"
    )
    write_kit(base / "kit", load_workshop(plan, ROOT), ROOT, ("slides", "run-sheets", "readme"))
    return base / "kit"


def test_nothing_on_a_slide_is_smaller_than_twenty_points(show):
    """Who sits in the last row reads it too."""
    sizes = [
        run.font.size
        for slide in show.slides
        for shape in slide.shapes
        for frame in frames_of(shape)
        for paragraph in frame.paragraphs
        for run in paragraph.runs
    ]

    assert len(sizes) > 300
    assert min(sizes) >= Pt(20)


def frames_of(shape):
    """The text frames of a shape, those of the cells of a table too."""
    if shape.has_table:
        return [cell.text_frame for row in shape.table.rows for cell in row.cells]
    return [shape.text_frame] if shape.has_text_frame else []


def test_every_slide_has_a_title_and_notes_and_few_words(show):
    """What is said stands in the notes, and a screen reader finds the title."""
    for slide in show.slides:
        shown = " ".join(frame.text for shape in slide.shapes for frame in frames_of(shape))
        assert slide.shapes.title.text_frame.text
        assert slide.notes_slide.notes_text_frame.text.strip()
        assert len(shown.split()) <= 110, slide.shapes.title.text_frame.text


def test_every_picture_and_table_on_a_slide_is_described(show):
    """For those who do not see it."""
    drawn = [
        shape for slide in show.slides for shape in slide.shapes if shape.has_table or shape.shape_type == 13
    ]

    assert any(shape.shape_type == 13 for shape in drawn)
    for shape in drawn:
        described = shape._element.xpath(".//p:cNvPr")[0].get("descr")
        assert len(described.split()) >= 2, described  # the name of its file says nothing


@pytest.mark.parametrize("part", [part for part in FILES if part != "readme"])
def test_a_document_names_nobody_and_leads_nowhere_outside(folder, part):
    """No author, no hour, no link or picture from elsewhere."""
    path = folder / FILES[part]
    opened = Presentation(path) if path.suffix == ".pptx" else Document(path)
    with zipfile.ZipFile(path) as packed:
        relations = [packed.read(name).decode() for name in packed.namelist() if name.endswith(".rels")]
        days = {entry.date_time for entry in packed.infolist()}

    assert opened.core_properties.author == opened.core_properties.last_modified_by == ""
    assert opened.core_properties.created == opened.core_properties.modified
    assert days == {(1980, 1, 1, 0, 0, 0)}
    assert relations
    assert not any('TargetMode="External"' in one for one in relations)


def test_the_same_course_gives_the_same_bytes(folder, workshop, tmp_path):
    """What changed in the course is all that changes in the kit."""
    again = write_kit(tmp_path / "again", workshop, ROOT, ("slides", "answers"))

    assert all(path.read_bytes() == (folder / path.name).read_bytes() for path in again)


def test_a_workshop_in_arabic_runs_from_right_to_left(from_right_to_left):
    """Paragraphs, tables and pages; what is in English alone keeps its own direction."""
    slides = Presentation(from_right_to_left / FILES["slides"]).slides
    titles = [slide.shapes.title.text_frame.paragraphs[0]._p.pPr.get("rtl") for slide in slides]
    tables = [
        shape.table._tbl.tblPr.get("rtl") for slide in slides for shape in slide.shapes if shape.has_table
    ]
    body = Document(from_right_to_left / FILES["run-sheets"]).element.body

    assert titles.count("1") > len(titles) / 2
    assert "1" in tables
    assert None in tables
    assert body.find(qn("w:sectPr")).find(qn("w:bidi")) is not None
    assert next(body.iter(qn("w:tblPr"))).find(qn("w:bidiVisual")) is not None
    assert not (from_right_to_left / FILES["handouts"]).exists()
