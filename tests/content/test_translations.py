"""A translation owns text only: no key, no other choices, no revision but the item's."""

from pathlib import Path

import pytest

from course.content.reading import read_item_texts, read_items

MODULE = Path(__file__).parent / "mini/modules/00-first"
FRENCH = (MODULE / "items.fr.yml").read_text()

FAULTS = {
    "a key": (FRENCH + "    key: right\n", 8, "a translation cannot hold a key"),
    "a stale revision": (FRENCH.replace("revision: 1", "revision: 2"), 3, "translates revision 2"),
    "an unknown item": (FRENCH.replace("q-01", "q-77"), 3, "no such item"),
    "a choice too few": ("\n".join(FRENCH.splitlines()[:-1]), 3, "its choices are left"),
    "a choice too many": (FRENCH + '      up: {text: "H", feedback: "H."}\n', 3, "left, right, up"),
    "no text for a choice": (FRENCH.replace('text: "Gauche", ', ""), 3, "choice left has no text"),
    "a hint too many": (FRENCH + '    hints: ["Regardez."]\n', 3, "has 1 hints, the item 0"),
    "another language": (FRENCH.replace("language: fr", "language: ar"), 1, "`language` is not the file's"),
}


GARDEN = Path(__file__).parents[1] / "quizzes/sample/modules/01-garden"
ARABIC = (GARDEN / "items.ar.yml").read_text(encoding="utf-8")
# What is wrong in the translation of a later kind: the text, what stands there instead, what is said.
LATER_FAULTS = {
    "a gap that is lost from the text": ("نزرع {plant} ونسقي", "نزرع ونسقي", "gap plant stands 0 times"),
    "a gap too many": ("نزرع {plant}", "نزرع {plants}", "text 'plants' is not among"),
    "a choice of a gap too few": (
        "          winter: {text: الشتاء, feedback: تتجمد البذور في الشتاء.}\n",
        "",
        "gaps.season: choices are spring, those of the item spring, winter",
    ),
    "a gap under another name": ("      plant:\n", "      herb:\n", "its gaps are herb, season"),
    "a category without its id": ("      half: {text: نصف ظل}\n", "", "its targets are shade, sun"),
    "an answer that nothing accepts": (
        "mark: {text: البستان 12,",
        "mark: {text: البستان 21,",
        "'البستان 21' is not among the item's `values`",
    ),
    "no passage": ("    passage: من رسالة الجيران، كُتبت لهذه الصفحة\n", "", "`passage` is not translated"),
    "a part without its label": ("        label: الرمز\n", "", "parts.symbol.label: field required"),
    "a choice of a part too few": (
        "          report: {feedback: هذا تقرير الدولة.}\n",
        "",
        "parts.symbol: choices are right",
    ),
    "a part of a paragraph untranslated": (
        "{text: نحن غاضبون., feedback",
        "{feedback",
        "choice angry has no text",
    ),
}


@pytest.mark.parametrize("fault", LATER_FAULTS)
def test_a_faulty_translation_of_a_later_kind_is_refused(tmp_path, fault):
    """Gaps, categories, written answers, passages and parts are compared with the item, each by its id."""
    right, wrong, said = LATER_FAULTS[fault]
    assert ARABIC.count(right) == 1
    items, _ = read_items(GARDEN / "items.yml", GARDEN)
    (tmp_path / "items.ar.yml").write_text(ARABIC.replace(right, wrong), encoding="utf-8")

    texts, [problem] = read_item_texts(tmp_path / "items.ar.yml", items, tmp_path)

    assert said in str(problem)
    assert problem.item not in texts


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_translation_is_refused(tmp_path, fault):
    """Each fault is named with its line, and the item falls back to English."""
    text, line, said = FAULTS[fault]
    items, _ = read_items(MODULE / "items.yml", MODULE)
    (tmp_path / "items.fr.yml").write_text(text, encoding="utf-8")

    _, problems = read_item_texts(tmp_path / "items.fr.yml", items, tmp_path)

    assert [problem for problem in problems if said in str(problem)]
    assert problems[0].line in (line, line + 1)


def test_a_clean_translation_is_read():
    """The French text stands beside the item, by id."""
    items, _ = read_items(MODULE / "items.yml", MODULE)

    texts, problems = read_item_texts(MODULE / "items.fr.yml", items, MODULE)

    assert problems == []
    assert texts["q-01"].choices["left"].text == "Gauche"


def test_a_stale_translation_is_not_used(tmp_path):
    """What translates an older revision is left out: the reader sees English, not a false text."""
    items, _ = read_items(MODULE / "items.yml", MODULE)
    (tmp_path / "items.fr.yml").write_text(FRENCH.replace("revision: 1", "revision: 2"), encoding="utf-8")

    texts, _ = read_item_texts(tmp_path / "items.fr.yml", items, tmp_path)

    assert texts == {}
