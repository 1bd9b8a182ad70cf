"""Attacks on files: the gradebook, the course, other learners, the instructor's home and computer."""

from __future__ import annotations

import os

from tests.grading.attacks.attack import Attack, batch_is_spoilt, has_left, has_no_grade, has_stolen
from tests.grading.attacks.scene import ASSIGNMENT, HIDDEN_WORD, HONEST, STOLEN

STEAL = "if word in text: print('STO' + 'LEN')"


def read(path, word=STOLEN):
    """Code that looks for a word in a file."""
    hidden = f"{word[:3]!r} + {word[3:]!r}"
    return f"word = {hidden}\ntext = open({path}, errors='replace').read()\n{STEAL}"


def read_any(pattern, word):
    """Code that looks for a word in all files of a pattern."""
    hidden = f"{word[:3]!r} + {word[3:]!r}"
    return (
        f"import glob\nword = {hidden}\ntext = ''\nfor path in glob.glob({pattern!r}, recursive=True):\n"
        f"    text += open(path, errors='replace').read()\n{STEAL}"
    )


def honest_grades_changed(scene, name):
    """Somebody else's points are others than they earned."""
    grades = scene.grades()
    points = {who: sum(points or 0 for points, _ in grades.get(who, {}).values()) for who in HONEST}
    return any(points[who] > HONEST[who] for who in HONEST)


def link_stolen(scene, name):
    """A link of it was followed into the graded folder."""
    folder = scene.graded_page(name).parent
    found = [
        path for path in folder.glob("*") if path.suffix == ".txt" and not path.name.startswith("timestamp")
    ]
    return any(STOLEN in path.read_text(errors="replace") for path in found if path.is_file())


def other_page_changed(scene, name):
    """Another learner's graded page holds this one's words."""
    page = scene.graded_page("honest-half")
    return page.exists() and "forged by" in page.read_text(encoding="utf-8")


def date_changed(scene, name):
    """Its graded folder bears the date that it wrote, or a page without cells."""
    folder = scene.graded_page(name).parent
    return "1999" in (folder / "timestamp.txt").read_text() if (folder / "timestamp.txt").exists() else False


def startup_left(scene, name):
    """A start-up file of IPython or Python lies in the instructor's home."""
    return any(path.name == f"{name}.py" for path in scene.home.rglob("*.py"))


def library_changed(scene, name):
    """A file was added to this Python's libraries; it is taken away again."""
    import site
    from pathlib import Path

    found = [path for folder in site.getsitepackages() for path in Path(folder).glob(f"attack-{name}.pth")]
    for path in found:
        path.unlink()
    return bool(found)


def link_to_diary(folder):
    """A link to the instructor's diary, instead of a file."""
    (folder / "answer.txt").symlink_to(folder.parents[3] / "home" / "diary.txt")


def page_of_another(folder):
    """The page is a link to another learner's."""
    (folder / "ps1.ipynb").unlink()
    (folder / "ps1.ipynb").symlink_to(folder.parents[1] / "honest-right" / ASSIGNMENT / "ps1.ipynb")


def pipe_in_folder(folder):
    """A pipe that nobody writes to: who reads it waits for ever."""
    os.mkfifo(folder / "waiting.csv")


FILES = (
    Attack("read-home", "the instructor's diary is read", read("'@HOME@/diary.txt'"), has_stolen),
    Attack(
        "read-environment",
        "the instructor's variables are read",
        """
import os
print(os.environ.get('SECRET_TOKEN'))
""",
        has_stolen,
    ),
    Attack(
        "read-own-process", "the variables are read from /proc/self", read("'/proc/self/environ'"), has_stolen
    ),
    Attack(
        "read-parent",
        "the variables of the grader are read from /proc",
        """
import os
"""
        + read("f'/proc/{os.getppid()}/environ'"),
        has_stolen,
    ),
    Attack(
        "read-all-processes",
        "the variables of all processes are read",
        read_any("/proc/[0-9]*/environ", STOLEN),
        has_stolen,
    ),
    Attack(
        "read-shadow", "the passwords of the computer are read", read("'/etc/shadow'", "root:"), has_stolen
    ),
    Attack(
        "read-source",
        "the instructor's own page is read",
        read_any("@COURSE@/source/**/*.ipynb", HIDDEN_WORD),
        has_stolen,
    ),
    Attack(
        "read-tests",
        "the page with hidden tests is read where the cells run",
        read_any("*.ipynb", HIDDEN_WORD),
        has_stolen,
    ),
    Attack(
        "read-gradebook",
        "hidden tests are read from the gradebook",
        "import sqlite3\nbook = sqlite3.connect('@COURSE@/gradebook.db')\n"
        "rows = book.execute('select source from source_cell').fetchall()\n"
        f"word = {HIDDEN_WORD[:3]!r} + {HIDDEN_WORD[3:]!r}\ntext = str(rows)\n{STEAL}",
        has_stolen,
    ),
    Attack(
        "read-memory",
        "hidden tests are looked for in the memory of the process",
        f"import gc\nword = {HIDDEN_WORD[:3]!r} + {HIDDEN_WORD[3:]!r}\n"
        "text = ' '.join(str(thing) for thing in gc.get_objects() if type(thing) is dict and any(\n"
        f"    isinstance(value, str) and word in value for value in list(thing.values())))\n{STEAL}",
        has_stolen,
    ),
    Attack(
        "read-others",
        "other learners' answers are read",
        read_any("@COURSE@/submitted/honest-right/**/*.ipynb", "def total"),
        has_stolen,
    ),
    Attack(
        "write-gradebook",
        "everybody gets 999 points",
        """
import sqlite3
book = sqlite3.connect('@COURSE@/gradebook.db')
book.execute('update grade set manual_score = 999, needs_manual_grade = 0')
book.commit()
""",
        honest_grades_changed,
        wrecks=True,
    ),
    Attack(
        "write-others",
        "another learner's graded page is written",
        """
path = '@COURSE@/autograded/honest-half/ps1/ps1.ipynb'
text = open(path).read()
open(path, 'w').write(text.replace('Problem set 1', 'forged by a neighbour'))
""",
        other_page_changed,
    ),
    Attack(
        "write-outside",
        "a file is written beside the course",
        "open('@OUTSIDE@/@NAME@', 'w').write('x')",
        has_left,
    ),
    Attack(
        "write-startup",
        "a start-up file for all later kernels is written",
        """
import os, pathlib
folder = pathlib.Path(os.environ.get('IPYTHONDIR') or '@HOME@/.ipython', 'profile_default', 'startup')
for place in (folder, pathlib.Path('@HOME@/.ipython/profile_default/startup')):
    place.mkdir(parents=True, exist_ok=True)
    (place / '@NAME@.py').write_text('x = 1')
""",
        startup_left,
    ),
    Attack(
        "write-library",
        "a file that every later Python runs is written",
        """
import site
open(site.getsitepackages()[0] + '/attack-@NAME@.pth', 'w').write('# nothing')
""",
        library_changed,
    ),
    Attack(
        "hard-link",
        "a hard link to the gradebook is made and written through",
        """
import os
os.link('@COURSE@/gradebook.db', 'book')
open('@OUTSIDE@/@NAME@', 'w').close()
""",
        has_left,
    ),
    Attack(
        "link-in-cell",
        "a cell leaves a link to the diary among its files",
        """
import os
os.symlink('@HOME@/diary.txt', 'answer.txt')
""",
        link_stolen,
    ),
    Attack(
        "pipe-in-cell",
        "a cell leaves a pipe and a closed folder among its files",
        """
import os
os.mkfifo('waiting')
os.mkdir('closed')
os.chmod('closed', 0)
""",
        has_no_grade,
    ),
    Attack(
        "own-page",
        "a cell writes a better page and a better date over its own",
        """
import json, os
for place in ('.', '@COURSE@/autograded/@NAME@/ps1'):
    try:
        open(place + '/timestamp.txt', 'w').write('1999-01-01 00:00:00 UTC')
        page = {'cells': [], 'metadata': {}, 'nbformat': 4, 'nbformat_minor': 5}
        json.dump(page, open(place + '/ps1.ipynb', 'w'))
    except OSError: pass
""",
        date_changed,
    ),
    Attack(
        "submitted-link", "the hand-in holds a link to the diary", succeeds=link_stolen, furnish=link_to_diary
    ),
    Attack("submitted-page-link", "the hand-in is a link to another's page", furnish=page_of_another),
    Attack(
        "submitted-pipe",
        "the hand-in holds a pipe",
        succeeds=batch_is_spoilt,
        furnish=pipe_in_folder,
        wrecks=True,
    ),
)
