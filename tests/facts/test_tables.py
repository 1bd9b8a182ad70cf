"""The table of the rules on a page: honest words, one grid, any language."""

from __future__ import annotations

import subprocess
import sys
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

import course
from course.errors import CourseError
from course.facts import bodies, rule
from course.facts.tables import STAGES, documents_frame, facts_frame, recommendations_frame, rules_frame
from course.texts import LANGUAGES


def drawn(stage: str = "session", lang: str = "en") -> Element:
    """The table, parsed strictly: a tag left open is an error here."""
    return ElementTree.fromstring(course.rules_table(stage, lang=lang)._repr_html_())


def text_of(element: Element) -> str:
    """All that a reader of this element reads."""
    return "".join(element.itertext())


def cell(table: Element, body: str, heading: str) -> Element:
    """One value of the table, found by its two headings."""
    column = [text_of(th) for th in table.iterfind(".//thead//th")].index(heading)
    [row] = [tr for tr in table.iterfind(".//tbody/tr") if text_of(tr[0][0]) == body]
    return row[column]


def test_a_verified_value_stands_with_its_source_and_dates():
    """CEDAW's limit: value, word for its confidence, link, day of the last look."""
    length = cell(drawn(), "CEDAW", "Length")
    assert "3,300 words at most" in text_of(length)
    assert "Confirmed in the source." in text_of(length)
    assert length.find(".//a").get("href") == rule("CEDAW", "session", "length").source
    assert "Last looked at: 23 November 2026." in text_of(length.find(".//details"))


def test_a_recalled_value_says_that_it_is_not_confirmed():
    """Nobody may take CESCR's pages for a rule that decides."""
    text = text_of(cell(drawn(), "CESCR", "Length"))
    assert "10 pages at most" in text
    assert "NOT CHECKED: recalled, not confirmed." in text


def test_a_gap_says_that_it_is_not_known_and_where_to_look():
    """CAT's limit was looked for and not found."""
    text = text_of(cell(drawn(), "CAT", "Length"))
    assert text.startswith("NOT CHECKED: not known. Look at the session's information note.")


def test_fixed_days_are_said_as_days():
    """The children's committee counts no weeks."""
    text = text_of(cell(drawn("loipr"), "CRC", "Last day to send"))
    assert text.startswith("1 December; 1 April; 1 August")


@pytest.mark.parametrize("body", ["SPT", "CED"])
def test_a_body_outside_the_simplified_procedure_shows_nothing_but_that(body):
    """A length beside a stage that does not exist would mislead."""
    table = drawn("loipr")
    assert "has no such stage" in text_of(cell(table, body, "Last day to send"))
    assert text_of(cell(table, body, "Length")) == "No rule recorded."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", STAGES)
def test_every_table_is_a_whole_grid_with_headings_and_a_box_for_the_keyboard(stage, language):
    """Ten rows; every row as long as the head; headings with scope; a named, focusable region."""
    table = drawn(stage, language)
    headings = table.findall(".//thead//th")
    rows = table.findall(".//tbody/tr")
    assert len(rows) == 10
    assert {len(row) for row in rows} == {len(headings)}
    assert {th.get("scope") for th in headings} == {"col"}
    assert {row[0].get("scope") for row in rows} == {"row"}
    [box] = table.iterfind(".//div[@class='course-rules-box']")
    assert (box.get("role"), box.get("tabindex")) == ("region", "0")
    assert box.get("aria-label") == text_of(table.find(".//caption"))


def test_an_arabic_table_runs_from_right_to_left_and_names_the_bodies_in_arabic():
    """Direction and language on the block; codes and addresses stay left to right."""
    table = drawn(lang="ar")
    assert (table.get("dir"), table.get("lang")) == ("rtl", "ar")
    for tr in table.iterfind(".//tbody/tr"):
        code, name = tr[0]
        assert (code.tag, code.get("dir")) == ("bdi", "ltr")
        assert text_of(name) == bodies()[text_of(code)].name("ar")
    assert {a.get("dir") for a in table.iter("a")} == {"ltr"}
    assert "Recalled" not in text_of(table)


def test_a_note_that_is_in_english_says_so_on_another_page():
    """A screen reader must not read an English note in a French voice."""
    note = cell(drawn(lang="fr"), "CEDAW", "Longueur").find("./details/p")
    assert text_of(note).startswith("Footnotes are counted.")
    assert note.find("./bdi[@lang='en']") is not None


def test_an_arabic_table_has_its_notes_in_arabic():
    """What a limit counts is as much a rule as the limit."""
    note = cell(drawn(lang="ar"), "CEDAW", "طول النص").find("./details/p")
    assert text_of(note).startswith("تُحسب الحواشي.")
    assert note.find("./bdi") is None


def test_the_table_is_the_same_in_every_process():
    """Pages are compared byte by byte."""
    shown = "import course; print(course.rules_table('session', 'ar')._repr_html_())"
    runs = {
        subprocess.run(
            [sys.executable, "-c", shown],
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert repr(course.rules_table()) == "RulesTable(stage='session', lang='en')"


def test_the_frame_has_the_documented_columns_and_one_row_a_rule():
    """What its docstring promises to whoever computes with it."""
    frame = rules_frame("session")
    assert list(frame.columns) == [
        "id",
        "body",
        "stage",
        "rule",
        "value",
        "unit",
        "note",
        "source",
        "as_of",
        "confidence",
        "checked",
        "decides",
    ]
    assert not frame.duplicated(["body", "rule"]).any()
    assert set(frame["stage"]) == {"session", "any"}
    assert frame.loc[frame["confidence"] != "verified", "decides"].sum() == 0


@pytest.mark.parametrize("stage", ["sesion", "any", "upr-joint"])
def test_an_unknown_stage_is_one_sentence(stage):
    """A slip in a page names the stages that exist."""
    with pytest.raises(CourseError, match=r"the stages are loi, loipr, session, follow-up\.$"):
        course.rules_table(stage)


def test_an_unknown_language_is_one_sentence():
    """It is told when the table is asked for, not when the page is drawn."""
    with pytest.raises(CourseError, match="no language 'tz'"):
        course.rules_table("session", lang="tz")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_small_phone_only_the_box_scrolls_and_a_key_moves_it(offline_page, tmp_path, language):
    """At 360 px the page keeps its width; the box is reached and moved by the keyboard."""
    page_file = tmp_path / "table.html"
    html = course.rules_table("session", lang=language)._repr_html_()
    page_file.write_text(
        '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>t</title>{html}",
        encoding="utf-8",
    )
    offline_page.set_viewport_size({"width": 360, "height": 740})
    offline_page.goto(page_file.as_uri())
    assert offline_page.evaluate("document.documentElement.scrollWidth") <= 360
    box = offline_page.locator(".course-rules-box")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    offline_page.keyboard.press("Tab")
    assert box.evaluate("box => box === document.activeElement")
    offline_page.keyboard.press("ArrowLeft" if language == "ar" else "ArrowRight")
    offline_page.wait_for_function("document.querySelector('.course-rules-box').scrollLeft != 0")
    head = offline_page.locator("tbody th").first.bounding_box()
    assert head["width"] < 120
    assert 0 <= head["x"] <= 360 - head["width"]
    assert offline_page.problems == []


def test_the_frames_of_all_facts_have_the_documented_columns():
    """A row a value, a recommendation, a document; codes and confidence as the files say."""
    facts = facts_frame()
    assert facts["id"].is_unique
    assert set(facts["confidence"]) == {"verified", "recalled", "gap"}
    assert facts.loc[facts["confidence"] == "gap", "value"].isna().all()
    recommendations = recommendations_frame("MAR")
    assert len(recommendations) >= 120
    assert set(recommendations["position"]) == {"supported", "noted", ""}
    documents = documents_frame("MAR").set_index("symbol")
    assert tuple(documents.loc["CERD/C/MAR/CO/19-21", ["body", "kind"]]) == (
        "CERD",
        "concluding-observations",
    )
