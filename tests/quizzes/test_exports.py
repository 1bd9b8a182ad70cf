"""Exports: independent readers find every question as its author wrote it, and losses are said."""

from __future__ import annotations

import json
import os
import re
import shutil
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from course.cli import app
from course.content import load_item_texts, load_items
from course.quizzes.exports import ExportFormat, export_module
from course.quizzes.exports.preview import preview_html
from course.quizzes.payload import item_payload
from tests.quizzes import gift_reader
from tests.quizzes.exported import (
    expected,
    from_gift_pegjs,
    from_moodle_xml,
    from_pygiftparser,
    plain,
)

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Path(__file__).with_name("sample")
BANKS = [
    pytest.param(root, module, lang, id=f"{module}-{lang}")
    for root, module in ((ROOT, "00-start"), (ROOT, "03-treaty-bodies"), (SAMPLE, "01-garden"))
    for lang in ("en", "ar")
]
each_bank = pytest.mark.parametrize(("root", "module", "lang"), BANKS)


@cache
def payloads(root, module, lang):
    """Every item of a module, as its page shows it."""
    texts = load_item_texts(module, lang, root)
    return [item_payload(item, texts.get(name), lang) for name, item in load_items(module, root).items()]


@cache
def exported(root, module, lang, form):
    """The file of one bank."""
    return export_module(module, ExportFormat(form), lang, root)


def wanted(root, module, lang, *, native):
    """What must be in the file."""
    return {
        name: question
        for payload in payloads(root, module, lang)
        for name, question in expected(payload, native=native).items()
    }


@pytest.fixture(scope="module")
def gift_pegjs():
    """The independent reader from npm; where it cannot be had the test is left out by name."""
    if not gift_reader.is_installed():
        if os.environ.get("CI"):
            pytest.fail("gift-pegjs is not installed, and on CI no test may be left out")
        pytest.skip("gift-pegjs is not installed; `python3 start.py test` installs it, once, online")
    return gift_reader.read_gift


@each_bank
def test_gift_pegjs_reads_every_question_of_a_bank(root, module, lang, gift_pegjs):
    """Kinds, keys, weights, feedback, Arabic and its direction are those of the items."""
    read = from_gift_pegjs(gift_pegjs(exported(root, module, lang, "gift").text))
    assert read == wanted(root, module, lang, native=False)


@each_bank
def test_pygiftparser_reads_every_question_of_a_bank(root, module, lang):
    """The same, by another reader; what it cannot read is the answer for any other number."""
    questions = wanted(root, module, lang, native=False)
    known = {
        name: question.__class__(
            **{**vars(question), "answers": tuple(a for a in question.answers if a[0] != "*")}
        )
        if question.kind == "number"
        else question
        for name, question in questions.items()
    }
    assert from_pygiftparser(exported(root, module, lang, "gift").text) == known


@each_bank
def test_moodle_xml_holds_every_question_of_a_bank(root, module, lang):
    """Orders and gaps stay what they are; units, hints and tags are there as well."""
    text = exported(root, module, lang, "moodle").text
    assert from_moodle_xml(text) == wanted(root, module, lang, native=True)
    for payload in payloads(root, module, lang):
        question = text.split(f"<idnumber>{payload['id']}</idnumber>")[1].split("</question>")[0]
        hints = re.findall(r'<hint format="html">\s*<text>(.*?)</text>', question, re.DOTALL)
        assert [plain(plain(hint)) for hint in hints] == payload["hints"]
        assert f"<text>{payload['objective']}</text>" in question
        if payload["kind"] == "numeric":
            assert f"<unit_name>{payload['unit']}</unit_name>" in question


# Nothing is dropped in silence -----------------------------------------------------------------

# Where a field of an item is listed under another name.
FIELD_OF = {"source": "general feedback", "feedback": "feedback of choices"}


def words_of(payload, path=()):
    """Every text that an author wrote, with the name of its field."""
    structure = {"id", "kind", "lang", "dir", "objective", "key", "extract", "given", "revision"}
    if isinstance(payload, dict):
        for name, value in payload.items():
            if name not in structure:
                yield from words_of(value, (*path, name))
    elif isinstance(payload, list):
        for value in payload:
            yield from words_of(value, path)
    elif isinstance(payload, str) and payload:
        yield path, payload


def everything_said(text, form):
    """All the words of a file, without its notation."""
    if form == "jupyterquiz":
        shown = [{k: v for k, v in entry.items() if k != "course"} for entry in json.loads(text)]
        text = json.dumps(shown, ensure_ascii=False).replace('\\"', '"')
    if form == "moodle":
        text = " ".join(ElementTree.fromstring(text).itertext())
    if form == "gift":
        text = re.sub(r"\\([~=#{}:\\])", r"\1", text)
    return re.sub(r"\s+", " ", plain(plain(plain(text))))


@pytest.mark.parametrize("form", list(ExportFormat))
@each_bank
def test_each_word_is_in_the_file_or_listed(root, module, lang, form):
    """Every text of every item is found in the file, or a loss names its item and its field."""
    made = exported(root, module, lang, str(form))
    said = everything_said(made.text, form)
    listed = {(loss.item, loss.field) for loss in made.losses}
    silent = []
    for payload in payloads(root, module, lang):
        if payload["id"] == "garden-hostile":
            continue  # its texts are markup: the readers above compare them sign by sign
        for path, words in words_of(payload):
            pieces = re.split(r"\{[\w-]+\}", words) if path == ("text",) else [words]
            there = all(re.sub(r"\s+", " ", piece).strip() in said for piece in pieces)
            fields = {FIELD_OF.get(part, part) for part in path}
            if not there and not any((payload["id"], field) in listed for field in fields):
                silent.append((payload["id"], path, words))
    assert silent == []


def test_what_each_format_cannot_hold_is_known():
    """The sample has an item of each kind: its losses are these, by item, field and what became of it."""
    losses = {
        form: {
            (loss.item, loss.field, loss.change) for loss in exported(SAMPLE, "01-garden", "en", form).losses
        }
        for form in ("gift", "moodle")
    }
    in_both = {
        ("garden-chain", "feedback of choices", "moved"),
        ("garden-chain", "kind", "changed"),
        ("garden-day", "kind", "changed"),
        ("garden-hunt", "comparison", "changed"),
        ("garden-match", "feedback of choices", "moved"),
        ("garden-paragraphs", "kind", "changed"),
        ("garden-sort", "credit", "changed"),
        ("garden-sort", "feedback of choices", "moved"),
        ("garden-sort", "kind", "changed"),
        ("garden-word", "comparison", "changed"),
    }
    assert losses["moodle"] == in_both | {("garden-order", "credit", "changed")}
    hinted = {p["id"] for p in payloads(SAMPLE, "01-garden", "en") if p["hints"]}
    assert losses["gift"] == in_both | {(name, "hints", "left out") for name in hinted} | {
        ("garden-gaps", "kind", "changed"),
        ("garden-hunt", "extract", "left out"),
        ("garden-hunt", "kind", "changed"),
        ("garden-number", "unit", "moved"),
        ("garden-order", "feedback of choices", "moved"),
        ("garden-order", "kind", "changed"),
        ("garden-paragraphs", "order of choices", "left out"),
    }


@pytest.fixture
def course_of(tmp_path):
    """A private copy of the sample, whose items may be changed."""
    root = tmp_path / "course"
    shutil.copytree(SAMPLE, root)

    def change(old, new):
        items = root / "modules" / "01-garden" / "items.yml"
        before = items.read_text(encoding="utf-8")
        assert old in before
        items.write_text(before.replace(old, new), encoding="utf-8")
        return root

    return change


def test_a_credit_that_moodle_does_not_know_is_changed_and_listed(course_of):
    """0.55 is none of Moodle's fractions: the file would be refused whole."""
    root = course_of(
        "You counted a month of 30 days. Four weeks are 28 days., credit: 0.5", "Nearly., credit: 0.57"
    )
    made = export_module("01-garden", ExportFormat.MOODLE, "en", root)
    assert ("garden-number", "credit", "changed") in {(x.item, x.field, x.change) for x in made.losses}
    weights = [answer[1] for answer in from_moodle_xml(made.text)["garden-number"].answers]
    assert sorted(weights) == [0, 60, 100]


def test_signs_that_would_be_read_as_notation_are_kept_as_signs(course_of, gift_pegjs):
    """In a short text an asterisk is no wildcard, and an arrow makes no pair of it."""
    root = course_of('values: ["A/GARDEN/12"', 'values: ["A*B -> {C} = ~D: #1", "A/GARDEN/12"')
    made = export_module("01-garden", ExportFormat.GIFT, "en", root)
    read = from_gift_pegjs(gift_pegjs(made.text))["garden-word"]
    assert ("A\\*B → {C} = ~D: #1", 100.0) in {answer[:2] for answer in read.answers}
    assert ("garden-word", "answer", "changed") in {(x.item, x.field, x.change) for x in made.losses}
    xml = from_moodle_xml(export_module("01-garden", ExportFormat.MOODLE, "en", root).text)
    assert "A\\*B -> {C} = ~D: #1" in {answer[0] for answer in xml["garden-word"].answers}


def test_signs_of_a_gap_are_kept_as_signs(course_of):
    """Moodle's notation for gaps stands in the text: what ends an answer there must not end ours."""
    signs = "a~b}c#d {e} \\f & <g>"
    root = course_of("spring: {text: spring,", f"spring: {{text: {json.dumps(signs)},")
    made = export_module("01-garden", ExportFormat.MOODLE, "en", root)
    answers = from_moodle_xml(made.text)["garden-gaps"].answers
    assert (f"0|{signs}", 100.0, "The soil is warm enough in spring.") in answers


@each_bank
def test_the_key_stands_first_where_answers_are_written(root, module, lang):
    """Moodle takes the first answer that fits, ours the key: a near miss must not come before it."""
    quiz = ElementTree.fromstring(exported(root, module, lang, "moodle").text)
    typed = [q for q in quiz.iter("question") if q.get("type") in ("numerical", "shortanswer")]
    assert {question.find("answer").get("fraction") for question in typed} == {"100"}


def test_both_ends_of_a_tolerance_count():
    """jupyterquiz leaves out the upper end of a range: the range must reach beyond ours."""
    document = json.loads(exported(SAMPLE, "01-garden", "en", "jupyterquiz").text)
    (number,) = [entry for entry in document if entry["course"]["id"] == "garden-number"]
    low, high = number["answers"][0]["range"]
    assert low == 335.5
    assert 336.5 < high < 336.51


def test_a_question_that_is_not_translated_says_so():
    """It is in the file in English, marked as English, and listed."""
    made = exported(ROOT, "03-treaty-bodies", "ar", "moodle")
    left = {loss.item for loss in made.losses if loss.field == "language"}
    english = {p["id"] for p in payloads(ROOT, "03-treaty-bodies", "ar") if p["lang"] == "en"}
    assert left == english


def test_the_same_items_make_the_same_file():
    """So that a second import can be compared with the first."""
    again = export_module("01-garden", ExportFormat.MOODLE, "ar", SAMPLE).text
    assert again == exported(SAMPLE, "01-garden", "ar", "moodle").text


# jupyterquiz draws its file -----------------------------------------------------------------------


def quiz_page(document):
    """A page with jupyterquiz's own script, which draws the questions of a file."""
    import jupyterquiz

    scripts = Path(jupyterquiz.__file__).parent / "js"
    names = ("helpers.js", "multiple_choice.js", "numeric.js", "string.js", "show_questions.js")
    code = "\n".join((scripts / name).read_text(encoding="utf-8") for name in names)
    inside = document.replace("</", "<\\u002f")
    return (
        '<meta charset="utf-8"><div id="quiz" data-shufflequestions="False" data-shuffleanswers="False" '
        f'data-preserveresponses="false" data-numquestions="9999" data-maxwidth="600"></div><script>{code}\n'
        f"show_questions({inside}, 'quiz');</script>"
    )


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_jupyterquiz_draws_every_question_and_judges_as_we_do(offline_page, tmp_path, lang):
    """Each right answer is judged right and each wrong one wrong, with our words, by its own script."""
    made = exported(SAMPLE, "01-garden", lang, "jupyterquiz")
    page_file = tmp_path / "quiz.html"
    page_file.write_text(quiz_page(made.text), encoding="utf-8")
    offline_page.goto(page_file.as_uri())
    document = json.loads(made.text)
    quizzes = offline_page.locator(".Quiz")
    assert quizzes.count() == len(document)
    judged = offline_page.evaluate(JUDGE, document)
    wrong = [
        entry for entry in judged if entry["said"] != entry["wanted"] or entry["right"] != entry["correct"]
    ]
    assert wrong == []
    assert len(judged) > 40
    stems = offline_page.locator("[id^=quizQn] > div")
    shown = {stem.get_attribute("dir") for stem in stems.all()}
    assert shown == ({"ltr"} if lang == "en" else {"rtl", "ltr"} if untranslated() else {"rtl"})


def untranslated():
    """Whether an item of the sample has no Arabic."""
    return any(p["lang"] == "en" for p in payloads(SAMPLE, "01-garden", "ar"))


# Answers every question of the page in each way that the file knows, and reads what its script says.
JUDGE = """document_ => {
  const seen = html => { const d = document.createElement("div"); d.innerHTML = html; return d.textContent; };
  const found = [];
  document.querySelectorAll(".Quiz").forEach((quiz, place) => {
    const entry = document_[place], box = quiz.querySelector("input.Input-text");
    const told = () => quiz.querySelector(".Feedback");
    entry.answers.forEach((answer, index) => {
      if (box) {
        const other = entry.type === "numeric" ? "-12345" : "nothing of this";
        box.value = answer.type === "default" ? other : answer.range ? answer.range[0] : answer.answer;
        const done = new KeyboardEvent("keyup", {keyCode: 13, bubbles: true});
        (box.onkeyup || box.onkeydown || box.onkeypress).call(box, done);
      } else {
        quiz.querySelectorAll("label")[index].querySelector("span").click();
      }
      const said = told().textContent.replace(/ \\[\\d+\\/\\d+\\]$/, "");
      found.push({id: entry.course.id, said, wanted: seen(answer.feedback),
        right: told().classList.contains("correct"), correct: Boolean(answer.correct)});
    });
  });
  return found;
}"""


@pytest.mark.browser
def test_a_preview_is_drawn_with_no_network(offline_page, tmp_path):
    """Opened from the disk it shows every item, in order, as the course's own pages do."""
    items = list(load_items("01-garden", SAMPLE).values())
    page_file = tmp_path / "preview.html"
    page_file.write_text(
        preview_html(items, load_item_texts("01-garden", "ar", SAMPLE), "ar"), encoding="utf-8"
    )
    offline_page.goto(page_file.as_uri())
    offline_page.wait_for_selector(".course-quiz input")
    drawn = offline_page.locator(".course-quiz").inner_text()
    assert load_item_texts("01-garden", "ar", SAMPLE)["garden-chain"].stem in drawn
    assert (offline_page.outside_requests, offline_page.problems) == ([], [])


# The command ------------------------------------------------------------------------------------


@pytest.fixture
def export(tmp_path, monkeypatch):
    """`export("--format", "gift")`: the command in the sample course, in an empty folder."""
    monkeypatch.setenv("COURSE_ROOT", str(SAMPLE))
    monkeypatch.chdir(tmp_path)

    def run(*words):
        done = CliRunner().invoke(app, ["quiz", "export", *map(str, words)])
        return SimpleNamespace(
            returncode=done.exit_code, stdout=done.stdout, stderr=done.stderr, end=done.exception
        )

    return run


def test_the_command_writes_the_file_and_lists_each_loss(export, tmp_path):
    """A line an item and field; the exit status says that something is not as it was written."""
    done = export("01-garden", "--format", "gift")
    assert done.returncode == 1
    made = exported(SAMPLE, "01-garden", "en", "gift")
    assert (tmp_path / "01-garden.en.gift.txt").read_text(encoding="utf-8") == made.text
    assert done.stdout.splitlines()[:-1] == [str(loss) for loss in made.losses]
    assert "garden-day: hints left out: GIFT has no hints" in done.stdout


def test_the_list_of_losses_is_there_for_programs(export, tmp_path):
    """JSON alone on stdout; the sentence for people goes to stderr."""
    done = export("01-garden", "--format", "moodle", "--report", "json", "--out", tmp_path / "x.xml")
    losses = json.loads(done.stdout)
    assert {"item", "field", "change", "reason"} == set(losses[0])
    assert {loss["change"] for loss in losses} <= {"left out", "changed", "moved"}
    assert "x.xml" in done.stderr


def test_an_export_without_a_loss_ends_with_zero(export, course_of, monkeypatch):
    """One single choice with hints is held whole by Moodle XML."""
    root = course_of("items:\n", "items:\n")
    items = root / "modules" / "01-garden" / "items.yml"
    first = items.read_text(encoding="utf-8").split("  - id: garden-many")[0]
    items.write_text(first, encoding="utf-8")
    monkeypatch.setenv("COURSE_ROOT", str(root))
    done = export("01-garden", "--format", "moodle")
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)


def test_a_module_that_is_not_there_is_one_sentence(export):
    """It names the ones there are."""
    assert "01-garden" in str(export("02-nothing", "--format", "gift").end)
