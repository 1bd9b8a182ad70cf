"""Every body and stage that the rule packs allow has a template; the checker knows that it is empty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from course.errors import CourseError
from course.report import Setting, check_draft, read_draft
from course.report.templates import all_templates, stages_of, template_report, write_template, write_templates
from course.report.writing.outline import outline
from course.texts import LANGUAGES, text

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All templates in all languages."""
    made = tmp_path_factory.mktemp("templates")
    write_templates(made, on=TODAY)
    return made


def test_the_rule_packs_say_which_stages_a_body_has():
    """A body that visits has none; a procedure that does not exist has no template."""
    stages = {body: stages_of(body, on=TODAY) for body in ("SPT", "CED", "CRC", "CRPD", "CEDAW", "UPR")}
    assert stages == {
        "SPT": (),
        "CED": ("loi", "session", "follow-up"),
        "CRC": ("loi", "loipr", "session"),
        "CRPD": ("loi", "loipr", "session"),
        "CEDAW": ("loi", "loipr", "session", "follow-up"),
        "UPR": ("upr-individual", "upr-joint"),
    }


def test_there_is_one_for_each_in_each_language(folder):
    """Named by body, stage and language."""
    made = {path.name for path in folder.iterdir()}
    pairs = all_templates(on=TODAY)
    assert made == {f"{body.lower()}-{stage}.{each}.docx" for body, stage in pairs for each in LANGUAGES}


@pytest.mark.parametrize(("body", "stage"), all_templates(on=TODAY), ids=lambda one: one)
def test_the_checker_flags_a_template_as_unfilled_and_nothing_worse(folder, body, stage):
    """Read again, each of its gaps is a warning, and an error in the final text; nothing else is an error."""
    sign = text("guide.gap", "en").split("{")[0].strip("[: ")
    draft = read_draft(folder / f"{body.lower()}-{stage}.en.docx")
    asked = sum(block.text.count(sign) for block in draft.blocks)
    assert asked >= 5
    setting = Setting(body, "session" if stage == "oral" else stage, TODAY, joint=stage == "upr-joint")
    found = check_draft(draft, setting)
    assert [one.severity for one in found if one.code == "FMT007"] == ["warning"] * asked
    assert not any(one.severity == "error" for one in found)
    final = check_draft(draft, replace(setting, final=True), select=["FMT"])
    assert [one.code for one in final if one.severity == "error"] == ["FMT007"] * asked


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_gaps_are_known_in_the_other_languages(folder, language):
    """In each template every question is found."""
    sign = text("guide.gap", language).split("{")[0].strip("[: ")
    for path in folder.glob(f"c*-session.{language}.docx"):
        draft = read_draft(path)
        found = check_draft(draft, Setting("CEDAW", "session", TODAY), select=["FMT007"])
        assert len(found) == sum(block.text.count(sign) for block in draft.blocks) >= 20


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("cedaw-session.fr", "3 300 mots"),
        ("crc-session.en", "remembered, not confirmed: 10,000 words"),
        ("cat-session.en", "no limit is known to us"),
        ("upr-joint.ar", "630"),
    ],
)
def test_the_limit_of_the_body_stands_on_top(folder, name, limit):
    """With how sure it is; it is asked for to be deleted."""
    path = folder / (f"upr-{name}.docx" if name.startswith("upr") else f"{name}.docx")
    first = read_draft(path).blocks[0].text
    assert limit in first.replace("\u202f", " ").replace("\u00a0", " ")
    assert first.startswith(text("guide.gap", name[-2:]).split("{")[0].strip(": "))


def test_each_section_of_the_upr_asks_its_own_question():
    """Five headings, five different questions below them."""
    report = template_report("UPR", "upr-individual")
    assert len({part.standard for part in report.sections}) == len(report.sections) == 5


def test_before_a_list_of_issues_a_template_asks_for_questions():
    """And at the session for acts."""
    asked = {
        stage: [piece.text for piece in outline(template_report("CEDAW", stage), unfinished=True)]
        for stage in ("loipr", "session")
    }
    question, act = text("guide.demand-loipr"), text("guide.demand")
    assert any(question in one for one in asked["loipr"])
    assert not any(act in one for one in asked["loipr"])
    assert any(act in one for one in asked["session"])


@pytest.mark.parametrize(
    ("body", "stage", "file", "said"),
    [
        ("SPT", "session", "a.docx", "SPT has no stage 'session'; it visits"),
        ("CED", "loipr", "a.docx", "its stages are loi, session, follow-up, oral"),
        ("CEDAW", "session", "a.odt", r"name it a\.docx"),
    ],
)
def test_a_template_that_cannot_be_is_refused_in_words(tmp_path, body, stage, file, said):
    """And nothing is written."""
    with pytest.raises(CourseError, match=said):
        write_template(tmp_path / file, body, stage, on=TODAY)
    assert list(tmp_path.iterdir()) == []
