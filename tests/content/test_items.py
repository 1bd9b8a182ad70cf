"""A broken file of items is answered with the file, the line, the item, the fault and the remedy."""

from pathlib import Path

import pytest

from course.content.models import ITEM_KINDS
from course.content.modules import check_module
from course.content.reading import read_items
from course.quizzes.score import RULES

HERE = Path(__file__).parent
BROKEN = HERE / "broken"

# file, line, item, what the sentence must say
FAULTS = [
    ("key-is-no-choice.yml", 2, "q-01", "key 'middle' is not among left, right"),
    ("choice-without-feedback.yml", 11, "q-01", "Add `feedback:`."),
    ("unknown-kind.yml", 2, "q-01", "'single-choice'"),
    ("item-without-source.yml", 2, "q-01", "Add `source:`."),
    ("misspelt-field.yml", 9, "q-01", "Remove `choises:`"),
    ("ordering-key-leaves-one-out.yml", 2, "q-01", "the key leaves out c"),
    ("matching-key-names-no-target.yml", 2, "q-01", "key 'three' is not among one, two"),
    ("date-that-is-none.yml", 10, "q-01", ": choices.right.value: input should be a valid date"),
    ("hints-two-of-three.yml", 2, "q-01", "there are 2 hints; write none or three"),
    ("cloze-gap-not-in-text.yml", 2, "q-01", "gap two stands 0 times in the text"),
    ("cloze-text-names-no-gap.yml", 2, "q-01", "text 'other' is not among one"),
    ("cloze-gap-with-one-choice.yml", 12, "q-01", "gaps.one.choices: there are too few: 1, at least 2"),
    ("classification-key-leaves-one-out.yml", 2, "q-01", "the key leaves out c"),
    ("short-text-two-answers-alike.yml", 2, "q-01", "is an answer of both right and small"),
    ("short-text-answer-without-letters.yml", 2, "q-01", "'...' of right has no letter and no digit"),
    ("paragraphs-with-one-number.yml", 2, "q-01", "two paragraphs have the same number"),
    ("hunt-in-no-extract.yml", 2, "q-01", "there is no extract 'MAR-laws'"),
    ("hunt-only-by-no-column.yml", 2, "q-01", "only 'theme' is not among body, year"),
    ("hunt-part-without-otherwise.yml", 11, "q-01", "Add `otherwise:`."),
    ("build-slot-left-open.yml", 2, "q-01", "the key leaves out finding"),
    ("build-every-slot-given.yml", 2, "q-01", "every slot is given"),
    ("build-one-part-twice.yml", 2, "q-01", "an id stands twice"),
    ("id-twice.yml", 2, "q-01", "this id stands twice"),
    ("not-yaml.yml", None, "", "this is not YAML"),
    ("no-items.yml", 1, "", "there is no list under `items`"),
    ("not-utf-8.yml", None, "", "not UTF-8"),
    ("empty.yml", 1, "", "holds no mapping"),
]


@pytest.mark.parametrize(("file", "line", "item", "said"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_fault_is_named_with_its_place(file, line, item, said):
    """Each fault gives one problem that a person can find and mend."""
    _, problems = read_items(BROKEN / file, HERE)

    assert len(problems) == 1
    [problem] = problems
    assert problem.file == f"broken/{file}"
    assert problem.item == item
    assert said in str(problem)
    if line is not None:
        assert problem.line == line


def test_every_broken_file_is_tested():
    """No fixture lies here without a test that reads it."""
    tested = {fault[0] for fault in FAULTS} | {"two-faults-in-two-items.yml"}

    assert {path.name for path in BROKEN.glob("*.yml")} == tested


def test_all_faults_are_reported_at_once():
    """The second fault is found although the first item is broken."""
    _, problems = read_items(BROKEN / "two-faults-in-two-items.yml", HERE)

    assert [(problem.item, problem.line) for problem in problems] == [("q-01", 3), ("q-02", 16)]


def test_a_good_item_survives_beside_a_broken_one(tmp_path):
    """One broken item does not take the others with it."""
    good = (HERE / "mini/modules/00-first/items.yml").read_text()
    (tmp_path / "items.yml").write_text(good + "  - {id: q-99}\n")

    items, problems = read_items(tmp_path / "items.yml", tmp_path)

    assert sorted(items) == ["q-01", "q-02", "q-03", "q-04", "q-05", "q-06"]
    assert {problem.item for problem in problems} == {"q-99"}


def test_a_missing_file_is_said_in_words(tmp_path):
    """A file that is not there is named, not raised."""
    _, [problem] = read_items(tmp_path / "items.yml", tmp_path)

    assert str(problem) == "items.yml: the file is missing. Create it."


def test_yaml_is_read_as_1_2(tmp_path):
    """NO stays a text: in YAML 1.1 Norway would become false."""
    text = (HERE / "mini/modules/00-first/items.yml").read_text().replace('"Left"', "NO")
    (tmp_path / "items.yml").write_text(text)

    items, problems = read_items(tmp_path / "items.yml", tmp_path)

    assert problems == []
    assert items["q-01"].choices["left"].text == "NO"


def test_items_are_frozen():
    """What was read cannot be changed by whoever uses it."""
    items, _ = read_items(HERE / "mini/modules/00-first/items.yml", HERE)

    with pytest.raises(ValueError, match="frozen"):
        items["q-01"].key = "right"


def test_the_twelve_kinds_are_known_and_scored():
    """The kinds that the course promises are those that it can read, and each has its rule."""
    promised = {
        *("single-choice", "multiple-choice", "ordering", "matching", "numeric", "date"),
        *("cloze", "classification", "short-text", "mark-paragraph", "document-hunt", "build-parts"),
    }

    assert promised == set(ITEM_KINDS) == set(RULES)


def test_the_remedy_names_what_the_author_wrote():
    """A fault of a whole item is put right in the item: its kind is no field that one corrects."""
    _, [problem] = read_items(BROKEN / "build-slot-left-open.yml", HERE)

    assert problem.remedy == "Correct this entry."


def hunt_problems(tmp_path, extract="MAR-documents", only="{body: [CRC]}", answer="CRC/C/MAR/3-4"):
    """What the check of a module says of its items, one document hunt."""
    text = (BROKEN / "hunt-only-by-no-column.yml").read_text()
    text = text.replace("MAR-documents", extract).replace("{theme: [health]}", only).replace("A/1", answer)
    (tmp_path / "items.yml").write_text(text)
    return [problem for problem in check_module(tmp_path, {}, tmp_path) if problem.file == "items.yml"]


def test_what_is_hunted_stands_in_the_extract(tmp_path):
    """A right answer that no row holds could never be found; the line and the part are named."""
    assert hunt_problems(tmp_path) == []

    [problem] = hunt_problems(tmp_path, only="{body: [CAT]}")

    assert (problem.item, problem.line) == ("q-01", 2)
    assert "parts.symbol: the right answer stands in no row of its extract" in str(problem)


def test_an_extract_of_an_unknown_country_is_said(tmp_path):
    """The message names the countries that the course knows."""
    [problem] = hunt_problems(tmp_path, extract="XXX-documents")

    assert "no file of a country 'XXX'; the course knows MAR" in str(problem)


def test_an_extract_that_is_too_large_for_a_phone_is_said(tmp_path):
    """All recommendations at once are more than a page should carry."""
    [problem] = hunt_problems(tmp_path, extract="MAR-recommendations", only="{}", answer="129.1")

    assert "more than 16000" in str(problem)
