"""`course check` on the data: broken copies of the real files, each named for its fault."""

from __future__ import annotations

import shutil

import pytest

from course.content.data import check_facts, holds_the_fact
from course.files import DATA


@pytest.fixture
def data(tmp_path):
    """A copy of the data that a test may break."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    return folder


def change(path, old, new):
    """One replacement in a file, which must find what it replaces."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_data_are_clean():
    """Every value has its source, its dates and its confidence, and every code is known."""
    assert [str(problem) for problem in check_facts()] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "item", "said"),
    [
        (
            "rules/treaty-bodies.csv",
            "cedaw-session-length,CEDAW",
            "cedaw-session-length,CEDOW",
            "cedaw-session-length",
            "no body CEDOW",
        ),
        (
            "rules/upr.csv",
            ",UPR,upr-joint,length,10,pages",
            ",CAT,upr-joint,length,10,pages",
            "upr-joint-length-pages-2008",
            "no body CAT",
        ),
        ("rules/upr.csv", ",,2011-10-31,", ",,,", "UPR upr-individual length", "2 versions hold at once"),
        (
            "rules/council.csv",
            "hrc-any-members,",
            "hrc-any-sessions,",
            "hrc-any-sessions",
            "this stands 2 times",
        ),
        (
            "treaties.csv",
            "CRC,reporting_article,44",
            "CRC,reporting_article,99",
            "CRC reporting_article",
            "the treaty has no article 99",
        ),
        ("treaties.csv", "CRC,body,CRC", "CRC,body,CRX", "CRC body", "no body CRX"),
        (
            "countries/MAR/documents.csv",
            "CEDAW/C/MAR/CO/4,",
            "CEDAW/MAR/four,",
            "CEDAW/MAR/four",
            "is no symbol",
        ),
        (
            "countries/MAR/recommendations.csv",
            ",A/HRC/21/3,129.1,",
            ",A/HRC-21-3,129.1,",
            "mar-r001",
            "is no symbol",
        ),
        (
            "countries/MAR/recommendations.csv",
            ",disappearances,",
            ",vanishing,",
            "mar-r001",
            "no theme 'vanishing'",
        ),
        (
            "countries/MAR/reviews.csv",
            "cedaw-2022,CEDAW",
            "cedaw-2022,CEDAF",
            "cedaw-2022",
            "no body 'CEDAF'",
        ),
        (
            "countries/MAR/institutions.csv",
            ",coordinates,",
            ",decorates,",
            "didh-coordinates",
            "no role 'decorates'",
        ),
        (
            "countries/MAR/treaties.csv",
            "OPCAT,ratification",
            "OPCUT,ratification",
            "OPCUT",
            "there is no such treaty",
        ),
        ("countries/MAR/regions.csv", "MA-02,", "MA-01,", "MA-01", "this stands 2 times"),
    ],
)
def test_a_fault_is_named_with_its_item(data, file, *, old, new, item, said):
    """One fault, one problem, in the file that has it."""
    change(data / file, old, new)
    found = [problem for problem in check_facts(data) if problem.file.endswith(f"/data/{file}")]
    assert [problem.item for problem in found] == [item]
    assert said in found[0].problem


@pytest.mark.parametrize("source", ["https://www.ohchr.org/", "http://didh.gov.ma", "a handbook"])
def test_a_verified_value_whose_source_is_a_home_page_is_a_fault(data, source):
    """A home page changes every day: nobody could look the fact up there."""
    change(
        data / "rules/treaty-bodies.csv",
        "https://cedaw.iwraw-ap.org/cedaw80/,2021 to 2025",
        f"{source},2021 to 2025",
    )
    found = [problem.item for problem in check_facts(data) if "its source holds no fact" in problem.problem]
    assert found == ["cedaw-session-length"]


@pytest.mark.parametrize(
    "source",
    [
        "CEDAW/C/MAR/CO/5-6, para. 12",
        "Convention against Torture, art. 17 (1)",
        "https://www.ohchr.org/en/treaty-bodies/crc/information-civil-society-ngos-and-nhris",
    ],
)
def test_a_symbol_an_article_or_a_page_holds_a_fact(source):
    """The three forms that a source may have."""
    assert holds_the_fact(source)


def test_a_file_that_is_missing_is_named(data):
    """Not a traceback."""
    (data / "glossary.csv").unlink()
    assert "the file is missing." in [p.problem for p in check_facts(data) if p.file.endswith("glossary.csv")]


def test_too_few_terms_or_recommendations_are_a_fault(data):
    """The course promises 140 terms and 120 recommendations."""
    for name in ("glossary.csv", "countries/MAR/recommendations.csv"):
        lines = (data / name).read_text(encoding="utf-8").splitlines()
        (data / name).write_text("\n".join(lines[:101]) + "\n", encoding="utf-8")
    problems = {problem.problem for problem in check_facts(data)}
    assert "holds 100 terms only." in problems
    assert any(problem.endswith("recommendations only.") for problem in problems)


def test_a_fact_without_a_source_is_named_with_its_line(data):
    """The commonest fault of all."""
    change(data / "treaties.csv", "CRC,in_force,1990-09-02,", "CRC,in_force,1990-09-02,,")
    [problem] = [p for p in check_facts(data) if p.file.endswith("/data/treaties.csv") and p.line]
    assert problem.item == "CRC"
