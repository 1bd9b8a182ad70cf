"""The codes as a whole: each has texts, a check and a test; each criterion has a code or a reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course.files import DATA, read_quickly, read_yaml
from course.report.checks import CHECKS
from course.report.codes import codes
from course.report.criteria import ALL, criteria
from course.texts import LANGUAGES

HERE = Path(__file__).parent


def test_every_code_has_a_check_and_a_test_that_names_it():
    """What no test names can break unseen."""
    named = set()
    for path in (*HERE.rglob("test_*.py"), HERE / "labelled" / "persons.yml"):
        named |= set(re.findall(r"\b[A-Z]{3}\d{3}\b", path.read_text(encoding="utf-8")))
    from course.report.checks.recommendations import CODES

    assert {check.code for check in CHECKS} - named - set(CODES.values()) == set()
    assert set(codes("en")) == {check.code for check in CHECKS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_says_what_why_and_how_with_both_examples(language):
    """No field is empty, none is a copy of the English one, and the two examples differ."""
    for code, texts in codes(language).items():
        for field in ("title", "why", "do", "bad", "good"):
            assert getattr(texts, field).strip(), (code, field)
            if language != "en" and field in ("title", "why", "do"):
                assert getattr(texts, field) != getattr(codes("en")[code], field), (code, field)
        assert texts.bad != texts.good, code


def test_every_criterion_has_a_code_or_a_reader_or_a_reason():
    """Each of the sixty once; no code is named that does not exist."""
    known = criteria()
    numbers = [*known.checked, *known.people, *known.left]
    assert sorted(numbers) == list(range(1, ALL + 1))
    assert {code for named in known.checked.values() for code in named} <= set(codes("en"))
    for left in known.left.values():
        assert set(left.what) == set(left.why) == set(LANGUAGES)


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.yml")), ids=lambda path: path.name)
def test_the_quick_reader_of_yaml_reads_what_the_slow_one_reads(path):
    """Same keys in the same order, same kinds of values: `NO`, days and 1:30 stay text."""
    assert repr_of(read_quickly(path)) == repr_of(read_yaml(path))


def repr_of(value):
    """Plain Python values of what a reader returned, with their kinds."""
    if isinstance(value, dict):
        return [(repr_of(key), repr_of(one)) for key, one in value.items()]
    if isinstance(value, list):
        return [repr_of(one) for one in value]
    kinds = (bool, int, float, str)
    return next(((kind.__name__, kind(value)) for kind in kinds if isinstance(value, kind)), value)


def test_the_quick_reader_keeps_to_the_newer_yaml_and_hands_on_what_it_cannot_read(tmp_path):
    """YAML 1.1 would make false, a number of seconds and a day of these; a fault gets its line."""
    path = tmp_path / "a.yml"
    path.write_text("a: NO\nb: 1:30\nc: 2027-01-01\nd: on\ne: 1_000\n", encoding="utf-8")
    assert set(map(type, read_quickly(path).values())) == {str}
    path.write_text("a: [1\nb: 2\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"a\.yml") as refused:
        read_quickly(path)
    assert refused.value.problems[0].line
