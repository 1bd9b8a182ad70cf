"""`grading verify`: both engines on copies of a course, with forms and with nbgrader's own example."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbgrader
import pytest
from nbgrader.converters import GenerateAssignment
from traitlets.config import Config

from course.errors import CourseError
from grading.converters import run_converter
from grading.environment import changed_environment, path_with_commands
from grading.verify import verify_assignment

GUIDE = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"


def test_a_form_is_graded_alike_by_both_engines(graded):
    """Rows, points, comments, files and outputs of every hand-in."""
    verification = verify_assignment(graded.root, "a90")
    assert verification.submissions == 3
    assert verification.differences == ()


def test_nbgraders_own_example_is_graded_alike_by_both_engines(tmp_path):
    """The assignment of nbgrader's user guide with its two submissions."""
    course = tmp_path / "guide"
    for part in ("source", "submitted"):
        shutil.copytree(GUIDE / part, course / part)
    config = Config()
    config.CourseDirectory.root, config.CourseDirectory.assignment_id = str(course), "ps1"
    config.IncludeHeaderFooter.header = ""
    with changed_environment({"PATH": path_with_commands()}):
        assert run_converter(GenerateAssignment, config) is None
    verification = verify_assignment(course, "ps1", trust_submissions=True)
    assert verification.submissions == 2
    assert verification.differences == ()


def test_learners_code_is_not_run_by_stock_kernels_without_trust(tmp_path):
    """Verifying runs what was handed in with the instructor's rights: that needs the instructor's word."""
    shutil.copytree(GUIDE / "submitted", tmp_path / "submitted")
    with pytest.raises(CourseError, match="--trust-submissions"):
        verify_assignment(tmp_path, "ps1")
