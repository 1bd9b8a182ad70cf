"""The command `course kit` and its input: one file, in which every fault is named at once."""

from __future__ import annotations

import pytest

from course.cli import main
from course.content.workshops import PATH, read_workshop
from course.files import find_root
from course.kit import FILES


def call(monkeypatch, capsys, *arguments):
    """`course kit` as it is typed: exit status, what it printed, what it complained of."""
    monkeypatch.setattr("sys.argv", ["course", "kit", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    return ended.value.code or 0, said.out, said.err


def test_the_command_says_what_it_wrote(monkeypatch, capsys, tmp_path):
    """One line a file; a second call writes the same again."""
    for _ in range(2):
        status, out, _ = call(
            monkeypatch, capsys, "--out", tmp_path / "kit", "--only", "readme", "--only", "evaluation"
        )
        assert status == 0
        assert out.splitlines() == [
            f"Written: {tmp_path / 'kit' / FILES[part]}" for part in ("evaluation", "readme")
        ]
    assert len(list((tmp_path / "kit").iterdir())) == 2


def test_a_folder_with_other_files_is_left_alone(monkeypatch, capsys, tmp_path):
    """One sentence, status 2, and nothing is written."""
    (tmp_path / "diary.txt").write_text("mine", encoding="utf-8")

    status, _, said = call(monkeypatch, capsys, "--out", tmp_path, "--only", "readme")

    assert status == 2
    assert said.count("\n") == 1
    assert "diary.txt" in said
    assert "--out" in said
    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]


def test_a_missing_workshop_is_named(monkeypatch, capsys, tmp_path):
    """Status 2 and the name of the file."""
    status, _, said = call(
        monkeypatch, capsys, "--out", tmp_path / "kit", "--workshop", tmp_path / "mine.yml"
    )

    assert status == 2
    assert "mine.yml" in said
    assert not (tmp_path / "kit").exists()


# What is put in place of what, and by which item and words the fault is then named.
UNKNOWN = (
    ("module: 10-documents", "module: 10-nothing", "asked-before", "no module '10-nothing'"),
    ("lesson: 03-safe-before-you-write", "lesson: 09-none", "safety", "no lesson '09-none'"),
    ("show: [lesson-04-signs]", "show: [lesson-04-song]", "lawyer", "'lesson-04-song'"),
    ("[co-two-weeks-left, ", "[co-two-years-left, ", "lawyer", "'co-two-years-left'"),
    ("items: [co-law-03]", "items: [co-law-99]", "lawyer", "'co-law-99'"),
    ("forms: [00-start/study-plan]", "forms: [study-plan]", "commitments", "'study-plan'"),
    ("{body: CRC, stage: loipr}", "{body: CRC, stage: x}", "rules", "stage 'x'"),
    ("plan: {body: CEDAW", "plan: {body: CEDAR", "dates", "no body 'CEDAR'"),
    ("pages/images/lesson.png", "pages/images/none.png", "picture", "none.png"),
    ("pages/consent.ar.md", "pages/none.ar.md", "pages", "none.ar.md"),
)
MINUTES = (
    ('ends: "17:00"}\n\nsessions', 'ends: "16:00"}\n\nsessions', "day-2-afternoon", "but 14:00 to 16:00"),
    (
        "    meal: true\n    prayer: true\n    what: Meal, midday prayer, rest.\n",
        "    what: Rest.\n",
        "day 2",
        "meal",
    ),
    (
        "id: coffee-1\n    half: day-1-m",
        "id: coffee-1\n    half: day-1-a",
        "day-1-morning",
        "without a pause",
    ),
)
SHAPE = (
    ("    method: Two cases", "    methods: Two cases", "lawyer", "methods"),
    (
        "minutes: 14\n        what: Groups go back",
        "minutes: 15\n        what: Groups go back",
        "right",
        "51 minutes",
    ),
    ("language: en", "language: xx", "", "language"),
)


@pytest.mark.parametrize("faults", [UNKNOWN, MINUTES, SHAPE], ids=["unknown names", "minutes", "shape"])
def test_a_broken_workshop_is_named_with_file_item_and_remedy(tmp_path, faults):
    """Every fault at once: what is wrong, in which line, and what to do; and no workshop comes of it."""
    text = PATH.read_text(encoding="utf-8")
    for right, wrong, _, _ in faults:
        assert text.count(right) == 1, right
        text = text.replace(right, wrong)
    file = tmp_path / "workshop.yml"
    file.write_text(text, encoding="utf-8")

    workshop, problems = read_workshop(file, find_root())

    assert workshop is None
    for _, _, item, said in faults:
        [named] = [one for one in problems if one.item == item and said in one.problem]
        assert named.file.endswith("workshop.yml")
        assert named.line
        assert named.remedy
