"""nbgrader's own tests of its autograde command, with our command in its place."""

from __future__ import annotations

from bench.nbgrader_suite import run_nbgrader_tests

# What our engine does in its own way: failures, late work, kernels, time limits. All 42 run in
# `python3 start.py bench nbgrader`, which takes minutes.
CHOSEN = (
    "handle_failure or kernelspec or missing_notebook or empty_timestamp or test_force_f"
    " or (infinite_loop and not with_output)"
)


def test_nbgraders_own_tests_pass_with_our_command(tmp_path):
    """The tests of failures, kernels and time limits, as they come in nbgrader's wheel."""
    counts, said = run_nbgrader_tests(tmp_path, CHOSEN)
    assert counts.keys() == {"passed"}, said
    assert counts["passed"] >= 9, said
