"""The model reports pass the check that they teach; their gaps are gaps, and what is invented says so."""

from __future__ import annotations

import zipfile
from datetime import date

import pytest
from typer.testing import CliRunner

from course.cli import app
from course.errors import CourseError
from course.facts import country, documents, parse_symbol
from course.report import Setting, check_draft, count_words, load_report, read_draft
from course.report.models import (
    FAULTY,
    MODELS,
    list_models,
    load_faults,
    load_model,
    model_notes,
    model_pieces,
    write_model,
)
from course.report.writing.outline import outline
from course.texts import text

TODAY = date(2026, 11, 23)
INVENTED = {"en": "invented", "fr": "invent", "ar": "متخيل"}


@pytest.fixture(scope="module", params=list_models())
def name(request):
    """Each model by name."""
    return request.param


@pytest.fixture(scope="module")
def written(name, tmp_path_factory):
    """The whole model as .docx, read again."""
    return read_draft(write_model(name, tmp_path_factory.mktemp("model") / f"{name}.docx"))


def findings(draft, report, *, final):
    """What the check says of a draft, for the body and stage of its report."""
    setting = Setting(report.body, report.stage, TODAY, joint=report.joint, final=final)
    return check_draft(draft, setting)


def test_there_is_one_for_each_of_three_bodies_and_languages():
    """Rights of the child in English, of women in French, of persons with disabilities in Arabic."""
    made = {(load_model(one).body, load_model(one).language) for one in list_models()}
    assert made == {("CRC", "en"), ("CEDAW", "fr"), ("CRPD", "ar")}


def test_the_whole_model_passes_its_own_check_as_the_final_text(name, written):
    """No error; open are only rules that nobody confirmed; one warning: Arabic alone."""
    found = findings(written, load_model(name), final=True)
    warned = {(one.severity, one.code) for one in found if one.severity in ("error", "warning")}
    assert warned == ({("warning", "LNG002")} if load_model(name).language == "ar" else set())
    assert not any(one.rule.decides for one in found if one.severity == "not-checked")


def test_the_model_is_as_long_as_a_real_one_and_within_every_limit(written):
    """Between 1,700 and 2,900 words with its notes; the strictest limit is 3,300."""
    assert 1_700 <= count_words(written).with_notes <= 2_900


def test_the_first_words_say_that_it_is_invented(name, written):
    """On the first page, and in the file itself."""
    assert written.blocks[0].text == text("document.invented", load_model(name).language)
    assert "invented for teaching" in (MODELS / name / "report.yml").read_text(encoding="utf-8")[:200].lower()


def test_every_source_and_author_is_called_invented(name):
    """Only documents of the United Nations are real, and they are called by their symbols."""
    report = load_model(name)
    told = [author.name for author in report.authors]
    told += [one.source for one in report.evidence if one.method != "un"]
    assert [words for words in told if INVENTED[report.language] not in words] == []
    symbols = [one.source.rsplit(" ", 1)[1] for one in report.evidence if one.method == "un"]
    assert all(symbol in {one.symbol for one in documents("MAR")} for symbol in symbols)


def test_every_earlier_recommendation_stands_in_the_courses_data(name):
    """Symbol and paragraph: somebody read them."""
    known = {(row.symbol, row.paragraph.split("(")[0]) for row in country("MAR").recommendations}
    cited = [one for part in load_model(name).sections for one in part.earlier]
    assert cited
    for one in cited:
        parse_symbol(one.symbol)
        assert (one.symbol, one.paragraph.split(" ")[0]) in known


def test_each_section_has_all_its_parts(name):
    """Standard, at least two facts with evidence, what they mean, two recommendations or three."""
    for part in load_model(name).sections:
        assert part.articles
        assert part.standard
        assert part.analysis
        assert len(part.claims) >= 2
        assert 2 <= len(part.demands) <= 3


def gaps(report):
    """How many texts of the document ask, and how many tell."""
    sign = text("guide.gap", report.language).split("{")[0]
    texts = [piece.text for piece in outline(report, unfinished=True)]
    return sum(sign in one for one in texts)


@pytest.mark.parametrize(("face", "least", "most"), [("full", 0, 0), ("half", 0.4, 0.6), ("blank", 1, 1)])
def test_a_face_fades_the_model(name, face, least, most):
    """Nothing asked, about half asked, all asked."""
    report = load_model(name, face)
    texts = [*report.priorities, report.summary, report.method, report.conclusion]
    for part in report.sections:
        texts += [part.standard, part.analysis, *(one.text for one in (*part.claims, *part.demands))]
    sign = text("guide.gap", report.language).split("{")[0]
    assert least <= sum(one.startswith(sign) for one in texts) / len(texts) <= most


def test_the_check_finds_every_gap(name, tmp_path):
    """A model with gaps that is sent as it is would be stopped."""
    draft = read_draft(write_model(name, tmp_path / "half.docx", "half"))
    found = [one for one in findings(draft, load_model(name), final=True) if one.code == "FMT007"]
    assert len(found) == gaps(load_model(name, "half"))
    assert {one.severity for one in found} == {"error"}


def test_a_face_to_work_on_is_a_report_again(name, tmp_path):
    """The learner fills in the report's own file."""
    path = write_model(name, tmp_path / "mine.yml", "blank")
    assert load_report(path) == load_model(name, "blank")


def test_every_note_stands_beside_its_part(name, tmp_path):
    """In the order of the text, in the page and in the document; and each note has a part."""
    notes = model_notes(name)
    shown = [piece.aside for piece in model_pieces(name, "annotated") if piece.aside]
    assert sorted(shown) == sorted(notes.values())
    page = write_model(name, tmp_path / "a.html", "annotated").read_text(encoding="utf-8")
    assert page.count('<aside class="aside">') == len(notes)
    with zipfile.ZipFile(write_model(name, tmp_path / "a.docx", "annotated")) as file:
        assert "word/comments.xml" not in file.namelist()  # LibreOffice would mix up the notes
        assert file.read("word/document.xml").decode().count("<w:shd ") >= len(notes)


@pytest.mark.parametrize("fault", load_faults(), ids=lambda one: one.code)
def test_a_planted_fault_is_found_where_it_was_planted(fault):
    """By its code, in the paragraph that holds the words."""
    draft = read_draft(FAULTY)
    (block,) = [one for one in draft.blocks if fault.at in one.text]
    found = check_draft(draft, Setting("CEDAW", "session", TODAY), select=[fault.code])
    assert block.place.paragraph in [one.place.paragraph for one in found if one.severity != "info"]


def test_the_faulty_draft_has_ten_faults_and_no_other():
    """What else is found there is worth a look at most, or part of a planted one."""
    planted = {fault.code for fault in load_faults()}
    assert len(planted) == 10
    found = check_draft(read_draft(FAULTY), Setting("CEDAW", "session", TODAY))
    assert {one.code for one in found if one.severity in ("error", "warning")} - planted == {"REC003"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("crx", "a.docx"), "there are cedaw, crc, crpd"),
        (("crc", "a.doc"), r"choose \.docx, \.html, \.yml"),
        (("crc", "a.yml", "annotated"), r"write it as \.docx or \.html"),
        (("crc", "a.html", "empty"), "it has full, half, blank, annotated"),
    ],
)
def test_a_wrong_wish_is_refused_in_words(tmp_path, arguments, said):
    """And nothing is written."""
    name, file, *face = arguments
    with pytest.raises(CourseError, match=said):
        write_model(name, tmp_path / file, *face)
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_a_model_and_nothing_over_a_file(tmp_path):
    """The first call writes, the second refuses."""
    path = tmp_path / "model.html"
    call = ["report", "model", "crc", "--face", "annotated", "--out", str(path)]
    assert CliRunner().invoke(app, call).exit_code == 0
    again = CliRunner().invoke(app, call)
    assert isinstance(again.exception, CourseError)
