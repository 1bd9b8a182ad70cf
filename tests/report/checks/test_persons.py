"""What could lead to a person is seen wherever it stands, and no result says that a text is safe."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from bench.labelled import read_marked
from course.files import PACKAGE_ROOT, read_yaml
from course.report.checks import persons
from course.report.marks import find_marks
from course.report.measured import Measured, measured
from tests.report.drafts import LONG, block, draft, found

FRENCH = "Les filles des villages que nous avons visités doivent marcher deux heures pour aller à l'école."
ARABIC = "تمشي الفتيات في القرى التي زرناها ساعتين للوصول إلى أقرب مدرسة في الإقليم."
SPANISH = "Las niñas de los pueblos que visitamos tienen que caminar dos horas para llegar a la escuela."


@pytest.fixture
def figures(monkeypatch):
    """Other figures in the place of those that were measured."""

    def put(code, **languages):
        made = {language: Measured(precision=p, recall=r, n=n) for language, (p, r, n) in languages.items()}
        monkeypatch.setattr(persons, "measured", lambda: MappingProxyType({**measured(), code: made}))

    return put


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_mark_of_the_tuned_sentences_is_found_and_nothing_else(language):
    """A change of a rule shows here at once; how good the rules are, the other half says."""
    sentences = read_yaml(PACKAGE_ROOT / "tests/report/labelled/persons.yml")[language]
    for sentence in sentences:
        text, marked = read_marked(str(sentence))
        found_marks = find_marks(text)
        for mark in marked:
            assert any(
                f.code == mark.code and f.start < mark.end and mark.start < f.end for f in found_marks
            ), text
        assert all(
            any(f.code == mark.code and f.start < mark.end and mark.start < f.end for mark in marked)
            for f in found_marks
        ), text


@pytest.mark.parametrize(
    ("code", "severity", "text", "innocent"),
    [
        ("PII004", "warning", "The girl was born on 3 May 2009.", "The law was passed on 3 May 2009."),
        ("PII004", "warning", "La fille est née le 3 mai 2009.", "La loi a été votée le 3 mai 2009."),
        ("PII004", "warning", "ولدت في 3 ماي 2009 بالقرية.", "صدر القانون في 3 ماي 2009."),
        ("PII006", "info", "She lives at 12, rue des Orangers.", "The rue des Orangers was closed."),
        ("PII006", "info", "Elle habite au 12, rue des Orangers.", "La rue des Orangers était fermée."),
        ("PII006", "info", "تسكن في زنقة الليمون رقم 12.", "أغلقت زنقة الليمون."),
    ],
)
def test_what_leads_to_one_person_is_a_finding_and_its_twin_is_none(code, severity, text, innocent):
    """A birth day is not the day of a law, and a street is not a house."""
    assert found(draft(LONG, text), code) == [(severity, "text")]
    assert found(draft(LONG, innocent), code) == []


def test_it_is_seen_in_notes_margins_properties_comments_and_links():
    """A name that is only in the header goes out with the file."""
    given = draft(
        block("Part", "heading", level=1),
        block("See the page.", links=("mailto:k.ouali@example.org",)),
        notes=("Told by Mrs Khadija Ouali.",),
        comments=((1, "ask Hassan El Fassi"),),
        margins=("Brahim Tazi, draft 3",),
        properties={"author": "Nadia Lahlou"},
    )
    assert found(given, "PII005") == [("warning", "beside")] * 4
    assert [message for _, message in found(given, "PII001")] == ["beside"]


def test_the_contact_on_the_cover_is_a_hint_wherever_it_comes_again():
    """The association may be found; the witness of page four may not."""
    cover, part = block("Contact: office@example.org"), block("Part", "heading", level=1)
    given = draft(cover, part, LONG + " Write to office@example.org or witness@example.org.")
    severities = [severity for severity, _ in found(given, "PII001")]
    assert severities == ["error", "info", "info"]


def test_a_number_in_the_text_of_the_first_page_is_no_contact():
    """A draft without headings has no cover; its first paragraph is text."""
    given = draft(
        "The mother of the two girls who left the school can be called at 06 00 00 12 34 after six."
    )
    assert found(given, "PII002") == [("error", "text")]


def test_a_rule_that_is_right_too_seldom_is_no_error(figures):
    """One language below 95 of 100 is enough."""
    figures("PII003", en=(1.0, 1.0, 60), fr=(1.0, 1.0, 60), ar=(0.94, 1.0, 60))
    assert found(draft("Her passport no. AB1234567 was kept."), "PII003") == [("warning", "text")]


@pytest.mark.parametrize("text", [LONG, FRENCH, ARABIC])
def test_a_clean_result_still_asks_for_a_reader(text):
    """With the figures as they were measured, in each language."""
    assert found(draft(text), "PII000") == [("info", "measured")]


def test_only_a_recall_measured_on_many_names_ends_the_request(figures):
    """95 of 100 found is enough, 19 of 20 is not, and unmeasured is said."""
    figures("PII005", en=(1.0, 0.95, 100))
    assert found(draft(LONG), "PII000") == []
    figures("PII005", en=(1.0, 0.95, 20))
    assert found(draft(LONG), "PII000") == [("info", "measured")]
    figures("PII005", fr=(1.0, 1.0, 100))
    assert found(draft(LONG), "PII000") == [("info", "unmeasured")]


def test_a_language_that_no_rule_reads_is_not_checked():
    """Spanish is never passed in silence."""
    assert found(draft(SPANISH), "PII000") == [("not-checked", "unsupported")]


def test_a_picture_asks_who_is_on_it():
    """What it shows, no rule can see."""
    assert found(draft(block("", alternatives=(None,))), "PII007") == [("info", "shown")]


def test_no_finding_repeats_what_it_found():
    """Findings are printed, sent and stored where drafts are not."""
    given = draft("Mrs Khadija Ouali left her number, 06 00 00 12 34, with the association of the valley.")
    said = [f.values["seen"] for check in persons.CHECKS[1:] for f in check.run(given, None)]
    assert said == ["06…", "Kh…"]
