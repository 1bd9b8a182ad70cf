"""The annotated guides: real reports, seen, described in our own words, held against rules that exist."""

from __future__ import annotations

import copy
import shutil
from collections import Counter
from io import StringIO

import pytest
from ruamel.yaml import YAML

from course.content.guides import FOLDER, check_guides, find_guide, load_guides
from course.content.lessons import course_calls
from course.content.models.guides import MOST_QUOTED, QUOTED
from course.errors import CourseError
from course.files import find_root

ROOT = find_root()
GUIDES = [pytest.param(guide, id=name) for name, guide in load_guides().items()]
RIGHT = {
    "id": "a-report",
    "title": "A report",
    "document": "A report",
    "authors": ["An association"],
    "about": "MAR",
    "body": "CEDAW",
    "occasion": "Before a session",
    "year": 2020,
    "language": "fr",
    "size": "Four pages",
    "address": "https://example.org/a-report",
    "seen": "The cover",
    "looked": "2026-11-24",
    "parts": [{"title": title, "does": "It says who.", "works": "It is short."} for title in "ABC"],
    "rules": [{"rule": "cedaw-session-length", "verdict": "meets", "why": "It is short."}],
    "question": "What now?",
    "answer": "This.",
    "take": ["One", "Two"],
    "otherwise": ["Three", "Four"],
}


@pytest.fixture
def problems_of(tmp_path):
    """`problems_of(change)`: what the check says of one guide that is right but for what `change` does."""

    def check(change=lambda guide: None, name="01-a-report.yml"):
        guide = copy.deepcopy(RIGHT)
        change(guide)
        written = StringIO()
        YAML().dump(guide, written)
        (tmp_path / name).write_text(written.getvalue(), encoding="utf-8")
        return check_guides(tmp_path, tmp_path)

    return check


def put(*path, value):
    """A change: `value` at the end of `path`."""

    def change(guide):
        place = guide
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


def test_there_are_six_guides_three_of_them_moroccan_to_four_bodies():
    """What the course promises; one at least is by children or about them."""
    guides = load_guides().values()

    assert len(guides) >= 6
    assert Counter(guide.about for guide in guides)["MAR"] >= 3
    assert len({guide.body for guide in guides}) >= 4
    assert "CRC" in {guide.body for guide in guides}
    assert len({guide.address for guide in guides}) == len(guides)


def test_the_guides_of_the_course_are_clean():
    """Each rule is known and of the guide's own body, and each guide has its page."""
    assert check_guides(ROOT) == []


@pytest.mark.parametrize("guide", GUIDES)
def test_no_sentence_of_a_report_is_copied(guide):
    """Nothing long stands between quotation marks."""
    quoted = [" ".join(groups).split() for said in guide.texts() for groups in QUOTED.findall(said)]

    assert [words for words in quoted if len(words) > MOST_QUOTED] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_has_a_page_that_the_contents_list(guide):
    """Under its own title, below the list of guides."""
    page = (ROOT / "pages" / "guides" / f"{guide.id}.md").read_text(encoding="utf-8")

    assert page.startswith(f"# {guide.title}\n")
    assert f"```{{guide}} {guide.id}\n" in page
    assert f"- file: pages/guides/{guide.id}\n" in (ROOT / "_toc.yml").read_text(encoding="utf-8")


def test_an_unknown_guide_is_refused_in_words():
    """The page says where the guides stand."""
    with pytest.raises(CourseError, match=r"no guide 'no-such'.*course/data/guides"):
        find_guide("no-such")


def test_a_lesson_may_show_a_guide():
    """In one line, as it shows a case."""
    assert course_calls('import course\ncourse.guide("cat-coalition-2011")') is not None


def test_a_right_guide_has_no_problem(problems_of):
    """What the faults below are faults of."""
    assert problems_of() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put("address", value="example.org"), "address"),
        (put("address", value="https://example.org"), "address"),
        (put("body", value="CEDAV"), "no body CEDAV"),
        (put("rules", 0, "rule", value="cedaw-session-lenght"), "no rule cedaw-session-lenght"),
        (put("rules", 0, "rule", value="cescr-any-languages"), "is of CESCR"),
        (put("rules", 0, "rule", value="cedaw-any-languages"), "not verified"),
        (put("rules", 0, "verdict", value="nearly"), "verdict"),
        (put("parts", 0, "works", value=""), "nothing is said of what works"),
        (put("parts", value=[]), "too few"),
        (put("parts", 1, "does", value=f"It says: “{'word ' * 15}”."), "15 words are quoted"),
        (put("victim", value="somebody"), "victim"),
    ],
    ids=[
        *("no address", "only a home page", "unknown body", "unknown rule", "rule of another body"),
        *("verdict by a rule nobody confirmed", "unknown verdict", "part not judged", "no parts"),
        *("a sentence copied", "unknown field"),
    ],
)
def test_a_faulty_guide_is_named_with_what_is_wrong(problems_of, change, said):
    """One of its problems says it, and all name the guide."""
    problems = problems_of(change)

    assert {problem.item for problem in problems} == {"a-report"}
    assert any(said in problem.problem for problem in problems)


def test_a_file_is_named_as_its_guide(problems_of):
    """Lessons ask for a guide by its id, authors look for its file."""
    assert any("01-another.yml" in problem.problem for problem in problems_of(name="01-another.yml"))


def test_a_guide_without_its_page_is_a_problem(tmp_path):
    """In a book that has pages of guides; a learner's copy has none, and nothing is missing there."""
    shutil.copytree(FOLDER, tmp_path / "data")
    assert check_guides(tmp_path, tmp_path / "data") == []

    (tmp_path / "pages" / "guides").mkdir(parents=True)
    missing = check_guides(tmp_path, tmp_path / "data")

    assert {problem.item for problem in missing} == set(load_guides())


def test_a_file_that_cannot_be_read_hides_no_fault_of_the_others(problems_of, tmp_path):
    """A slip of the keyboard in one, a wrong body in the next: both are told."""
    (tmp_path / "00-broken.yml").write_text("id: [one: two: three]\n", encoding="utf-8")

    assert len(problems_of(put("body", value="CEDAV"))) >= 2
