"""The form of a report in a real browser: by keyboard alone, counted, kept, saved, printed; for everyone."""

from __future__ import annotations

import json

import pytest

import course
from course.report import load_report
from course.report.compose.budget import limit_of, word_budget
from course.report.compose.filling import entries_of
from course.report.compose.form import ReportPage
from course.report.compose.form_data import form_payload
from course.report.compose.unfinished import blanks, orphan_claims, orphan_demands
from course.work.outline import load_outline
from tests.browser.quiz_pages import kept_in_browser, open_page, press_until, write_page
from tests.browser.test_repair import overflow, violations
from tests.report.reports import write

pytestmark = pytest.mark.browser
KEPT = "course:report:mine"
FACT = "In 2025 no bus came to nine villages."
NOTE = "It lies in the blue folder."


@pytest.fixture
def address(tmp_path, monkeypatch):
    """The form as the book has it, for somebody whose own folder is empty."""
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "mine" / "my-work.db"))
    return write_page(tmp_path, course.report_form())


def at(place, inside="input, textarea, select"):
    """What is typed into at a place; `*` stands for the id of a row."""
    parts = place.split("*")
    ends = "".join(f'[data-field*="{part}"]' for part in parts[1:-1])
    return f':is([data-field^="{parts[0]}"][data-field$="{parts[-1]}"]{ends}) :is({inside})'


def type_in(tab, selector, text):
    """Reach a field by Tab, whichever way, and type."""
    press_until(tab, selector)
    tab.keyboard.type(text)
    tab.keyboard.press("Tab")


def press(tab, action):
    """Reach a button by Tab and press it."""
    press_until(tab, f'[data-action="{action}"]')
    tab.keyboard.press("Enter")


def unfold(tab, part):
    """Open a part by its heading."""
    press_until(tab, f'[data-part="{part}"] > summary')
    tab.keyboard.press("Enter")


def begin(tab):
    """A report to CEDAW before its session."""
    press_until(tab, "[data-choice=body]")
    tab.keyboard.type("CEDAW")
    press_until(tab, "[data-choice=stage]")
    tab.keyboard.type("review")
    press(tab, "begin")


def note_evidence(tab):
    """One piece of evidence, with a slip in its date, Arabic figures and a private note."""
    unfold(tab, "evidence")
    press(tab, "add-evidence")
    tab.keyboard.type("Count of nine village councils")
    type_in(tab, at("evidence.*.date"), "June")
    assert "2026-06" in tab.locator(at("evidence.*.date", ".cq-ask")).text_content()
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Control+A")
    tab.keyboard.type("٢٠٢٦-٠٦")
    type_in(tab, at("evidence.*.method"), "our own")
    type_in(tab, at("evidence.*.consent"), "Not needed")
    type_in(tab, at("evidence.*.note"), NOTE)


def open_points(tab):
    """The places that the overview lists as open."""
    return tab.locator("[data-point]").evaluate_all("nodes => nodes.map((node) => node.dataset.point)")


def words_of(tab, part):
    """The words of one row of the overview."""
    return int(tab.locator("[data-part=overview] tbody tr", has_text=part).locator("td").first.text_content())


def pass_safety(tab):
    """The safety check is passed whole in this browser."""
    check = load_outline().safety
    entry = {"response": "x", "score": 1, "at": "2026-01-01T00:00:00Z"}
    entries = {item: {**entry, "revision": revision} for item, revision in check.items.items()}
    tab.evaluate(
        "([key, text]) => localStorage.setItem(key, text)", [f"course:quiz:{check.quiz}", json.dumps(entries)]
    )


def test_a_report_grows_by_keyboard_and_travels_as_a_file(offline_page, address, tmp_path):
    """Begun, written, counted; its open points close one by one; a reload keeps it; Python reads the file."""
    tab = offline_page
    open_page(tab, address)
    begin(tab)
    unfold(tab, "evidence")
    assert tab.locator("[data-part=evidence] .cq-gate").get_attribute("data-closed") == "true"
    unfold(tab, "sections")
    press(tab, "add-sections")
    assert tab.evaluate("document.activeElement.closest('[data-field]').dataset.field").endswith(".heading")
    tab.keyboard.type("Schooling")
    type_in(tab, at("sections.*.articles"), "10, 31")
    assert "no article 31" in tab.locator(at("sections.*.articles", ".cq-ask")).text_content()
    press(tab, "add-claims")
    tab.keyboard.type(FACT)
    line = tab.locator(at("sections.*.text", ".cq-words"))
    left = 3300 - 9 - words_of(tab, "Cover")
    assert line.text_content() == f"Words here: 8. This part: 9 of {left + 9}. Left in all: {left}."
    claim = tab.evaluate("document.activeElement.closest('[data-row]').dataset.row")
    tab.keyboard.press("Tab")
    assert f"Left in all: {left}." in tab.locator(".course-quiz > [aria-live]").text_content()
    (section,) = [place.split(".")[1] for place in kept_in_browser(tab, KEPT) if place.endswith(".heading")]
    here = f"sections.{section}.claims.{claim}"
    assert open_points(tab) == ["priorities", f"{here}.evidence"]

    pass_safety(tab)
    open_page(tab, address)
    assert tab.locator(at("sections.*.text")).input_value() == FACT
    assert open_points(tab) == ["priorities", f"{here}.evidence"]
    note_evidence(tab)
    press_until(tab, f'[data-point="{here}.evidence"] button')
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.matches('input[type=checkbox]')")
    tab.keyboard.press("Space")
    assert open_points(tab) == ["priorities"]

    open_page(tab, address)
    assert open_points(tab) == ["priorities"]
    assert tab.locator(at("evidence.*.note")).input_value() == NOTE
    with tab.expect_download() as download:
        press(tab, "export")
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    report = load_report(saved)
    assert saved.name == "report.yml"
    assert (report.sections[0].claims[0].text, report.evidence[0].date) == (FACT, "2026-06")
    assert (
        report.title
        == "Alternative report to the Committee on the Elimination of Discrimination against Women, Morocco"
    )
    assert NOTE not in saved.read_text(encoding="utf-8")
    assert (tab.problems, tab.outside_requests) == ([], [])


def test_a_saved_report_is_brought_back_and_private_notes_stay(offline_page, tmp_path):
    """What was written after saving goes, what was saved comes back, the note never left the browser."""
    report = load_report(write(tmp_path))
    tab = open_filled(offline_page, tmp_path, report)
    with tab.expect_download() as download:
        tab.locator("[data-action=export]").click()
    saved = tmp_path / "saved.yml"
    download.value.save_as(saved)
    assert "PRIVATE-NOTE" not in saved.read_text(encoding="utf-8")
    tab.locator("details").evaluate_all("nodes => nodes.forEach((node) => (node.open = true))")
    tab.locator("[data-field=summary] textarea").fill("Something else.")
    tab.locator("[data-row=home] [data-action=remove]").last.click()
    tab.locator("[data-action=remove-yes]").click()
    tab.locator("[data-part=file] input[type=file]").set_input_files(saved)
    tab.locator("[data-row=home]").wait_for(state="attached")
    assert tab.locator("[data-field=summary] textarea").input_value() == report.summary
    assert kept_in_browser(tab, KEPT)["evidence.count.note"]["response"] == "PRIVATE-NOTE"
    empty = {"place": "", "note": ""}
    bare = report.model_copy(
        update={"evidence": tuple(one.model_copy(update=empty) for one in report.evidence)}
    )
    assert load_report(saved) == bare.model_copy(update={"id": "report", "invented": False})
    assert tab.problems == []


def test_what_is_taken_out_is_gone_from_this_browser(offline_page, tmp_path, monkeypatch):
    """Asked first; then row, private note and all; what rested on it is open again."""
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "mine" / "my-work.db"))
    report = load_report(write(tmp_path))
    tab = open_filled(offline_page, tmp_path, report)
    tab.locator("details").evaluate_all("nodes => nodes.forEach((node) => (node.open = true))")
    row = tab.locator("[data-row=count]")
    row.locator("[data-action=remove]").press("Enter")
    assert "Take this out" in row.locator(".cq-sure").text_content()
    assert tab.evaluate("document.activeElement.dataset.action") == "remove-no"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.dataset.action") == "remove"
    tab.keyboard.press("Enter")
    row.locator("[data-action=remove-yes]").press("Enter")
    kept = json.dumps(kept_in_browser(tab, KEPT))
    assert "PRIVATE-NOTE" not in kept
    assert "sections.bus.claims.left.evidence" in open_points(tab)
    tab.locator("[data-row=home] [data-action=up]").last.evaluate("node => node.click()")
    assert kept_in_browser(tab, KEPT)["sections"]["response"] == ["home", "bus"]
    assert tab.problems == []


def open_filled(tab, folder, report, lang="en", **changes):
    """The static form of somebody who has filled in this report, with the safety check passed."""
    payload = {**form_payload(lang), **changes}
    address = write_page(folder, ReportPage(payload), lang=lang, name=f"filled-{lang}")
    tab.goto(address)
    entries = {
        place: {"response": value, "at": "2026-01-01T00:00:00Z"}
        for place, value in entries_of(report).items()
    }
    tab.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEPT, json.dumps(entries)])
    pass_safety(tab)
    open_page(tab, address)
    return tab


def counted_there(tab):
    """What the page counts, and what it lists as open."""
    rows = tab.locator("[data-part=overview] tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.children].map((cell) => cell.textContent))"
    )
    return [(int(words), None if given == "–" else int(given)) for _, words, given in rows], open_points(tab)


def test_page_and_python_count_and_find_the_same(offline_page, tmp_path, root):
    """On the sample and on the whole models, for limits with and without notes; what differs is a bug."""
    models = sorted((root / "course/data/report/models").glob("*/report.yml"))
    reports = [load_report(write(tmp_path)), *(load_report(path) for path in models)]
    reports.append(
        reports[0].model_copy(
            update={"body": "CEDAW", "joint": True, "summary": "كلمة \u200f و\u200bأخرى a\u00a0b"}
        )
    )
    for report in reports:
        limit = limit_of(report.body, report.stage, joint=report.joint)
        words = word_budget(report, limit.words, with_notes=bool(limit.with_notes))
        expected = [(share.words, share.given) for share in words.shares]
        expected += [(words.frame, None)]
        expected += [(words.repeated, None)] if words.repeated else []
        expected += [(words.notes, None), (words.counted, words.limit)]
        rows, points = counted_there(open_filled(offline_page, tmp_path, report))
        assert rows == expected, report.id
        claims = {
            f"sections.{section.id}.claims.{claim.id}.evidence" for section, claim in orphan_claims(report)
        }
        demands = {
            f"sections.{section.id}.demands.{demand.id}.text" for section, demand in orphan_demands(report)
        }
        few = {"priorities"} if len(report.priorities) < 3 else set()
        assert blanks(report) == ()
        assert set(points) == claims | demands | few
    assert offline_page.problems == []


@pytest.mark.parametrize(("lang", "width"), [("en", 1280), ("ar", 360)])
def test_the_form_is_for_everyone(offline_page, tmp_path, lang, width):
    """axe finds nothing with all parts open, nothing runs out of a narrow page; the empty form prints."""
    tab = offline_page
    tab.set_viewport_size({"width": width, "height": 800})
    open_filled(tab, tmp_path, load_report(write(tmp_path)), lang)
    tab.locator("details").evaluate_all("nodes => nodes.forEach((node) => (node.open = true))")
    tab.locator("[data-row=count] [data-action=remove]").click()
    assert violations(tab) == []
    assert overflow(tab) == 0
    tab.evaluate("globalThis.print = () => {}")
    tab.locator("[data-action=print]").click()
    tab.emulate_media(media="print")
    paper = tab.locator(".cq-paper")
    assert paper.is_visible()
    assert not tab.locator(".course-quiz").is_visible()
    assert paper.locator(".cq-blank").count() > 80
    assert "412 girls" not in paper.text_content()
    assert overflow(tab) == 0
    assert tab.problems == []


def test_a_report_that_the_model_refuses_is_not_brought_in(offline_page, address, tmp_path):
    """Another file is refused in one sentence; what was there stays."""
    tab = open_filled(offline_page, tmp_path, load_report(write(tmp_path)))
    other = tmp_path / "other.json"
    other.write_text('{"format": "course-browser-answers", "version": 1}', encoding="utf-8")
    before = kept_in_browser(tab, KEPT)
    tab.locator("[data-part=file] input[type=file]").set_input_files(other)
    tab.get_by_text("This is no report that this page saved.").wait_for()
    assert kept_in_browser(tab, KEPT) == before
