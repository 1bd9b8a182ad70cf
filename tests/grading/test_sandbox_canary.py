"""What gives tampering away: words of a submission, tests that accept anything, tests that cannot fail."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from grading.sandbox.canary import alter_test, must_fail
from grading.sandbox.suspicion import suspicious_words
from grading.sandbox.watch import accepts_all, is_equal_to_all

LOCKED = {"schema_version": 3, "grade_id": "t", "grade": True, "solution": False, "locked": True, "points": 1}


def page(source, locked="assert True"):
    """A page with one cell of a learner and one test."""
    return new_notebook(cells=[new_code_cell(source), new_code_cell(locked, metadata={"nbgrader": LOCKED})])


@pytest.mark.parametrize(
    "source",
    [
        "get_ipython().input_transformers_post.append(print)",
        "shell = get_ipython()",
        "import builtins",
        "from unittest import mock",
        "import gc as g",
        "f = open('/proc/self/mem', 'rb')",
        "exec(code)",
        "exec('import ' + 'gc')",
        "exec('import gc')",
        "eval('get_ipython')()",
        "__import__('ctypes')",
        "getattr(shell, 'run' + '_cell')",
        "pd.testing.assert_series_equal = lambda *a: None",
        "%time import gc",
        "%%capture out\nimport inspect",
    ],
)
def test_what_tampering_needs_is_seen(source):
    """Each of these ways into the grader is named to the instructor."""
    assert suspicious_words(page(source))


@pytest.mark.parametrize(
    "source",
    [
        "import pandas as pd\n%matplotlib inline\n!ls\nprint(1)",
        "from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'))",
        "import re\nre.compile('a')\nframe.eval('a + b')\neval('1 + 2')",
        "import matplotlib.pyplot as plt\nplt.rcParams['figure.dpi'] = 100\npd.options.display.max_rows = 5",
        "class Point:\n    def __eq__(self, other):\n        return self.x == other.x",
        "this is no Python",
        "%%time\nsum(range(10))",
    ],
)
def test_honest_work_is_not_suspicious(source):
    """What learners of ordinary courses write is not brought before a person."""
    assert suspicious_words(page(source)) == {}


def test_a_course_may_use_any_word():
    """What the instructor's own locked cells use is ordinary in that course."""
    assert suspicious_words(page("import inspect", locked="import inspect")) == {}


class Same:
    """Equal to everything."""

    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return self

    def __abs__(self):
        return self

    __hash__ = None


class SmallNumber(int):
    """Equal to every number near the one it is compared with."""

    def __eq__(self, other):
        return isinstance(other, int) and other < 100

    __hash__ = int.__hash__


class Before:
    """Smaller than everything."""

    def __lt__(self, other):
        return True


@pytest.mark.parametrize("value", [Same(), [Same()], {"a": (1, Same())}, Before()])
def test_an_object_that_is_equal_to_all_is_seen(value):
    """Alone or inside a container."""
    assert is_equal_to_all(value)


def test_an_object_that_is_equal_to_what_is_near_is_seen():
    """It is compared with something slightly different from what the test wants."""
    assert accepts_all({0: SmallNumber(4), 1: 60}, [(0, 1)])


def test_honest_values_are_not_equal_to_all():
    """Numbers, texts, tables, arrays, missing values and a learner's own classes."""
    np, pd = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    values = [3, 2.5, "x", None, True, float("nan"), [1, "a"], {"a": 1}, np.arange(3), np.float64(1), pd.NA]
    values += [pd.DataFrame({"a": [1, None]}), pd.Series(["a", "b"]), pytest.approx(3), object(), print, int]

    assert not accepts_all(dict(enumerate(values)), [(0, 0), (1, 1), (2, 2)])


@pytest.mark.parametrize("attempt", range(20))
def test_a_test_that_must_fail_fails(attempt):
    """Whatever form it takes."""
    with pytest.raises(AssertionError):
        exec(must_fail(), {})


@pytest.mark.parametrize(
    "test",
    [
        "assert answer() == 5",
        "assert 5 == answer()",
        "assert abs(answer() - 5) < 0.1, 'too far'",
        "assert sorted([answer()]) == [5]",
        "def check(got):\n    assert got == 5\ncheck(answer())",
        "import unittest\nunittest.TestCase().assertEqual(answer(), 5)",
        "points = 2.0 * (answer() == 5)",
        "points = 0\npoints += answer() == 5",
        "for wanted in (5, 6):\n    assert answer() == wanted",
    ],
)
def test_a_passed_test_says_whether_it_would_pass_anything(test):
    """The altered test tells an answer that is equal to all from an honest one."""
    altered = alter_test(test, 3)

    assert look(altered, Same) == {3}
    assert look(altered, lambda: 5) == set()


def look(altered, answer):
    """The places that an altered test finds."""
    found = set()
    exec(altered, {"_found_": found, "_accepts_all_": accepts_all, "answer": answer})
    return found


@pytest.mark.parametrize("test", ["x = 1", "assert (", "%%bash\nexit 1"])
def test_a_test_without_assertions_is_left_alone(test):
    """There is nothing to look at."""
    assert alter_test(test, 0) == ""
