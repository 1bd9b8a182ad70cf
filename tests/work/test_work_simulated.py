"""Two years of reviews over the real bank keep what the course promises, for three kinds of learners."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from course.work.moments import stamp
from course.work.outline import load_outline
from course.work.records import Answered
from course.work.schedule import INTERVALS, KNOWN, MOST_WAITING, NEW_A_DAY, plan_reviews

BEGUN = date(2026, 1, 5)
DAYS = 730
LEARNING_DAYS = 30  # the lessons are read in the first month, a few questions a day


class Diligent:
    """Comes every day, does all that is asked, and is nearly always right."""

    right = 0.9

    def does(self, day, count, chance):
        """How many of today's questions are answered."""
        return count


class Irregular(Diligent):
    """Comes on every third day or so, and does some of it."""

    right = 0.7

    def does(self, day, count, chance):
        """Some days nothing, other days some."""
        return chance.randint(0, count) if chance.random() < 0.35 else 0


class LongAbsent(Diligent):
    """Diligent, but away for the months two to four and for the whole of the tenth."""

    right = 0.8

    def does(self, day, count, chance):
        """Nothing while away."""
        return 0 if 40 <= day < 130 or 300 <= day < 331 else count


def moment(day: int, number: int) -> str:
    """So many days after the beginning, the answers of a day one after another."""
    start = datetime(BEGUN.year, BEGUN.month, BEGUN.day, 9, tzinfo=UTC)
    return stamp(start + timedelta(days=day, minutes=number))


def live(learner, bank):
    """Two years, day by day: what was asked each day, and every answer."""
    chance = random.Random(7)
    items = sorted(bank)
    answers, asked = [], []
    for day in range(DAYS):
        plan = plan_reviews(answers, BEGUN + timedelta(days=day), bank)
        today = [review.item for review in plan.today]
        asked.append(today)
        share = items[day * len(items) // LEARNING_DAYS : (day + 1) * len(items) // LEARNING_DAYS]
        done = today[: learner.does(day, len(today), chance)]
        for number, item in enumerate([*done, *(share if day < LEARNING_DAYS else [])]):
            score = float(chance.random() < learner.right)
            answers.append(Answered(moment(day, number), "review", item, score, 0, ""))
    return asked, answers


class Lived:
    """What one learner was asked and answered."""

    def __init__(self, name, bank, asked, answers):
        self.name, self.bank, self.asked, self.answers = name, bank, asked, answers

    def by_item(self):
        """Each item's answers as (day, score), in the order of time."""
        found = defaultdict(list)
        for answer in self.answers:
            found[answer.item].append(((date.fromisoformat(answer.at[:10]) - BEGUN).days, answer.score))
        return found


@pytest.fixture(scope="module", params=[Diligent, Irregular, LongAbsent], ids=lambda kind: kind.__name__)
def lived(request, root):
    """The two years of one learner, over every item of the course."""
    bank = load_outline(root).bank
    return Lived(request.param.__name__, bank, *live(request.param(), bank))


def test_never_more_than_five_new_ones_a_day_and_never_more_than_fifteen(lived):
    """What was not there yesterday is at most five questions; all that waits is at most fifteen."""
    before = set()
    for today in lived.asked:
        assert len(set(today)) == len(today) <= MOST_WAITING
        assert len(set(today) - before) <= NEW_A_DAY
        before = set(today)


def test_nothing_comes_before_its_day(lived):
    """Between the last answer and the next question lies the promised interval, or more."""
    history = lived.by_item()
    for day, today in enumerate(lived.asked):
        for item in today:
            step, due = 0, None
            for then, score in history[item]:
                if then >= day:
                    break
                if due is None or score < KNOWN:
                    step, due = 0, then + 1
                elif then >= due:
                    step = min(step + 1, len(INTERVALS) - 1)
                    due = then + INTERVALS[step]
            assert due is not None
            assert day >= due


def test_every_item_comes_back(lived):
    """Nobody's question is lost: each was asked again, and in the last half year as well."""
    first = {item for today in lived.asked for item in today}
    late = {item for today in lived.asked[-183:] for item in today}
    assert first == set(lived.bank)
    assert late == set(lived.bank)


def test_who_keeps_up_is_asked_on_the_very_day(root):
    """With few questions nothing has to wait: the days are exactly 1, 3, 7, 21, 60 and 120 apart."""
    item = next(iter(load_outline(root).bank))
    days, answers = [], []
    for day in range(400):
        if day == 0 or plan_reviews(answers, BEGUN + timedelta(days=day)).today:
            answers.append(Answered(moment(day, 0), "review", item, 1.0, 0, ""))
            days.append(day)
    assert [later - day for day, later in pairwise(days)] == [*INTERVALS, 120]


def test_what_waits_is_asked_in_its_order(root):
    """After a month away the oldest comes first; what has no place comes on the next days, five a day."""
    bank = sorted(load_outline(root).bank)[:40]
    answers = [Answered(moment(n // 10, n), "review", item, 1.0, 0, "") for n, item in enumerate(bank)]
    back = BEGUN + timedelta(days=30)
    plan = plan_reviews(answers, back)
    assert ([review.item for review in plan.today], plan.moved) == (bank[:15], 25)
    done = [Answered(moment(30, n), "review", item, 1.0, 0, "") for n, item in enumerate(bank[:15])]
    assert plan_reviews(answers + done, back).next_day == back + timedelta(days=1)
    later = plan_reviews(answers + done, back + timedelta(days=1))
    assert [review.item for review in later.today] == bank[15:20]


def test_an_item_that_the_course_gave_up_is_not_asked(root):
    """Its answers stay in my work; the question does not exist any more."""
    answers = [Answered(moment(0, 0), "review", "given-up-01", 1.0, 0, "")]
    plan = plan_reviews(answers, BEGUN + timedelta(days=9), load_outline(root).bank)
    assert (plan.today, plan.moved, plan.next_day) == ((), 0, None)
