"""Attacks on points by what stands in the page: tags, cells, numbers, outputs."""

from __future__ import annotations

import copy

from nbformat.v4 import new_output

from tests.grading.attacks.attack import Attack


def tests_of(page):
    """The test cells of a page."""
    return [cell for cell in page.cells if cell.metadata.get("nbgrader", {}).get("grade")]


def tag_tests(*tags):
    """An edit that tags every test."""

    def edit(page):
        for cell in tests_of(page):
            cell.metadata["tags"] = list(tags)

    return edit


def change_tests(**changes):
    """An edit that changes what a test says of itself."""

    def edit(page):
        for cell in tests_of(page):
            cell.metadata["nbgrader"].update(changes)

    return edit


def empty_tests(page):
    """The tests test nothing."""
    for cell in tests_of(page):
        cell.source = "assert True"


def retype_tests(page):
    """The tests are text."""
    for cell in tests_of(page):
        cell.cell_type = "markdown"
        del cell["outputs"], cell["execution_count"]


def delete_tests(page):
    """There are no tests."""
    page.cells = [cell for cell in page.cells if not cell.metadata.get("nbgrader", {}).get("grade")]


def repeat_tests(page):
    """Each test stands twice, the second one empty."""
    for cell in tests_of(page):
        again = copy.deepcopy(cell)
        again.source = "pass"
        again.id = f"{cell.id}x"[-8:]
        page.cells.append(again)


def store_outputs(page):
    """The page comes with the outputs of a test that was passed."""
    for place, cell in enumerate(tests_of(page)):
        cell.execution_count = place
        cell.outputs = [new_output("execute_result", {"text/plain": "5.0"}, execution_count=place)]


PAGES = (
    Attack("skip-tag", "tests are tagged to be skipped", edit=tag_tests("skip-execution")),
    Attack(
        "raises-tag", "tests are tagged as allowed to fail", edit=tag_tests("raises-exception", "remove_cell")
    ),
    Attack("no-grade", "tests say that they give no grade", edit=change_tests(grade=False, locked=False)),
    Attack("as-solution", "tests say that they are answers", edit=change_tests(solution=True)),
    Attack("thousand-points", "tests say that they give a thousand points", edit=change_tests(points=1000)),
    Attack("empty-tests", "tests test nothing", edit=empty_tests),
    Attack("text-tests", "tests are turned into text", edit=retype_tests),
    Attack("no-tests", "tests are deleted", edit=delete_tests),
    Attack("tests-twice", "tests stand a second time, empty", edit=repeat_tests),
    Attack("stored-outputs", "the page comes with outputs of passed tests", edit=store_outputs),
)
