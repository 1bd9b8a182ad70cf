"""What the documents promise exists, and what exists is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from course.cli import app as course_app
from grading.cli import app as grading_app

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
INSTRUCTORS = (ROOT / "pages/instructors.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COMMANDS = [("course", name) for name in get_command(course_app).commands] + [
    ("grading", name) for name in get_command(grading_app).commands
]


@pytest.mark.parametrize(("program", "name"), COMMANDS)
def test_every_command_is_in_the_readme(program, name):
    """A command that the README does not name is one that nobody finds."""
    assert f"`{program} {name}" in README


@pytest.mark.parametrize(("program", "name"), COMMANDS)
def test_every_command_says_what_it_does(program, name):
    """Its help is a sentence, and so is the help of each of its options."""
    app = course_app if program == "course" else grading_app
    command = get_command(app).commands[name]

    assert command.help
    for option in getattr(command, "params", []):
        if option.param_type_name == "option" and option.name != "help":
            assert option.help, option.name


def test_the_readme_names_no_command_that_is_not_there():
    """What is promised can be typed."""
    named = set(re.findall(r"`(course|grading) ([a-z]+)", README + INSTRUCTORS + CONTRIBUTING))

    assert named <= set(COMMANDS)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_linked_file_is_there(document):
    """A link within the repository leads somewhere."""
    text = (ROOT / document).read_text(encoding="utf-8")
    targets = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]

    assert [link for link in targets if not (ROOT / link).exists()] == []


def test_every_folder_that_the_readme_lists_is_there():
    """The table of folders is the house as it stands."""
    listed = re.findall(r"^\| `(\w+)/`", README, re.MULTILINE)

    assert len(listed) >= 7
    assert [name for name in listed if not (ROOT / name).is_dir()] == []
