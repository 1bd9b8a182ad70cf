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
