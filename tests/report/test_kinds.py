"""Each mechanism and stage gets the kind of document that it asks for."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from course.cli import app
from course.facts import bodies
from course.report import load_report, read_draft, save_report, start_report, write_report
from course.report.compose.model import EarlierRecommendation
from course.report.writing.outline import outline
from course.texts import section
from tests.report.reports import REPORT, write

OTHER = "  - {member: silent, name: Never to be listed (invented)}"
SECOND = "  - {member: second, name: Parents of the hill (invented), about: Six women., agreed: 2026-05-01}"
UPR = ["upr-background", "upr-earlier", "upr-law", "upr-practice", "upr-new"]


@pytest.fixture
def report(tmp_path):
    """The sample report of two associations, each of its claims with evidence."""
    kept = [line for line in REPORT.replace(OTHER, SECOND + "\n" + OTHER).splitlines() if not _orphan(line)]
    return load_report(write(tmp_path, "\n".join(kept)))


def _orphan(line):
    return "{id: without" in line or "{id: secret" in line


def of_kind(report, stage, **more):
    """The pieces of the report as if it were for another stage."""
    return outline(report.model_copy(update={"stage": stage, **more}))


def headings(pieces, level):
    """The headings of one level."""
    return [piece.text for piece in pieces if piece.kind == "heading" and piece.level == level]


@pytest.mark.parametrize(
    ("stage", "parts"),
    [
        ("loi", ["What the treaty asks", "What gives us concern", "Why it should be asked now"]),
        ("loipr", ["What the treaty asks", "What gives us concern", "Why it should be on the list"]),
        ("session", ["What the treaty asks", "What we found", "What it means"]),
        ("follow-up", ["What was recommended", "What was done", "Our assessment"]),
        ("upr-individual", ["What the State has undertaken", "What we found", "What it means"]),
    ],
)
def test_a_section_has_the_parts_of_its_stage(report, stage, parts):
    """In their order; the last is what is asked for."""
    assert headings(of_kind(report, stage), 2)[:3] == parts


@pytest.mark.parametrize(
    ("stage", "title"),
    [("loi", "Suggested questions"), ("loipr", "Suggested questions"), ("session", "Recommendations")],
)
def test_before_a_list_of_issues_questions_are_asked(report, stage, title):
    """At the session they are recommendations."""
    assert headings(of_kind(report, stage), 2)[3] == title


@pytest.mark.parametrize(
    ("stage", "times"), [("session", 2), ("loi", 1), ("loipr", 1), ("follow-up", 1), ("upr-joint", 1)]
)
def test_only_the_full_report_repeats_its_recommendations(report, stage, times):
    """Where the limit is short, nothing is said twice."""
    demand = report.sections[0].demands[0].text
    assert sum(demand in piece.text for piece in of_kind(report, stage)) == times


def test_a_follow_up_report_begins_each_section_with_what_was_recommended(report):
    """Symbol and paragraph first; what remains last; no contents for three pages."""
    chosen = EarlierRecommendation(symbol="CERD/C/MAR/CO/19-21", paragraph="36")
    part = report.sections[0].model_copy(update={"earlier": (chosen,)})
    pieces = of_kind(report, "follow-up", body="CERD", sections=(part,))
    start = next(n for n, piece in enumerate(pieces) if piece.part == part.id)
    told = [piece.text for piece in pieces[start:]]
    assert "CERD/C/MAR/CO/19-21, para. 36" in told[2]
    assert told.index("What was done") < told.index("Our assessment")
    assert told.index("Our assessment") < told.index("What remains, with recommendations")
    assert not any(piece.kind == "contents" for piece in pieces)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_text_for_the_upr_has_its_five_sections_from_the_start(language, tmp_path):
    """Cooperation, earlier recommendations, laws, rights on the ground, what is new: also in the file."""
    made = start_report("UPR", "MAR", "upr-individual", language=language)
    path = tmp_path / "upr.yml"
    save_report(path, made)
    texts = section("document", language)
    assert [part.heading for part in load_report(path).sections] == [texts[name] for name in UPR]
    titles = headings(outline(made), 1)
    assert titles[-5:] == [texts[name] for name in UPR]


def test_other_reports_begin_without_sections():
    """What concerns there are, the association decides."""
    assert all(start_report(body, "MAR", "session").sections == () for body in bodies())


def test_a_coalition_has_its_members_on_a_page_of_their_own(report, tmp_path):
    """Each that agreed, with what it is; nobody else; then a new page."""
    pieces = of_kind(report, "upr-joint", body="UPR", joint=True)
    start = next(n for n, piece in enumerate(pieces) if piece.text == "Members of the coalition")
    end = next(n for n, piece in enumerate(pieces) if piece.kind == "break")
    members = [piece.text for piece in pieces[start:end] if piece.kind == "point"]
    assert members == [
        "Schools of the valley (invented): Eleven associations.",
        "Parents of the hill (invented): Six women.",
    ]
    assert not any("Never to be listed" in piece.text for piece in pieces)
    joint = report.model_copy(update={"stage": "upr-joint", "body": "UPR"})
    read = read_draft(write_report(joint, tmp_path / "joint.docx"))
    assert "Submitted jointly by Schools of the valley" in "\n".join(block.text for block in read.blocks[:6])


def test_one_association_alone_is_no_coalition(report):
    """It tells about itself."""
    pieces = of_kind(report, "session", authors=report.authors[:1])
    assert headings(pieces, 1)[0] == "About the authors"


def test_a_statement_greets_says_who_speaks_makes_its_points_asks_and_thanks(report):
    """What is asked comes together, after all points; there is nothing in it that is not said."""
    pieces = of_kind(report, "oral")
    said = [piece.text for piece in pieces if piece.kind == "plain"]
    assert said[0] == "Chair, members of the Committee on the Rights of the Child,"
    assert said[1].startswith("I speak for Schools of the valley (invented); Parents of the hill")
    asks = said.index("We ask for this.")
    demands = [demand.text for part in report.sections for demand in part.demands]
    assert said[asks + 1 : asks + 1 + len(demands)] == demands
    assert said[-1] == "Thank you."
    assert {piece.kind for piece in pieces} == {"line", "title", "plain"}


@pytest.mark.parametrize(("minutes", "told"), [("5", "a minute)."), ("0.2", "s too long.")])
def test_the_command_times_a_statement(report, tmp_path, minutes, told):
    """Begun as oral, written, and measured against the minutes that were given."""
    path = tmp_path / "oral.yml"
    save_report(path, start_report("CRC", "MAR", "oral").model_copy(update={"sections": report.sections[1:]}))
    call = ["report", "write", str(path), "--minutes", minutes, "--dir", str(tmp_path)]
    done = CliRunner().invoke(app, call)
    assert "words at 120 a minute" in done.output
    assert told in done.output


@pytest.mark.parametrize(
    ("articles", "heading"),
    [((), "Education"), (("28",), "Education (article 28)"), (("2", "28"), "Education (articles 2 and 28)")],
)
def test_a_heading_names_its_articles(report, articles, heading):
    """One article or several."""
    part = report.sections[0].model_copy(update={"articles": articles})
    assert heading in headings(of_kind(report, "session", sections=(part,)), 1)


def test_three_articles_in_arabic_are_plural(report):
    """Two have a form of their own."""
    parts = [
        report.sections[0].model_copy(update={"articles": articles})
        for articles in (("2", "28"), ("2", "28", "29"))
    ]
    told = [headings(of_kind(report, "session", language="ar", sections=(part,)), 1) for part in parts]
    assert "Education (المادتان 2 و28)" in told[0]
    assert "Education (المواد 2، 28 و29)" in told[1]
