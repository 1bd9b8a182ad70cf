"""The plan: from the last day back to the first meeting, each step on a working day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import ceil

from course.facts import rule as find_rule
from course.facts.milestones import Milestone, milestones
from course.planner.days import FIRST_YEAR, LAST_YEAR, ONE_DAY, WorkingDays, geneva_days, working_days
from course.planner.models import Holiday, Note, Plan, PlanError, SessionNote, Step, Translation, note
from course.planner.rests import check_stage, find_bases, find_deadline, say_bases

# Planning advice of this course, said in the plan wherever it is used; a learner's own pace goes before it.
PACE = 1000  # words that a volunteer translates and reads again in a working day
WORDS_A_PAGE = 330
MOST_WORDS = 200_000


def plan_backward(
    body: str,
    stage: str,
    session: date,
    today: date,
    *,
    country: str = "MAR",
    words: int | None = None,
    pages: int | None = None,
    pace_words_per_day: int = PACE,
    entered: SessionNote | None = None,
) -> Plan:
    """Plan back from the day on which the session opens.

    `words` or `pages` are what is to be translated, over all target languages. `entered` is what
    the session's information note says; it goes before the pack. At stage `follow-up`, `session`
    is the one that adopted the observations and may have passed. Raises PlanError, with the
    remedy, for an unknown body, stage or country, a session in the past, a wrong amount, and
    where no confirmed deadline is there and none was entered.
    """
    check_stage(body, stage, session)
    _check_days(stage, session, today, entered)
    days = working_days(country)
    amount = _words_to_translate(words, pages, pace_words_per_day)
    bases = find_bases(body, stage, session, entered)
    deadline, about_deadline = find_deadline(body, stage, session, bases[0], entered)
    if deadline.year > LAST_YEAR:
        raise PlanError("refused-year", day=deadline.date(), first=FIRST_YEAR, last=LAST_YEAR)
    needed = ceil(amount / pace_words_per_day) if amount else 0
    steps, begins = _place_steps(deadline.date(), days, needed)
    translation = Translation(amount, pace_words_per_day, needed, begins) if amount else None
    return Plan(
        body=body,
        stage=stage,
        session=session,
        today=today,
        country=country,
        deadline=deadline,
        basis=bases,
        steps=steps,
        translation=translation,
        working_days_left=days.count(today, deadline.date()),
        notes=(
            *_say_late(steps, deadline.date(), today),
            *say_bases(bases, today),
            *about_deadline,
            *_say_state_report(body, stage, session),
            *_say_days(session, deadline, days),
            *_say_translation(translation, pages),
            *((note("estimated"),) if any(step.estimated for step in steps) else ()),
        ),
    )


def _check_days(stage: str, session: date, today: date, entered: SessionNote | None) -> None:
    for day in (session, today):
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise PlanError("refused-year", day=day, first=FIRST_YEAR, last=LAST_YEAR)
    if stage != "follow-up" and session < today:
        raise PlanError("refused-past", session=session, today=today)
    if entered and entered.dated > today:
        raise PlanError("refused-dated", dated=entered.dated, today=today)


def _words_to_translate(words: int | None, pages: int | None, pace: int) -> int:
    if words is not None and pages is not None:
        raise PlanError("refused-words-and-pages")
    for amount in (words, pages, pace):
        if amount is not None and amount < 1:
            raise PlanError("refused-amount", amount=amount)
    total = words if words is not None else (pages or 0) * WORDS_A_PAGE
    if total > MOST_WORDS or total / pace > MOST_WORDS / PACE:
        raise PlanError("refused-much", words=total, pace=pace, most=MOST_WORDS // PACE)
    return total


def _place_steps(last_day: date, days: WorkingDays, needed: int) -> tuple[tuple[Step, ...], date]:
    """The steps in the order of time, and the day on which the translator has the text.

    From the last step back: the day of the advice, made earlier where the step after it or the
    translator's own pace needs more room, then moved to the working day before.
    """
    placed: list[Step] = []
    bound, extra, begins = last_day, timedelta(0), last_day
    for milestone in milestones():
        intended = last_day - timedelta(milestone.days) - extra
        step = _place(milestone, intended, bound - ONE_DAY, last_day, days)
        placed.append(step)
        bound = step.day
        if milestone.id == "translation":
            begins = days.back(step.day + ONE_DAY, needed) if needed else step.day
            bound = min(bound, begins)
            extra = max(timedelta(0), _peers_end(last_day) - (begins - ONE_DAY))
    return tuple(reversed(placed)), begins


def _peers_end(last_day: date) -> date:
    """When the advice has the text ready for the translator: the peers have read it."""
    return next(last_day - timedelta(step.days) for step in milestones() if step.id == "peer-reading")


def _place(milestone: Milestone, intended: date, latest: date, last_day: date, days: WorkingDays) -> Step:
    remarks: list[Note] = []
    day = intended
    if day > latest:
        day = latest
        remarks.append(note("moved-room"))
    fell_on, estimated = day, False
    while not days.is_working(day):
        holiday = days.holiday(day)
        if holiday:
            estimated = estimated or holiday.estimated
            _say_once(remarks, holiday)
        elif not remarks or remarks[-1].id != "moved-weekend":
            remarks.append(note("moved-weekend"))
        day -= ONE_DAY
    if beside := days.estimated_beside(day):
        remarks.append(note("beside-estimated", holiday=beside))
        estimated = True
    return Step(
        milestone=milestone,
        day=day,
        intended=intended,
        estimated=estimated,
        on_closed_day=day != fell_on,
        remarks=tuple(remarks),
        days_before=(last_day - day).days,
        working_days_before=days.count(day, last_day),
    )


def _say_once(remarks: list[Note], holiday: Holiday) -> None:
    """Name a holiday as the cause; one that lasts two days is named once."""
    named = (value.names for remark in remarks for _, value in remark.values if isinstance(value, Holiday))
    if holiday.names not in named:
        remarks.append(note("moved-estimated" if holiday.estimated else "moved-holiday", holiday=holiday))


def _say_late(steps: tuple[Step, ...], last_day: date, today: date) -> tuple[Note, ...]:
    if last_day < today:
        return (note("late-deadline", day=last_day, days=(today - last_day).days),)
    past = [step for step in steps if step.day < today]
    if not past:
        return ()
    if len(past) == len(steps):
        return (note("late-all", day=last_day),)
    following = steps[len(past)]
    return (
        note(
            "late-start",
            start=steps[0].day,
            days=(today - steps[0].day).days,
            count=len(past),
            following=following.milestone,
            day=following.day,
        ),
    )


def _say_state_report(body: str, stage: str, session: date) -> tuple[Note, ...]:
    rule = find_rule(body, stage, "follow-up-delay", on=session) if stage == "follow-up" else None
    if rule is None or rule.unit != "years":
        return ()
    return (note("state-report" if rule.decides else "state-report-recalled", session=session, rule=rule),)


def _say_days(session: date, deadline: datetime, days: WorkingDays) -> tuple[Note, ...]:
    """A session or a last day on which somebody rests, in the country or in Geneva."""
    said: list[Note] = []
    for name, day in (("session", session), ("deadline", deadline.date())):
        home, geneva = days.holiday(day), geneva_days().holiday(day)
        if geneva_days().is_weekend(day):
            said.append(note(f"{name}-weekend", day=day))
        elif days.is_weekend(day):
            said.append(note(f"{name}-rest", day=day))
        if home:
            said.append(note(f"{name}-holiday", day=day, holiday=home))
        if geneva:
            said.append(note(f"{name}-geneva", day=day, holiday=geneva))
    return tuple(said)


def _say_translation(translation: Translation | None, pages: int | None) -> tuple[Note, ...]:
    if translation is None:
        return ()
    said = note(
        "translation",
        words=translation.words,
        words_a_day=translation.pace,
        days=translation.days,
        begins=translation.begins,
    )
    return (said, note("pages", pages=pages, words=WORDS_A_PAGE)) if pages else (said,)
