"""Attacks on the computer: other processes, and whatever runs out."""

from __future__ import annotations

from tests.grading.attacks.attack import (
    Attack,
    batch_is_spoilt,
    has_no_grade,
    has_stolen,
    has_survived,
)
from tests.grading.attacks.scene import WRONG

LARGEST = 30_000_000  # bytes of a graded page that nobody can open


def page_is_huge(scene, name):
    """The graded page is larger than anybody can open."""
    page = scene.graded_page(name)
    return page.exists() and page.stat().st_size > LARGEST


def folder_is_full(scene, name):
    """More than 200 MB lie in its graded folder."""
    folder = scene.graded_page(name).parent
    return sum(path.lstat().st_size for path in folder.rglob("*")) > 200_000_000


EARNED_FIRST = WRONG | {
    "sum": """
def total(values):
    return sum(values)
"""
}
LOOP = {"mean": "def mean(values):\n    while True: pass"}
DEAF = {
    "mean": """
import signal, time
def mean(values):
    for number in (2, 15, 1, 24): signal.signal(number, signal.SIG_IGN)
    while True: time.sleep(0.01)
"""
}


def lost_earlier_points(scene, name):
    """The two points of the cell before the endless one are gone."""
    return scene.grades().get(name, {}).get("test-sum", (None, True))[0] != 2


MACHINE = (
    Attack(
        "fifty-processes",
        "fifty processes go on in sessions of their own",
        """
import subprocess
for _ in range(50): subprocess.Popen(@SLEEPER@, start_new_session=True)
""",
        has_survived,
    ),
    Attack(
        "daemon",
        "a process detaches itself twice",
        """
import os
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execvp('sh', @SLEEPER@)
    os._exit(0)
""",
        has_survived,
    ),
    Attack(
        "process-bomb",
        "processes are started until none can be",
        """
import subprocess, time
count = 0
try:
    for _ in range(400):
        subprocess.Popen(@SLEEPER@, start_new_session=True)
        count += 1
    print('STO' + 'LEN')
except OSError: pass
""",
        has_stolen,
    ),
    Attack(
        "thread-bomb",
        "threads are started until none can be",
        """
import threading, time
try:
    for _ in range(1000): threading.Thread(target=time.sleep, args=(1,), daemon=True).start()
    print('STO' + 'LEN')
except RuntimeError: pass
""",
        has_stolen,
    ),
    Attack(
        "kill-parent",
        "the grader is killed",
        """
import os, signal
os.kill(os.getppid(), signal.SIGKILL)
""",
        batch_is_spoilt,
        wrecks=True,
    ),
    Attack(
        "stop-everything",
        "every process that can be reached is stopped",
        """
import os, signal
for name in os.listdir('/proc'):
    if not name.isdigit() or int(name) == os.getpid():
        continue
    if b'@HOME@' in open(f'/proc/{name}/environ', 'rb').read():
        os.kill(int(name), signal.SIGKILL)
""",
        batch_is_spoilt,
        wrecks=True,
    ),
    Attack(
        "trace-parent",
        "the grader's memory is opened",
        """
import os
open(f'/proc/{os.getppid()}/mem', 'rb+')
print('STO' + 'LEN')
""",
        has_stolen,
    ),
    Attack(
        "trace-children",
        "a process is traced",
        """
import ctypes, os, time
child = os.fork()
if child == 0:
    time.sleep(2)
    os._exit(0)
if ctypes.CDLL(None).ptrace(16, child, 0, 0) == 0: print('STO' + 'LEN')
os.kill(child, 9)
""",
        has_stolen,
    ),
    Attack(
        "become-root",
        "rights are taken back",
        """
import os, ctypes
libc = ctypes.CDLL(None)
libc.unshare(0x10000000)
try:
    os.setuid(0)
    print('STO' + 'LEN')
except OSError:
    pass
""",
        has_stolen,
    ),
    Attack(
        "memory",
        "three gigabytes are taken",
        """
held = bytearray(3 * 1024 ** 3)
print('STO' + 'LEN')
del held
""",
        has_stolen,
    ),
    Attack(
        "open-files",
        "files are opened until none can be",
        """
held = []
try:
    for _ in range(3000): held.append(open('/dev/null'))
    print('STO' + 'LEN')
except OSError: pass
""",
        has_stolen,
    ),
    Attack(
        "large-file",
        "a file of 300 MB is written",
        """
with open('large.bin', 'wb') as file:
    for _ in range(300): file.write(b'x' * 1_000_000)
""",
        folder_is_full,
    ),
    Attack(
        "many-files",
        "thirty thousand files are written",
        """
for number in range(30_000): open(f'file-{number}', 'w').close()
print('STO' + 'LEN')
""",
        has_stolen,
    ),
    Attack("one-line", "sixty megabytes are printed on one line", "print('x' * 60_000_000)", page_is_huge),
    Attack(
        "rich-output",
        "forty megabytes are shown as a page of the web",
        """
from IPython.display import HTML, display
display(HTML('y' * 40_000_000))
""",
        page_is_huge,
    ),
    Attack(
        "endless-output",
        "lines are printed without end",
        """
import itertools
for number in itertools.count(): print('line', number, 'x' * 200)
""",
        page_is_huge,
    ),
    Attack(
        "recursion",
        "the stack of the process overflows",
        answers=EARNED_FIRST
        | {
            "mean": """
import sys
sys.setrecursionlimit(10 ** 8)
def mean(values):
    return mean([mean])
"""
        },
        succeeds=lost_earlier_points,
    ),
    Attack("endless-loop", "a test never ends", answers=EARNED_FIRST | LOOP, succeeds=lost_earlier_points),
    Attack(
        "deaf-loop",
        "a test never ends and hears no signal",
        answers=EARNED_FIRST | DEAF,
        succeeds=lost_earlier_points,
    ),
    Attack(
        "hard-exit-late",
        "the process ends in the second test",
        "import os",
        answers=EARNED_FIRST
        | {
            "mean": """
def mean(values):
    os._exit(0)
"""
        },
        succeeds=lost_earlier_points,
    ),
    Attack(
        "exit-hook",
        "what runs at the end of the process never ends",
        """
import atexit, time
atexit.register(time.sleep, 3600)
""",
        has_no_grade,
    ),
    Attack(
        "crash",
        "the interpreter crashes in the second test",
        "import os, signal",
        answers=EARNED_FIRST
        | {
            "mean": """
def mean(values):
    os.kill(os.getpid(), signal.SIGSEGV)
    os.abort()
"""
        },
        succeeds=lost_earlier_points,
    ),
)
