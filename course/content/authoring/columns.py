"""The columns of the sheet in which authors write items: one row an item.

A head, what it holds, and the kinds that use it. Documented here once: the sheet's own page of
help, the import and its messages all read this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LETTERS = "abcdefgh"
GROUPS = 6
SHEET, EXAMPLES, HELP, LISTS = "items", "examples", "how to", "lists"
IN_SHEETS = (
    *("single-choice", "multiple-choice", "ordering", "matching", "numeric", "date"),
    *("cloze", "classification", "short-text", "mark-paragraph", "build-parts"),
)
NOT_IN_SHEETS = "a document hunt needs a search in the course's data: write it with `course item new`"
BLOOM = ("remember", "understand", "apply", "analyse", "evaluate", "create")


@dataclass(frozen=True)
class Column:
    """One column: its head, what an author writes there, the kinds that use it (empty: all)."""

    head: str
    help: str
    kinds: tuple[str, ...] = ()
    needed: bool = False


_WRITTEN = ("numeric", "date", "short-text")
_GROUPED = ("matching", "classification", "build-parts")

COLUMNS: tuple[Column, ...] = (
    Column("id", "leave it empty: the next free one is taken"),
    Column("kind", "what the learner does; choose from the list", needed=True),
    Column("objective", "what the item is for, such as LO-03.2; choose from the list", needed=True),
    Column("bloom", "what it asks of the learner; choose from the list", needed=True),
    Column("stem", "the question, or what to do", needed=True),
    Column("source", "where it is written: a document's symbol with its paragraph", needed=True),
    Column("hint 1", "where to look; either all three hints or none"),
    Column("hint 2", "which rule"),
    Column("hint 3", "a worked twin: another case, solved"),
    Column("text", "the text with its gaps as {1}, {2}", ("cloze",), needed=True),
    Column("passage", "where the paragraphs are from, in words", ("mark-paragraph",), needed=True),
    *(
        Column(f"group {n}", "what choices are sorted into, or the parts to build, in their order", _GROUPED)
        for n in range(1, GROUPS + 1)
    ),
    Column("given", "the groups that are filled already, such as 1, 2; or empty", ("build-parts",)),
    Column("unit", "what is counted: days, words", ("numeric",), needed=True),
    Column("tolerance", "how far off still counts as right; empty for exact", ("numeric",)),
    Column("otherwise", "what to say to any other answer", _WRITTEN, needed=True),
    *(
        column
        for name in LETTERS
        for column in (
            Column(f"choice {name}", "the answer, right or wrong; see the page of examples"),
            Column(f"right {name}", "what makes it right: see below, kind by kind"),
            Column(f"feedback {name}", "why it is right or wrong; every choice needs this"),
        )
    ),
)
HEADS: Mapping[str, Column] = {column.head: column for column in COLUMNS}

RIGHT: Mapping[str, str] = {
    "single-choice": "x at the one right choice",
    "multiple-choice": "x at each right choice",
    "mark-paragraph": "x at each right paragraph; begin each choice with its number: “24. The Committee …”",
    "ordering": "its place: 1, 2, 3 …",
    "matching": "the number of its group",
    "classification": "the number of its group",
    "build-parts": "the number of the group that it fills; empty for a part that fits nowhere",
    "numeric": "x at the right number; 0.5 where a near miss earns half; the choice is a number",
    "date": "x at the right day; 0.5 where a near miss earns half; write days as 2027-09-13",
    "short-text": "x at the right answer; 0.5 for half; write other spellings after a bar: CRC | Crc",
    "cloze": "the number of its gap, with x where it is right: 1 x, 1, 2, 2 x",
}

VALUES: Mapping[str, str] = {
    "numeric": "a number, without its unit",
    "date": "the day as 2027-09-13",
    "short-text": "the answer, with other spellings after a bar: CRC | Crc",
}
FEWEST: Mapping[str, int] = dict.fromkeys(IN_SHEETS, 2) | {
    **dict.fromkeys(("numeric", "date", "short-text"), 1),
    **dict.fromkeys(("multiple-choice", "ordering", "mark-paragraph", "build-parts"), 3),
}

_ABOUT = {"objective": "LO-00.1", "source": "Invented: the gardener's notebook, page 3"}
_HINTS = {
    "hint 1": "Look at the sun on page 3.",
    "hint 2": "Water that dries at once does not reach the roots.",
    "hint 3": "With a pot on the balcony: in the shade, early, since the wind dries it by noon.",
}


def _example(kind: str, bloom: str, stem: str, *choices: tuple[str, str, str], **more: str) -> dict[str, str]:
    cells = {"kind": kind, "bloom": bloom, "stem": stem, **_ABOUT}
    cells |= {name.replace("_", " "): said for name, said in more.items()}
    for name, (said, right, feedback) in zip(LETTERS, choices, strict=False):
        cells |= {f"choice {name}": said, f"right {name}": right, f"feedback {name}": feedback}
    return cells


EXAMPLES_BY_KIND: tuple[dict[str, str], ...] = (
    _example(
        "single-choice",
        "remember",
        "When is the best moment to water?",
        ("At noon", "", "At noon most of the water dries before it reaches the roots."),
        ("In the evening", "x", "In the evening the soil is cool, and the water sinks in."),
    )
    | _HINTS,
    _example(
        "multiple-choice",
        "understand",
        "Which of these come back by themselves? Mark all.",
        ("Mint", "x", "Mint spreads from its roots."),
        ("Thyme", "x", "Thyme is a shrub that stays."),
        ("Beans", "", "Beans are sown anew each year."),
    ),
    _example(
        "ordering",
        "apply",
        "In which order do you do this?",
        ("Sow", "2", "Seeds go into loose soil."),
        ("Dig", "1", "Loose soil comes before everything else."),
        ("Water", "3", "Seeds need water at once."),
    ),
    _example(
        "matching",
        "understand",
        "Which tool belongs to which work?",
        ("Spade", "1", "A spade turns the soil."),
        ("Shears", "2", "Shears cut cleanly."),
        group_1="Turning the soil",
        group_2="Cutting branches",
        group_3="Carrying stones",
    ),
    _example(
        "numeric",
        "apply",
        "A bed needs 12 litres a day. How many in 4 weeks?",
        ("336", "x", "4 times 7 days are 28 days, times 12 litres."),
        ("360", "0.5", "You counted a month of 30 days."),
        unit="litres",
        otherwise="Count the days first.",
    ),
    _example(
        "date",
        "apply",
        "The fair opens on 11 October 2027. You sow 4 weeks before. On which day?",
        ("2027-09-13", "x", "4 weeks are 28 days."),
        ("2027-09-11", "0.5", "You counted a calendar month."),
        otherwise="Count 28 days back.",
    ),
    _example(
        "cloze",
        "apply",
        "Fill the gaps in the note on the shed.",
        ("spring", "1 x", "The soil is warm enough."),
        ("winter", "1", "Seeds freeze."),
        ("beans", "2 x", "Beans are sown each year."),
        ("mint", "2", "Mint comes back by itself."),
        text="In {1} we sow {2}.",
    ),
    _example(
        "classification",
        "analyse",
        "Sun or shade?",
        ("Melon", "1", "A melon ripens in full sun."),
        ("Fern", "2", "A fern lives below trees."),
        ("Bean", "1", "A bean wants six hours of sun."),
        group_1="Sun",
        group_2="Shade",
    ),
    _example(
        "short-text",
        "remember",
        "Which mark stands on the sack?",
        ("A/GARDEN/12 | GARDEN/12", "x", "The mark of the notebook and the number of the bed."),
        ("A/GARDEN/21", "0.5", "The two figures changed places."),
        otherwise="Read the top line.",
    ),
    _example(
        "mark-paragraph",
        "analyse",
        "Which paragraph says who waters?",
        ("1. The beds lie in the south.", "", "This says where, not who."),
        ("2. Each family waters one bed.", "x", "The family is the one who waters."),
        ("3. Rain is rare.", "", "This says why water is needed."),
        passage="The notebook, page 9",
    ),
    _example(
        "build-parts",
        "create",
        "Build the request to the neighbours.",
        ("The beans dried out on 3 June.", "1", "A fact has a day."),
        ("Please open the tap each morning.", "2", "A request says who does what and when."),
        ("We are angry.", "", "A feeling is no fact and no request."),
        group_1="Fact",
        group_2="Request",
    ),
)
