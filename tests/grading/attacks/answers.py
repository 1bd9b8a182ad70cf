"""Attacks on points by what an answer is, and by what Python's own names mean."""

from __future__ import annotations

from tests.grading.attacks.attack import Attack
from tests.grading.attacks.scene import WRONG

ALL_EQUAL = """
class Same:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    def __sub__(self, other): return self
    def __abs__(self): return self
    def __iter__(self): return iter(["value"])
    def __getattr__(self, name): return Same()
    def __getitem__(self, name): return Same()
    def __call__(self, *arguments, **names): return Same()
"""
NAMES = {"sum": "total", "mean": "mean", "table": "table", "share": "share"}
SAME_ANSWERS = {part: f"def {name}(*values):\n    return Same()" for part, name in NAMES.items()}
WANTED = WRONG | {
    "sum": """
def total(values):
    return 1
""",
    "mean": """
def mean(values):
    return 99
""",
}

ANSWERS = (
    Attack("all-equal", "answers are equal to everything", ALL_EQUAL, answers=SAME_ANSWERS),
    Attack(
        "equal-number",
        "an answer is a number that is equal to every small number",
        """
class Number(int):
    def __eq__(self, other): return isinstance(other, int) and other < 1000
    __hash__ = int.__hash__
""",
        answers=WRONG
        | {
            "sum": """
def total(values):
    return Number(4)
"""
        },
    ),
    Attack(
        "mock-any",
        "an answer is the object that mocks take for anything",
        "from unittest.mock import ANY",
        answers=WRONG
        | {
            "sum": """
def total(values):
    return ANY
"""
        },
    ),
    Attack(
        "patched-builtin",
        "abs() and list() are others for everybody",
        """
import builtins
builtins.abs = lambda value: 0
""",
        answers=WANTED,
    ),
    Attack("shadowed-builtin", "abs() is another one on this page", "abs = lambda value: 0", answers=WANTED),
    Attack(
        "late-shadow",
        "abs() becomes another one through the page's own names",
        "globals().update({'a' + 'bs': lambda value: 0})",
        answers=WANTED,
    ),
    Attack(
        "patched-library",
        "pandas finds every two series equal",
        """
import pandas as pd
pd.testing.assert_series_equal = lambda *a, **k: None
""",
        answers=WRONG
        | {
            "table": """
def table(values):
    return pd.DataFrame({'value': [0]})
"""
        },
    ),
    Attack(
        "patched-method",
        "a method of pandas' own class answers what is wanted",
        """
import pandas as pd
pd.DataFrame.__getitem__ = lambda self, name: pd.Series([1, 3], name=name)
""",
        answers=WRONG
        | {
            "table": """
def table(values):
    return pd.DataFrame({'value': [0]})
"""
        },
    ),
    Attack(
        "trace",
        "a trace function jumps over each assertion",
        """
import sys
def watch(frame, event, argument):
    if 'total' in frame.f_code.co_names and event == 'line':
        frame.f_globals['total'] = type('S', (), {'__eq__': lambda s, o: True, '__call__': lambda s, v: s})()
    return watch
sys.settrace(watch)
""",
    ),
    Attack(
        "exit",
        "the answer ends the interpreter when a test calls it",
        "import sys",
        answers=WRONG
        | {
            "sum": """
def total(values):
    sys.exit(0)
"""
        },
    ),
    Attack(
        "hard-exit",
        "the answer ends the process when a test calls it",
        "import os",
        answers=WRONG
        | {
            "sum": """
def total(values):
    os._exit(0)
"""
        },
    ),
    Attack(
        "fake-error-class",
        "AssertionError is no error any more",
        """
import builtins
class Quiet(Exception):
    def _render_traceback_(self): return []
builtins.AssertionError = Quiet
""",
    ),
    Attack(
        "quiet-error",
        "answers raise an error that draws itself as nothing",
        """
class Quiet(Exception):
    def _render_traceback_(self): return []
""",
        answers={
            "sum": """
def total(values):
    raise Quiet
""",
            "mean": """
def mean(values):
    raise Quiet
""",
            "table": """
def table(values):
    raise Quiet
""",
        },
    ),
    Attack(
        "own-memory",
        "the process writes into its own memory",
        """
import ctypes, builtins
nothing = lambda value: 0
ctypes.pythonapi.PyDict_SetItemString(ctypes.py_object(vars(builtins)), b'abs', ctypes.py_object(nothing))
""",
        answers=WANTED,
    ),
)
