"""The form of a report: one field at a time, nothing confirmed is lost, nothing private is shown."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from typer.testing import CliRunner

from course.cli import app
from course.errors import CourseError
from course.files import PACKAGE_ROOT, find_root
from course.quizzes.html import page_html
from course.report import count_words, load_report, read_draft, save_report, start_report, write_report
from course.report.compose.budget import limit_of, word_budget
from course.report.compose.fields import FIELDS, is_place
from course.report.compose.filling import EntryError, entries_of, keep_entry, keep_new, with_entry
from course.report.compose.form import report_form
from course.report.compose.form_data import form_payload, limit_data
from course.report.compose.model import Report
from course.report.compose.unfinished import blanks, orphan_demands
from course.report.writing import outline
from course.report.writing.statement import PACE
from course.texts import LANGUAGES, section
from course.work import open_work
from course.work.outline import load_outline
from tests.report.reports import write

BEGIN = {"body": "CEDAW", "country": "MAR", "stage": "session", "language": "en"}


@pytest.fixture
def report(tmp_path):
    """The sample report."""
    return load_report(write(tmp_path))


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A learner's own folder with nothing in it."""
    folder = tmp_path / "mine"
    monkeypatch.setenv("COURSE_WORK", str(folder / "my-work.db"))
    return folder


def pass_safety():
    """The learner passes the safety check whole."""
    check = load_outline(find_root()).safety
    for item, revision in check.items.items():
        open_work().record_response(
            quiz=check.quiz,
            item=item,
            revision=revision,
            objective="",
            language="en",
            response="x",
            score=1.0,
        )


def send(page, place, value):
    """What Python answers when the page sends one field."""
    answers = []
    entry = {"response": value, "at": f"2026-01-01T00:00:00.000Z {place}"}
    page.receive({"type": "response", "id": place, "entry": entry}, answers.append)
    return answers[0] if answers else None


def act(page, name, *value):
    """What Python answers to an action."""
    answers = []
    page.receive({"type": "action", "name": name, **({"value": value[0]} if value else {})}, answers.append)
    return answers[0]


def test_a_report_is_its_fields_and_its_fields_are_the_report(report):
    """Typed field by field into a new report, the sample comes out again, whole."""
    new = start_report("CRC", "MAR", "session").model_copy(update={"id": report.id, "invented": True})
    for place, value in entries_of(report).items():
        assert is_place(place), place
        new = with_entry(new, place, value)
    assert new == report


def test_the_form_asks_for_everything_that_a_report_holds():
    """A field that is added to the model without one in the form is found here."""
    asked = {field.place.split(".")[0] for field in FIELDS}
    assert set(Report.model_fields) - {"version", "id", "invented", "segments"} == asked


def test_what_is_taken_out_is_named_nowhere_any_more(report):
    """Evidence goes from its claims, an association from its section, a section with all in it."""
    without = with_entry(report, "evidence.count", False)
    assert without.sections[0].claims[0].evidence == ("talk",)
    assert with_entry(report, "authors.valley", False).sections[0].member is None
    assert [one.id for one in with_entry(report, "sections.bus", False).sections] == ["home"]
    with pytest.raises(EntryError, match="taken out on another page"):
        with_entry(without, "evidence.count.source", "Too late")


def test_sections_are_put_in_order_without_losing_one(report):
    """An order that does not know a section leaves it at the end."""
    assert [one.id for one in with_entry(report, "sections", ["home"]).sections] == ["home", "bus"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_value_that_does_not_fit_is_refused_in_one_sentence(tmp_path, lang):
    """In the language of the form; the file stays as it was."""
    path = write(tmp_path)
    before = path.read_bytes()
    for place, value, said in (
        ("evidence.count.date", "June", "wrong-date"),
        ("sections.bus.sdg", ["4"], "wrong-sdg"),
        ("sections.bus.words", 0, "wrong-words"),
        ("authors.valley.agreed", "yesterday", "wrong-agreed"),
    ):
        with pytest.raises(EntryError) as refused:
            keep_entry(path, place, value, lang)
        assert str(refused.value) == section("compose", lang)[said]
    with pytest.raises(EntryError):
        keep_entry(path, "summary", "long " * 5000, lang)
    assert path.read_bytes() == before


def test_two_pages_that_write_at_once_lose_nothing(tmp_path):
    """Every field that was confirmed stands in the file, whoever wrote it."""
    path = tmp_path / "report.yml"
    keep_new(path, start_report("CRC", "MAR", "session"))
    keep_entry(path, "evidence.one", True)
    keep_entry(path, "evidence.two", True)
    texts = {
        f"evidence.{row}.{name}": f"{row} {name}"
        for row in ("one", "two")
        for name in ("source", "place", "note")
    }

    with ThreadPoolExecutor(2) as pages:
        list(pages.map(lambda one: keep_entry(path, *one), texts.items()))

    kept = entries_of(load_report(path))
    assert {place: kept[place] for place in texts} == texts


def test_the_live_page_begins_keeps_and_goes_on(mine):
    """A report begins once; each field is in the file as soon as it is confirmed, and there again later."""
    page = report_form()
    assert not (mine / "report.yml").exists()
    assert act(page, "begin", BEGIN)["messages"] == []
    assert send(page, "sections.s-1", True)["type"] == "saved"
    assert send(page, "sections.s-1.heading", "Schooling")["type"] == "saved"
    assert load_report(mine / "report.yml").sections[0].heading == "Schooling"
    assert report_form().responses["sections.s-1.heading"]["response"] == "Schooling"
    again = act(page, "begin", BEGIN)
    assert again["messages"][0]["text"] == section("compose", "en")["there-is-one"]
    assert send(page, "sections.s-1.kind", "x") is None


def test_evidence_waits_for_the_safety_check(mine):
    """Python refuses it, whatever the page shows; everything else may be written."""
    page = report_form()
    act(page, "begin", BEGIN)
    assert page.live["gate"]["passed"] is False
    refused = send(page, "evidence.e-1", True)
    assert refused["type"] == "not-saved"
    assert refused["text"] == section("start", "en")["gate"]
    assert load_report(mine / "report.yml").evidence == ()
    pass_safety()
    assert send(report_form(), "evidence.e-1", True)["type"] == "saved"


def test_who_erases_my_work_erases_the_report(mine):
    """The private notes most of all; only what is sealed stays."""
    act(report_form(), "begin", BEGIN)
    (mine / "report.yml.age").write_bytes(b"sealed")
    (mine / "report-decisions.jsonl").write_text("", encoding="utf-8")
    open_work().erase()
    assert [path.name for path in mine.iterdir() if path.suffix not in (".lock",)] == ["report.yml.age"]


def test_a_damaged_or_sealed_report_is_said_not_replaced(mine):
    """The line of the fault, or the command that opens it; the file is not touched."""
    mine.mkdir()
    (mine / "report.yml").write_text("version: 1\nid: mine\nbody: [CRC\n", encoding="utf-8")
    page = report_form()
    assert "report.yml:" in page.live["trouble"]
    assert "report.yml:" in send(page, "summary", "x")["text"]
    (mine / "report.yml").rename(mine / "report.yml.age")
    assert "course report open report.yml.age" in report_form().live["trouble"]
    assert not (mine / "report.yml").exists()


def test_the_static_page_holds_nothing_of_the_learner(mine, report):
    """It is the same for everyone, and without JavaScript it can be filled in by hand."""
    empty = page_html(report_form().payload)
    mine.mkdir()
    save_report(mine / "report.yml", report)
    html = page_html(report_form().payload)
    assert html == empty
    plain = html.partition("<script")[0]
    assert "Private note" not in plain  # evidence waits for the safety check on paper too
    assert plain.count('class="cq-blank"') > 30


def test_what_a_browser_saves_is_read_as_a_report(tmp_path, report):
    """JSON is YAML: the file of the static page needs no import."""
    path = tmp_path / "saved.yml"
    path.write_text(json.dumps(report.model_dump(mode="json", exclude_defaults=True)), encoding="utf-8")
    assert load_report(path) == report


def test_the_limit_says_where_it_is_from_and_how_sure_it_is():
    """A confirmed one, one that is only recalled, one in pages, and none."""
    sure = limit_data("CEDAW", "session", "en", joint=False)
    assert (sure["words"], sure["notes"]) == (3300, True)
    assert "cedaw.iwraw-ap.org" in sure["text"]
    assert "NOT CHECKED" not in sure["text"]
    recalled = limit_data("CRPD", "session", "en", joint=False)
    assert recalled["words"] == 10_700
    assert "NOT CHECKED" in recalled["text"]
    pages = limit_data("CESCR", "session", "en", joint=False)
    assert pages["words"] is None
    assert section("compose", "en")["limit-pages"] in pages["text"]
    assert limit_data("CERD", "session", "ar", joint=False)["text"] == section("compose", "ar")["limit-none"]
    assert limit_of("CEDAW", "session", joint=True).words == 6600


def test_the_estimate_is_close_to_the_finished_document(tmp_path):
    """On the whole models: what is shown while writing is what the document has, give or take 1.5 %."""
    for path in sorted((PACKAGE_ROOT / "course/data/report/models").glob("*/report.yml")):
        model = load_report(path)
        planned = word_budget(model, None)
        written = count_words(read_draft(write_report(model, tmp_path / f"{model.id}.docx")))
        assert planned.words == pytest.approx(written.body, rel=0.015)
        assert planned.words + planned.notes == pytest.approx(written.with_notes, rel=0.015)


def test_notes_are_counted_where_the_limit_counts_them(report):
    """Source, method, date: the words of the note of each claim that cites usable evidence."""
    alone = word_budget(report, 3300)
    together = word_budget(report, 3300, with_notes=True)
    assert alone.notes == 9  # Count of the network, our own count, June 2026
    assert together.counted - alone.counted == alone.notes
    assert together.left == alone.left - alone.notes


def test_evidence_that_is_half_noted_may_not_be_cited(report):
    """Without a source, a date, a method or consent it carries no claim."""
    for name in ("source", "date", "method", "consent"):
        half = with_entry(report, f"evidence.count.{name}", "")
        assert not half.evidence[0].usable


def test_blanks_stop_the_document_and_are_lines_in_an_unfinished_copy(report):
    """A section that was only added, a claim without words."""
    new = with_entry(with_entry(report, "sections.s-3", True), "sections.s-3.claims.c-1", True)
    assert blanks(new) == ("section s-3: heading", "claim c-1: text")
    with pytest.raises(CourseError, match="still empty: section s-3: heading"):
        outline(new)
    assert "____" in [piece.text for piece in outline(new, unfinished=True)]


def test_a_recommendation_in_a_section_without_a_fact_is_open(report):
    """The reader cannot see what it rests on."""
    assert [demand.id for _, demand in orphan_demands(report)] == ["train"]


def test_the_model_leaves_room_for_coalitions_and_translations(report, tmp_path):
    """Each section has its holder and its words; segments pair a text with its translation."""
    data = report.model_dump(mode="json")
    data["segments"] = [{"id": "s-1", "source": "School", "target": "École"}, {"id": "s-2", "source": "Bus"}]
    data["sections"][1] |= {"member": "silent", "words": 300}
    path = tmp_path / "coalition.yml"
    save_report(path, Report.model_validate(data))
    again = load_report(path)
    assert {section_.id: (section_.member, section_.words) for section_ in again.sections} == {
        "bus": ("valley", 500),
        "home": ("silent", 300),
    }
    assert [(one.source, one.target) for one in again.segments] == [("School", "École"), ("Bus", "")]
    assert with_entry(again, "summary", "New").segments == again.segments


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_speaks_each_language(lang):
    """Every field that is drawn has its words, and every choice."""
    for item in form_payload(lang)["items"]:
        assert item["stem"] or item["kind"] in ("row", "order"), item["id"]
        assert all(choice["text"] for choice in item["choices"])


def test_the_command_measures_a_report(tmp_path):
    """Shares, evidence, what is open; 1 since something is; the same as JSON."""
    path = write(tmp_path)
    said = CliRunner().invoke(app, ["report", "budget", str(path)])
    assert said.exit_code == 1
    assert "Education. This part: 54 of 500." in said.output
    assert "NOT CHECKED" in said.output
    plain = CliRunner().invoke(app, ["report", "budget", str(path), "--format", "json"])
    found = json.loads(plain.output)
    assert found["evidence"] == {"interview": 1, "own-count": 1}
    assert [one["id"] for one in found["open"]] == ["without", "secret", "train"]
    model = PACKAGE_ROOT / "course/data/report/models/crc/report.yml"
    assert CliRunner().invoke(app, ["report", "budget", str(model)]).exit_code == 0


def test_the_command_times_what_is_read_aloud(tmp_path):
    """By the pace of the language, against the minutes that were given."""
    path = tmp_path / "statement.md"
    path.write_text("# Not said\n\n" + "word " * 240 + "\n", encoding="utf-8")
    said = CliRunner().invoke(app, ["report", "time", str(path), "--minutes", "1", "--format", "json"])
    assert said.exit_code == 1
    assert json.loads(said.output) == {
        "words": 240,
        "pace": PACE["en"],
        "seconds": 240 * 60 // PACE["en"],
        "allowed": 60,
        "over": 240 * 60 // PACE["en"] - 60,
    }
    assert (
        CliRunner().invoke(app, ["report", "time", str(path), "--lang", "ar", "--pace", "300"]).exit_code == 0
    )
