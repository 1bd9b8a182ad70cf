"""The plan of the sample cohort: whom it holds, what is planted, and that the hand-given points add up."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from course.content import load_assignment
from course.forms.values import check_value
from grading.sample.planted import FOUND, ROLES, SEED, draw_plan, load_variants, sample_students

VARIANTS, TEXTS = load_variants()
PLANS = TEXTS["my_plan"]


@pytest.fixture(scope="module")
def plan():
    """The plan that start.py takes."""
    return draw_plan()


@pytest.fixture(scope="module")
def form(root):
    """The released form of a03."""
    return load_assignment(root / "assignments" / "a03-treaty-bodies" / "assignment.yml", root)


def test_the_cohort_is_that_of_the_programme():
    """29 associations of Oriental, 30 of Draa-Tafilalet, 34 of Rabat-Sale-Kenitra: 93."""
    students = sample_students()
    assert Counter(student.region for student in students) == {
        "Oriental": 29,
        "Draa-Tafilalet": 30,
        "Rabat-Sale-Kenitra": 34,
    }
    assert len({student.student_id for student in students}) == 93


def test_every_association_is_plainly_invented():
    """No row can be taken for a real association."""
    for student in sample_students():
        assert student.association == f"Sample association {student.student_id}"
        assert re.fullmatch(r"(ori|dra|rsk)-\d\d", student.student_id)


def test_the_same_seed_draws_the_same_plan(plan):
    """Whoever runs the sample anywhere gets this cohort."""
    assert draw_plan(SEED) == plan


def test_another_seed_draws_another_plan(plan):
    """The seed is used."""
    assert draw_plan(SEED + 1) != plan


def test_each_student_hands_in_as_its_role_says(plan):
    """Right, partly, wrong, empty, late, damaged, twice: as many as planned, 93 in all."""
    roles = {
        hand_in.student: hand_in.role for hand_in in plan.hand_ins if "superseded" not in hand_in.findings
    }
    assert Counter(roles.values()) == ROLES
    assert sum(ROLES.values()) == len(roles) == 93


def test_each_way_of_damage_is_planted_once(plan):
    """Six ways, six hand-ins, each with the finding that collecting must report."""
    damaged = {h.damage: h.findings for h in plan.hand_ins if h.damage is not None}
    assert damaged == {damage: {code} for damage, code in FOUND.items()}
    assert len(damaged) == 6


def test_an_older_hand_in_never_counts(plan):
    """Who handed in twice is expected to get the points of the newer one."""
    for student in {h.student for h in plan.hand_ins if h.role == "twice"}:
        [older] = [h for h in plan.hand_ins if h.student == student and "superseded" in h.findings]
        [newer] = [h for h in plan.hand_ins if h.student == student and "superseded" not in h.findings]
        assert older.created < newer.created
        assert plan.points[student] is newer.points


def test_five_damaged_hand_ins_have_no_score_and_the_sixth_has(plan):
    """A page that is no page is put right; the five others cannot be graded."""
    without = {student for student, score in plan.scores.items() if score is None}
    expected = {h.student for h in plan.hand_ins if h.damage not in (None, "page that is no page")}
    assert without == expected
    assert len(without) == 5


def test_the_scores_are_sums_within_the_points_of_the_form(plan, form):
    """Each expected score is the sum of points given by hand, between 0 and the maximum."""
    most = sum(form.points.values())
    for student, score in plan.scores.items():
        if score is not None:
            assert score == pytest.approx(sum(plan.points[student].values()))
            assert 0 <= score <= most


def test_right_is_all_the_points_and_wrong_and_empty_are_none(plan, form):
    """The roles mean what they say."""
    for hand_in in plan.hand_ins:
        if hand_in.role == "right":
            assert sum(hand_in.points.values()) == sum(form.points.values())
        if hand_in.role in ("wrong", "empty"):
            assert sum(hand_in.points.values()) == 0
        if hand_in.role == "empty":
            assert hand_in.answers == {}


def test_there_are_many_different_scores(plan):
    """A marker that gave everybody the same could not pass."""
    assert len({score for score in plan.scores.values() if score is not None}) >= 25


def test_no_two_hand_ins_share_a_place(plan):
    """Each file of the inbox is one hand-in, on disks that ignore capitals too."""
    assert len({hand_in.file.lower() for hand_in in plan.hand_ins}) == len(plan.hand_ins)


@pytest.mark.parametrize("field", VARIANTS)
def test_each_question_has_right_partly_and_wrong_answers(field, form):
    """Right is worth all, wrong nothing, partly something between; one question has no middle."""
    most = form.points[field]
    groups = {variant.group for variant in VARIANTS[field]}
    assert groups == ({"right", "wrong"} if field == "crc_last_day" else {"right", "partly", "wrong"})
    for variant in VARIANTS[field]:
        if variant.group == "right":
            assert variant.points == most
        elif variant.group == "wrong":
            assert variant.points == 0
        else:
            assert 0 < variant.points < most


@pytest.mark.parametrize("field", VARIANTS)
def test_each_planted_answer_can_be_saved_by_the_form(field, form):
    """The sample holds what learners can really hand in."""
    question = next(one for one in form.form.fields if one.id == field)
    for variant in VARIANTS[field]:
        assert check_value(question, variant.answer) == variant.answer


def test_no_planted_plan_names_a_person():
    """Texts speak of roles: no capital letter pair that could be a first and a last name."""
    known = {"Rights", "Child", "Women"}
    for plan in PLANS:
        pairs = re.findall(r"(?<=[a-z] )([A-Z][a-z]+) ([A-Z][a-z]+)", plan)
        assert [pair for pair in pairs if not known & set(pair)] == []
