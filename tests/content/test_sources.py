"""What the texts name as true stands in the register of documents, or file, place and name are said."""

import json
import shutil
from pathlib import Path

import pytest

from course.content.sources import check_sources
from course.facts.register import references
from course.files import DATA

MINI = Path(__file__).parent / "mini"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A copy of the register and of one table of rules, with one case and one guide."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copy(DATA / "documents.csv", folder)
    shutil.copytree(DATA / "countries", folder / "countries")
    (folder / "cases").mkdir()
    (folder / "guides").mkdir()
    (folder / "guides/01-one.yml").write_text(
        "address: https://example.org/report\nseen: 'Beside CRC/C/66/2.'\n"
    )
    return folder


@pytest.fixture
def course(tmp_path):
    """A clean copy of the small module, for one fault."""
    shutil.copytree(MINI, tmp_path / "course")
    return tmp_path / "course"


def said(course, data):
    """The faults as text."""
    return [str(problem) for problem in check_sources(course, data)]


def write(course, text):
    """Add a text to the end of a lesson's page."""
    path = next((course / "modules/00-first").glob("01-*.ipynb"))
    page = json.loads(path.read_text(encoding="utf-8"))
    page["cells"].append({"cell_type": "markdown", "id": "added", "metadata": {}, "source": text})
    path.write_text(json.dumps(page), encoding="utf-8")
    return path.name


def test_the_published_course_names_only_what_the_data_holds(root):
    """Every symbol and every outside link of lessons, pages, cases, guides and items is registered."""
    assert [str(problem) for problem in check_sources(root)] == []


def test_a_wrong_symbol_in_a_lesson_is_named(course, data):
    """File, place, symbol and what to do; the true one beside it is no fault."""
    name = write(course, "See HRI/MC/2015/6, paragraph 5, and HRI/MC/2015/60.")

    assert said(course, data) == [
        f"modules/00-first/{name}: added: names HRI/MC/2015/60, which stands in no data file. "
        "Add a row to course/data/documents.csv or correct it."
    ]


def test_an_unknown_link_in_a_lesson_is_named(course, data):
    """One letter more in an address leads elsewhere; a guide's own address is known."""
    write(course, "[Report](https://example.org/report), [help](https://uhri.ohchr.org/search/helps).")

    (fault,) = said(course, data)

    assert "names https://uhri.ohchr.org/search/helps, which stands in no data file." in fault


def test_a_source_of_an_item_is_looked_at_and_its_choices_are_not(course, data):
    """A wrong symbol may be offered as a choice; as a source it would be believed."""
    path = course / "modules/00-first/items.yml"
    text = path.read_text(encoding="utf-8")
    start = text.index("source:")
    end = text.index("\n", start)
    changed = text[:start] + "source: CED/C/4/Rev.9, para. 2\n    stem_note: CED/C/4/Rev.8" + text[end:]
    path.write_text(changed, encoding="utf-8")

    (fault,) = said(course, data)

    assert "items.yml" in fault
    assert "CED/C/4/Rev.9" in fault


def test_a_wrong_symbol_in_a_page_or_a_case_is_named(course, data):
    """The pages beside the modules, and the answers of cases, are read too."""
    (course / "pages").mkdir()
    (course / "pages/help.md").write_text("Write as CED/C/22/22 says.\n")
    case = data / "cases/00-first.yml"
    case.write_text("cases:\n  - {id: one, text: 'A well.', question: 'Which?', answer: 'CRC/C/GC/120.'}\n")

    faults = said(course, data)
    case.unlink()

    assert [fault.split(", which")[0] for fault in faults] == [
        "pages/help.md: names CED/C/22/22",
        f"{case}: one: names CRC/C/GC/120",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "CEDAW/C/MAR/**CO**/5-6, and CEDAW/C/MAR/**5-6** (two reports in one).",
        "It begins with CEDAW/C/MAR/… or CERD/C/ZZZ/... for another State.",
        "The Council's papers begin with A/HRC.",
        "[The paper](https://right-docs.org/doc/a-hrc-27-48).",
    ],
)
def test_how_a_symbol_is_taught_is_no_fault(course, data, text):
    """A letter in bold, a beginning and dots are how a lesson shows what a symbol says."""
    write(course, text)

    assert said(course, data) == []


def test_a_bold_letter_hides_no_wrong_symbol(course, data):
    """What is shown in bold must be a document as well."""
    write(course, "CEDAW/C/MAR/**CO**/55-66.")

    assert "CEDAW/C/MAR/CO/55-66" in said(course, data)[0]


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("CED/C/4/Rev.1,Guidance,2021,,,2021,2026-11-24,recalled", "stands 2 times"),
        (",A page,2021,,,2021,2026-11-24,recalled", "neither a symbol nor an address"),
        ("CED/C/9,A paper,2021,,,2021,2026-11-24,verified", "nothing says where it was read"),
        ("CED/C/9,A paper,2021,www.example.org,,2021,2026-11-24,recalled", "address"),
    ],
)
def test_a_faulty_row_of_the_register_is_named(course, data, tmp_path, row, word):
    """A row that cannot be followed up is no register."""
    shutil.copytree(data, tmp_path / "data")
    with (tmp_path / "data/documents.csv").open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")

    assert any(word in fault for fault in said(course, tmp_path / "data"))


def test_the_register_says_where_a_copy_was_read():
    """A document that its publisher's page did not show names the copy."""
    found = {row.symbol: row for row in references() if row.symbol}

    assert found["E/1991/23"].read_at.startswith("http")
    assert found["HRI/MC/2015/6"].address.startswith("https://docstore.ohchr.org/")
