"""Authoring: a template, a sheet, a translation; what is wrong is told in plain words, all at once."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from types import SimpleNamespace
from xml.sax.saxutils import escape, quoteattr

import pytest
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from course.cli import app
from course.content import load_item_texts
from course.content.authoring import import_items, new_item
from course.content.authoring.columns import COLUMNS, EXAMPLES_BY_KIND, IN_SHEETS
from course.content.authoring.spreadsheet import read_sheet
from course.content.models import ITEM_KINDS
from course.content.reading import read_items
from course.errors import ContentError, CourseError
from course.files import read_yaml

SAMPLE = Path(__file__).resolve().parents[1] / "quizzes" / "sample"
MODULE = "01-garden"
HEADS = [column.head for column in COLUMNS]
EXAMPLES = [{**cells, "objective": "LO-01.1"} for cells in EXAMPLES_BY_KIND]
ONE = EXAMPLES[0]


def commands_in(root, monkeypatch):
    """A private course; `run("item", ...)` is the command in it."""
    monkeypatch.setenv("COURSE_ROOT", str(root))
    folder = root / "modules" / MODULE

    def run(*words):
        done = CliRunner().invoke(app, [*map(str, words)])
        return SimpleNamespace(returncode=done.exit_code, stdout=done.stdout, fault=done.exception)

    return SimpleNamespace(root=root, items=folder / "items.yml", arabic=folder / "items.ar.yml", run=run)


@pytest.fixture
def whole_course(tmp_path, monkeypatch):
    """The invented course with an item of each kind and its Arabic."""
    root = tmp_path / "course"
    shutil.copytree(SAMPLE, root)
    return commands_in(root, monkeypatch)


@pytest.fixture
def course(whole_course):
    """The same with its first two items alone: to read YAML takes time."""
    for file, third in (
        (whole_course.items, "  - id: garden-order"),
        (whole_course.arabic, "  garden-order:"),
    ):
        file.write_text(file.read_text(encoding="utf-8").split(third)[0], encoding="utf-8")
    return whole_course


def xlsx(path, rows, heads=HEADS, name="items"):
    """A sheet as a spreadsheet program saves it."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    sheet.append(heads)
    for cells in rows:
        sheet.append([cells.get(head) for head in heads])
    book.save(path)
    return path


def ods(path, rows, heads=HEADS, name="items", formula=None):
    """The same as OpenDocument: empty cells and rows are counted, not written."""
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )

    def cell(value):
        if value is None:
            return '<table:table-cell table:number-columns-repeated="1"/>'
        if value == formula:
            return (
                f'<table:table-cell table:formula="of:=1"><text:p>{escape(value)}</text:p></table:table-cell>'
            )
        said = escape(str(value)).replace("  ", ' <text:s text:c="1"/>')
        return f'<table:table-cell office:value-type="string"><text:p>{said}</text:p></table:table-cell>'

    lines = [heads, *([cells.get(head) for head in heads] for cells in rows)]
    body = "".join(f"<table:table-row>{''.join(map(cell, line))}</table:table-row>" for line in lines)
    end = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f"<table:table table:name={quoteattr(name)}>{body}{end}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content)
    return path


def csv_file(path, rows, heads=HEADS, encoding="utf-8", delimiter=","):
    """The same as CSV."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerows([heads, *([cells.get(head, "") for head in heads] for cells in rows)])
    path.write_bytes(file.getvalue().encode(encoding))
    return path


# A template ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ITEM_KINDS)
def test_a_template_names_each_field_that_is_still_empty(course, kind):
    """What stood in the file stays byte by byte; every fault of the new one is an empty field."""
    before = course.items.read_bytes()
    identifier, path, line = new_item(MODULE, kind, course.root)
    text = path.read_bytes()
    assert text.startswith(before.rstrip())
    assert text.decode().splitlines()[line - 1] == f"  - id: {identifier}"
    items, problems = read_items(path, course.root)
    assert len(items) == len(read_yaml(path)["items"]) - 1
    assert {problem.item for problem in problems} == {identifier}
    assert all(p.problem.endswith("it is empty.") or "too few" in p.problem for p in problems), problems
    assert all(p.line >= line for p in problems)


def test_a_filled_template_is_a_valid_item(course):
    """An author who writes after each colon is done."""
    identifier, path, _ = new_item(MODULE, "single-choice", course.root)
    text = path.read_text()
    for field in ("source", "stem", "text", "feedback"):
        text = re.sub(rf"({field}:) *(#.*)?$", r"\1 Written by hand \2", text, flags=re.MULTILINE)
    path.write_text(text)
    items, problems = read_items(path, course.root)
    assert problems == []
    assert items[identifier].choices["second"].feedback == "Written by hand"


def test_the_next_id_is_free_in_the_whole_course(course):
    """In the manner of the items of its objective; a template that is not finished counts too."""
    text = course.items.read_text().replace("garden-one", "bed-08").replace("garden-many", "bed-09")
    course.items.write_text(text)
    assert new_item(MODULE, "date", course.root)[0] == "bed-10"
    assert new_item(MODULE, "date", course.root)[0] == "bed-11"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("new", MODULE, "--kind", "essay"), "short-text"),
        (("new", "09-none", "--kind", "date"), MODULE),
        (("new", MODULE, "--kind", "date", "--objective", "LO-09.9"), "LO-01.1"),
        (("preview", "nothing-01"), "look for its id"),
        (("import", "nowhere.xlsx", "--module", MODULE), "nowhere.xlsx"),
        (("sheet", "--out", "items.csv"), ".xlsx"),
        (("sheet", "--out", "texts.xlsx", "--lang", "ar"), "--module"),
        (("preview", "nowhere.ods"), "--module"),
    ],
)
def test_a_wrong_call_is_one_sentence_that_says_what_there_is(course, words, said):
    """And nothing is written."""
    before = course.items.read_bytes()
    done = course.run("item", *words)
    assert isinstance(done.fault, CourseError)
    assert said in str(done.fault)
    assert len(str(done.fault).splitlines()) == 1
    assert course.items.read_bytes() == before


@pytest.mark.parametrize("command", ["new", "sheet", "import", "preview"])
def test_each_command_shows_an_example(course, command):
    """In its help."""
    assert f"Example: course item {command}" in course.run("item", command, "--help").stdout


# A sheet ---------------------------------------------------------------------------------------------


def test_the_sheet_has_lists_to_choose_from_and_an_example_of_each_kind(course, tmp_path):
    """Its first sheet is empty but for the heads; the examples, filled in there, are all taken."""
    sheet = tmp_path / "items.xlsx"
    assert course.run("item", "sheet", "--out", sheet).returncode == 0
    book = load_workbook(sheet)
    items, examples = book["items"], book["examples"]
    assert items.max_row == 1
    offered = {str(rule.sqref): rule.formula1 for rule in items.data_validations.dataValidation}
    assert len(offered) == 3
    lists = {book["lists"].cell(1, n).value: n for n in (1, 2, 3)}
    kinds = [book["lists"].cell(row, lists["kind"]).value for row in range(2, len(IN_SHEETS) + 2)]
    assert kinds == list(IN_SHEETS)
    assert {row[HEADS.index("kind")].value for row in examples.iter_rows(min_row=2)} == set(IN_SHEETS)
    for row in examples.iter_rows(min_row=2):
        for cell in row:
            items.cell(cell.row, cell.column, cell.value)
        items.cell(row[0].row, HEADS.index("objective") + 1, "LO-01.1")
    book.save(sheet)
    assert course.run("item", "import", sheet, "--module", MODULE).returncode == 0
    added = list(read_items(course.items, course.root)[0].values())[-len(IN_SHEETS) :]
    assert [item.kind for item in added] == list(IN_SHEETS)


@pytest.mark.parametrize("write", [xlsx, ods, csv_file], ids=["xlsx", "ods", "csv"])
def test_every_kind_comes_out_of_a_sheet_as_it_was_meant(course, tmp_path, write):
    """Keys, credits, groups and gaps, the same from three kinds of file; what was there stays."""
    suffix = {xlsx: "xlsx", ods: "ods", csv_file: "csv"}[write]
    before = course.items.read_bytes()
    added = import_items(write(tmp_path / f"new.{suffix}", EXAMPLES), MODULE, course.root)
    assert course.items.read_bytes().startswith(before.rstrip())
    items = read_items(course.items, course.root)[0]
    of = {items[name].kind: items[name] for name in added}
    assert of["single-choice"].key == "b"
    assert len(of["single-choice"].hints) == 3
    assert of["multiple-choice"].key == ("a", "b")
    assert of["ordering"].key == ("b", "a", "c")
    assert of["matching"].key == {"a": "group-1", "b": "group-2"}
    assert len(of["matching"].targets) == 3
    assert (of["numeric"].choices["a"].value, of["numeric"].choices["b"].credit) == (336, 0.5)
    assert of["date"].choices["a"].value.isoformat() == "2027-09-13"
    assert of["cloze"].text == "In {gap-1} we sow {gap-2}."
    assert of["cloze"].key == {"gap-1": "a", "gap-2": "c"}
    assert of["short-text"].choices["a"].values == ("A/GARDEN/12", "GARDEN/12")
    assert of["mark-paragraph"].choices["b"].number == "2"
    assert of["build-parts"].key == {"group-1": "a", "group-2": "b"}


def test_days_and_numbers_may_be_real_days_and_numbers(course, tmp_path):
    """A spreadsheet turns what is typed into them; 336 must not become 336.0."""
    import datetime as dt

    number = {**EXAMPLES[4], "choice a": 336, "choice b": 360.0, "right b": 0.5, "tolerance": 0.25}
    day = {**EXAMPLES[5], "choice a": dt.datetime(2027, 9, 13), "choice b": dt.date(2027, 9, 11)}
    added = import_items(xlsx(tmp_path / "new.xlsx", [number, day]), MODULE, course.root)
    items = read_items(course.items, course.root)[0]
    assert items[added[0]].choices["b"].value == 360
    assert items[added[0]].tolerance == 0.25
    assert items[added[1]].choices["b"].value == dt.date(2027, 9, 11)
    assert "336.0" not in course.items.read_text()


def wrong(cells, **changes):
    """A row with other cells; None empties one."""
    changed = {**cells, **{name.replace("_", " "): said for name, said in changes.items()}}
    return {name: said for name, said in changed.items() if said is not None}


WRONG_CELLS = [
    (wrong(ONE, kind="essay"), "kind", "there is no kind 'essay'"),
    (wrong(ONE, kind="document-hunt"), "kind", "course item new"),
    (wrong(ONE, kind=None), "kind", "this cell is empty"),
    (wrong(ONE, objective="LO-09.9"), "objective", "Write one of LO-01.1"),
    (wrong(ONE, bloom="know"), "bloom", "none of the six"),
    (wrong(ONE, stem=None), "stem", "this cell is empty"),
    (wrong(ONE, source=None), "source", "this cell is empty"),
    (wrong(ONE, hint_2=None), "hint 2", "all three hints, or none"),
    (wrong(ONE, unit="days"), "unit", "no such thing"),
    (wrong(ONE, id="garden-one"), "id", "this id is taken"),
    (wrong(ONE, id="Bed 7"), "id", "is no id"),
    (wrong(ONE, feedback_a=None), "feedback a", "no feedback"),
    (wrong(ONE, choice_a=None), "choice a", "the choice itself is empty"),
    (wrong(ONE, right_b=None), "right a", "no choice is marked"),
    (wrong(ONE, right_a="x"), "right b", "a second choice is marked"),
    (wrong(ONE, right_a="yes"), "right a", "'yes' is no mark"),
    (wrong(ONE, choice_a=None, right_a=None, feedback_a=None), "choice a", "too few choices: 1"),
    (wrong(EXAMPLES[2], right_a="3"), "right c", "place 3 stands twice"),
    (wrong(EXAMPLES[2], right_a="first"), "right a", "'first' is no place"),
    (wrong(EXAMPLES[3], right_a="7"), "right a", "'7' is no number of a group"),
    (wrong(EXAMPLES[3], group_2=None, group_3=None), "group 2", "fewer than two groups"),
    (wrong(EXAMPLES[4], choice_a="many"), "choice a", "'many' cannot be read"),
    (wrong(EXAMPLES[4], right_b="half"), "right b", "'half' is no part of 1"),
    (wrong(EXAMPLES[4], right_b="x"), "right b", "2 answers are marked"),
    (wrong(EXAMPLES[4], tolerance="some"), "tolerance", "this is no number"),
    (wrong(EXAMPLES[4], unit=None), "unit", "this cell is empty"),
    (wrong(EXAMPLES[5], choice_a="13.9.2027"), "choice a", "cannot be read"),
    (wrong(EXAMPLES[6], text="No gap."), "text", "the text has no gap"),
    (wrong(EXAMPLES[6], right_d="x"), "right d", "names no gap"),
    (wrong(EXAMPLES[6], right_b="2"), "text", "gap 1 has no right choice or only one"),
    (wrong(EXAMPLES[8], choice_b="garden/12"), "choice a", "answer of both"),
    (wrong(EXAMPLES[9], choice_a="Without a number"), "choice a", "no number"),
    (wrong(EXAMPLES[10], right_b="1"), "right b", "filled twice"),
    (wrong(EXAMPLES[10], given="9"), "given", "there is no group 9"),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the import of all wrong rows says, and whether it wrote something."""
    root = tmp_path_factory.mktemp("wrong") / "course"
    shutil.copytree(SAMPLE, root)
    items = root / "modules" / MODULE / "items.yml"
    before = items.read_bytes()
    sheet = xlsx(root / "new.xlsx", [ONE, *(cells for cells, _, _ in WRONG_CELLS)])
    with pytest.raises(ContentError) as caught:
        import_items(sheet, MODULE, root)
    return SimpleNamespace(problems=caught.value.problems, written=items.read_bytes() != before)


@pytest.mark.parametrize("number", range(len(WRONG_CELLS)), ids=lambda n: f"{WRONG_CELLS[n][1]}-{n}")
def test_a_wrong_cell_is_named_by_row_and_column(told, number):
    """In plain words, with what to do; all rows at once, and none of the sheet is written."""
    _, head, said = WRONG_CELLS[number]
    index = HEADS.index(head)
    column = f"A{chr(65 + index - 26)}" if index >= 26 else chr(65 + index)
    place = f"new.xlsx, sheet items, row {number + 3}, column {column} ({head})"
    assert [p for p in told.problems if p.file == place and said in f"{p.problem} {p.remedy}"], [
        str(p) for p in told.problems if f"row {number + 3}," in p.file
    ]
    assert not told.written


def test_only_wrong_rows_are_told_and_in_plain_words(told):
    """A right row is not among them; nothing of the machinery shows."""
    rows = {int(re.search(r"row (\d+)", problem.file)[1]) for problem in told.problems}
    assert rows == set(range(3, len(WRONG_CELLS) + 3))
    assert not [p for p in told.problems if re.search(r"pydantic|dictionary|Input|valid_|type=", str(p))]


@pytest.mark.parametrize("write", [xlsx, ods, csv_file], ids=["xlsx", "ods", "csv"])
def test_formulas_are_refused(course, tmp_path, write):
    """Each by its cell: what a formula shows is not what the file holds."""
    suffix = {xlsx: "xlsx", ods: "ods", csv_file: "csv"}[write]
    # OpenDocument shows what a formula came to; the formula itself stands beside it.
    row = wrong(ONE, stem="42" if write is ods else "=A1&B1", choice_a='=HYPERLINK("x")')
    more = {"formula": "42"} if write is ods else {}
    with pytest.raises(ContentError) as caught:
        import_items(write(tmp_path / f"new.{suffix}", [row], **more), MODULE, course.root)
    assert {p.problem for p in caught.value.problems} == {"this cell holds a formula."}
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-8", ","), ("utf-16-be", ",")]
)
def test_arabic_comes_out_of_each_usual_csv(course, tmp_path, encoding, delimiter):
    """As spreadsheets in Arabic and French save them."""
    stem = "متى نسقي؟ Quand arroser, l'été ?"
    file = csv_file(tmp_path / "x.csv", [wrong(ONE, stem=stem)], encoding=encoding, delimiter=delimiter)
    if encoding == "utf-16-be":
        file.write_bytes(b"\xfe\xff" + file.read_bytes())
    (identifier,) = import_items(file, MODULE, course.root)
    assert read_items(course.items, course.root)[0][identifier].stem == stem


def test_an_unknown_encoding_is_never_guessed(course, tmp_path):
    """Arabic in an old encoding would become other letters: it must be named, then it is read."""
    stem = "متى نسقي؟"
    file = csv_file(tmp_path / "x.csv", [wrong(ONE, stem=stem)], encoding="cp1256")
    refused = course.run("item", "import", file, "--module", MODULE)
    assert "--encoding cp1256" in str(refused.fault)
    assert "is no encoding" in str(
        course.run("item", "import", file, "--module", MODULE, "--encoding", "cp9999").fault
    )
    assert course.run("item", "import", file, "--module", MODULE, "--encoding", "cp1256").returncode == 0
    assert stem in course.items.read_text()


def test_a_sheet_that_is_no_sheet_is_told_in_one_sentence(course, tmp_path):
    """Too big, a bomb, damaged, of another kind, without the right sheet, empty, with wrong heads."""

    def said(path):
        with pytest.raises(CourseError) as caught:
            import_items(path, MODULE, course.root)
        assert "Traceback" not in str(caught.value)
        return str(caught.value)

    big = tmp_path / "big.xlsx"
    with big.open("wb") as file:
        file.truncate(50_000_000)
    assert "50 MB" in said(big)
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 150_000_000)
    assert "unpacks to 150 MB" in said(bomb)
    (tmp_path / "x.xlsx").write_bytes(b"%PDF-1.7")
    assert "no spreadsheet" in said(tmp_path / "x.xlsx")
    with zipfile.ZipFile(tmp_path / "y.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", b"<broken")
    assert "damaged" in said(tmp_path / "y.xlsx")
    with zipfile.ZipFile(tmp_path / "y.ods", "w") as archive:
        archive.writestr("content.xml", b"<broken")
    assert "damaged" in said(tmp_path / "y.ods")
    (tmp_path / "x.docx").write_bytes(b"x")
    assert "no .xlsx, .ods or .csv" in said(tmp_path / "x.docx")
    assert "only Sheet7" in said(xlsx(tmp_path / "name.xlsx", [ONE], name="Sheet7"))
    assert "no item in it" in said(xlsx(tmp_path / "empty.xlsx", []))
    assert "no column is called 'question'" in said(xlsx(tmp_path / "h.xlsx", [], heads=["question", *HEADS]))
    assert "two columns are called stem" in said(xlsx(tmp_path / "t.xlsx", [], heads=["stem", *HEADS]))
    assert "columns are missing: stem." in said(
        xlsx(tmp_path / "m.xlsx", [ONE], heads=[head for head in HEADS if head != "stem"])
    )


def test_nothing_is_added_to_a_file_that_has_faults(course, tmp_path):
    """They are told instead."""
    course.items.write_text(course.items.read_text().replace("key: evening", "key: midnight"))
    before = course.items.read_bytes()
    with pytest.raises(ContentError, match="midnight"):
        import_items(xlsx(tmp_path / "new.xlsx", [ONE]), MODULE, course.root)
    assert course.items.read_bytes() == before


def test_words_that_yaml_would_take_for_something_else_stay_words(course, tmp_path):
    """A colon, a hash, quotes, `no`, a number, a line break, and Arabic."""
    odd = ["no: #1", "'a' \"b\"", "2027-09-13", "- x", "{a}", "لا: نعم", "one\ntwo"]
    rows = [wrong(ONE, stem=said, choice_a=said) for said in odd]
    added = import_items(xlsx(tmp_path / "new.xlsx", rows), MODULE, course.root)
    items = read_items(course.items, course.root)[0]
    assert [(items[name].stem, items[name].choices["a"].text) for name in added] == [(s, s) for s in odd]


def test_many_items_are_added_at_once(course, tmp_path):
    """Each gets an id of its own, in the order of the rows."""
    added = import_items(csv_file(tmp_path / "new.csv", EXAMPLES[:1] * 60), MODULE, course.root)
    assert added == sorted(set(added))
    assert len(added) == 60


# Translations ----------------------------------------------------------------------------------------


@pytest.fixture
def texts_sheet(whole_course, tmp_path):
    """The Arabic sheet of the module, and its rows by (id, field): row number."""
    path = tmp_path / "texts.xlsx"
    assert (
        whole_course.run("item", "sheet", "--out", path, "--module", MODULE, "--lang", "ar").returncode == 0
    )
    book = load_workbook(path)
    rows = {(row[0].value, row[2].value): row for row in book["texts"].iter_rows(min_row=2)}
    return SimpleNamespace(path=path, book=book, rows=rows, save=lambda: book.save(path))


def test_the_texts_sheet_shows_the_english_and_what_is_translated(whole_course, texts_sheet):
    """One row a text of every kind, so that nobody has to open two files."""
    arabic = load_item_texts(MODULE, "ar", whole_course.root)
    assert texts_sheet.rows["garden-one", "stem"][4].value == arabic["garden-one"].stem
    assert texts_sheet.rows["garden-one", "hints.2"][3].value
    assert texts_sheet.rows["garden-gaps", "text"][3].value
    assert ("garden-one", "key") not in texts_sheet.rows


def test_a_sheet_that_is_sent_back_as_it_is_changes_no_text(whole_course, texts_sheet):
    """Every translated item of every kind is taken in, and says what it said."""
    before = {
        name: text.model_dump() for name, text in load_item_texts(MODULE, "ar", whole_course.root).items()
    }
    done = whole_course.run("item", "import", texts_sheet.path, "--module", MODULE, "--lang", "ar")
    assert done.returncode == 0, done.fault
    load_item_texts.cache_clear()
    after = {
        name: text.model_dump() for name, text in load_item_texts(MODULE, "ar", whole_course.root).items()
    }
    assert after == before


def test_one_item_is_replaced_and_the_rest_of_the_file_stays(whole_course, texts_sheet):
    """With the comments between the other entries, byte by byte."""
    text = whole_course.arabic.read_text().replace("  garden-many:", "  # About plants.\n  garden-many:")
    whole_course.arabic.write_text(text)
    for (name, _), row in texts_sheet.rows.items():
        if name == "garden-one":
            row[4].value = f"{row[4].value} ."
        else:
            row[4].value = None
    texts_sheet.save()
    done = whole_course.run("item", "import", texts_sheet.path, "--module", MODULE, "--lang", "ar")
    assert done.stdout == "Translated: garden-one.\n"
    after = whole_course.arabic.read_text()
    assert after.split("# About plants.")[1] == text.split("# About plants.")[1]
    load_item_texts.cache_clear()
    assert load_item_texts(MODULE, "ar", whole_course.root)["garden-one"].stem.endswith(" .")


def test_a_first_translation_makes_the_file(whole_course, tmp_path):
    """French had none."""
    path = tmp_path / "french.xlsx"
    whole_course.run("item", "sheet", "--out", path, "--module", MODULE, "--lang", "fr")
    book = load_workbook(path)
    for row in book["texts"].iter_rows(min_row=2):
        if row[0].value == "garden-many":
            row[4].value = f"Français : {row[2].value}"
    book.save(path)
    done = whole_course.run("item", "import", path, "--module", MODULE, "--lang", "fr")
    assert done.stdout == "Translated: garden-many.\n", done.fault
    assert load_item_texts(MODULE, "fr", whole_course.root)["garden-many"].stem == "Français : stem"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda rows: setattr(rows["garden-one", "stem"][1], "value", 7),
            "the sheet has revision 7, the item 1",
        ),
        (lambda rows: setattr(rows["garden-one", "stem"][4], "value", None), "not translated, others"),
        (lambda rows: setattr(rows["garden-one", "stem"][2], "value", "key"), "no text 'key'"),
        (lambda rows: setattr(rows["garden-one", "stem"][0], "value", "garden-two"), "no item 'garden-two'"),
        (lambda rows: setattr(rows["garden-one", "stem"][0], "value", "garden-many"), "no text 'stem'|stem"),
        (lambda rows: setattr(rows["garden-gaps", "text"][4], "value", "بلا فراغ"), "write {season} once"),
        (lambda rows: setattr(rows["garden-one", "stem"][4], "value", "=A1"), "holds a formula"),
    ],
    ids=["stale", "half", "field", "id", "moved", "gaps", "formula"],
)
def test_a_doubtful_translation_is_named_and_nothing_is_written(whole_course, texts_sheet, change, said):
    """Its row, what is wrong, what to do."""
    before = whole_course.arabic.read_bytes()
    change(texts_sheet.rows)
    texts_sheet.save()
    done = whole_course.run("item", "import", texts_sheet.path, "--module", MODULE, "--lang", "ar")
    assert isinstance(done.fault, ContentError)
    assert re.search(said, str(done.fault))
    assert "row " in str(done.fault)
    assert whole_course.arabic.read_bytes() == before


# A look at it ------------------------------------------------------------------------------------------


def test_a_preview_is_one_file_that_needs_nothing_else(course):
    """In the language that was asked for; the path alone is printed."""
    done = course.run("item", "preview", "garden-one", "--lang", "ar", "--path-only")
    page = Path(done.stdout.strip()).read_text(encoding="utf-8")
    assert '<html lang="ar" dir="rtl">' in page
    assert load_item_texts(MODULE, "ar", course.root)["garden-one"].stem.split("A/GARDEN")[0] in page
    assert not re.search(r"""(src|href)=["']?https?:""", page)


def test_a_preview_opens_in_the_browser(course, monkeypatch):
    """Unless only the path was asked for."""
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    course.run("item", "preview", "garden-one", "--path-only")
    assert opened == []
    done = course.run("item", "preview", "garden-one")
    assert opened == [Path(done.stdout.strip()).as_uri()]


def test_a_sheet_can_be_seen_before_it_is_imported(course, tmp_path):
    """All its items on one page; nothing is written."""
    before = course.items.read_bytes()
    sheet = xlsx(tmp_path / "new.xlsx", EXAMPLES)
    done = course.run("item", "preview", sheet, "--module", MODULE, "--path-only")
    page = Path(done.stdout.strip()).read_text(encoding="utf-8")
    payload = re.search(r'data-course="payload">(.*?)</script>', page, re.DOTALL)[1]
    assert [item["kind"] for item in json.loads(payload)["items"]] == list(IN_SHEETS)
    assert course.items.read_bytes() == before


def test_a_template_that_is_not_finished_says_what_is_missing(course):
    """Instead of a page; other items can be seen all the same."""
    identifier, _, _ = new_item(MODULE, "cloze", course.root)
    done = course.run("item", "preview", identifier, "--path-only")
    assert f"{identifier}: stem: it is empty. Fill in `stem:`." in str(done.fault)
    assert course.run("item", "preview", "garden-many", "--path-only").returncode == 0


def test_a_sheet_is_read_as_a_person_sees_it(tmp_path):
    """Places in messages are those of the spreadsheet, beyond column Z too."""
    sheet = read_sheet(xlsx(tmp_path / "new.xlsx", [ONE]), "items")
    assert sheet.place(2, "id") == "new.xlsx, sheet items, row 2, column A (id)"
    assert sheet.place(9, HEADS[27]).endswith(f"column AB ({HEADS[27]})")
