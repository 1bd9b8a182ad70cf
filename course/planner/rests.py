"""What a plan rests on: the last day, the length and the channel, from the pack or from what was entered."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from course.facts import Body, Rule, bodies
from course.facts import rule as find_rule
from course.facts.deadlines import fixed_days, last_day_before
from course.planner.models import (
    END_OF_DAY,
    GENEVA,
    UPR,
    Basis,
    Note,
    PlanError,
    RuleNote,
    SessionNote,
    Wording,
    note,
)

STAGES = {False: ("loi", "loipr", "session", "follow-up"), True: ("upr-individual", "upr-joint")}
STALE_DAYS = 120
NO_SUCH_STAGE, NO_PROCEDURE, IN_THE_NOTE = "no-such-stage", "no-procedure", "session-note"


def check_stage(code: str, stage: str, session: date) -> None:
    """Refuse, in words, a body or a stage that does not exist, and a stage that the body does not have."""
    if code not in bodies() and code != UPR:
        raise PlanError("refused-body", body=code, bodies=", ".join([*bodies(), UPR]))
    stages = STAGES[code == UPR]
    if stage not in stages:
        has = [name for name in stages if not _lacks(code, name, session)]
        if not has:
            raise PlanError("refused-no-reports", body=body_name(code))
        missing = next((rule for name in stages if (rule := _lacks(code, name, session))), None)
        if missing:
            raise PlanError(
                "refused-stage-why",
                body=body_name(code),
                stage=stage,
                stages=", ".join(has),
                why=RuleNote(missing),
            )
        raise PlanError("refused-stage", body=body_name(code), stage=stage, stages=", ".join(stages))
    if code != UPR and not bodies()[code].reads_state_reports:
        raise PlanError("refused-no-reports", body=body_name(code))
    if missing := _lacks(code, stage, session):
        raise PlanError(
            "refused-no-stage", body=body_name(code), stage=stage_name(stage), why=RuleNote(missing)
        )


def _lacks(code: str, stage: str, session: date) -> Rule | None:
    """The rule which says that the body has no such stage."""
    if code != UPR and not bodies()[code].reads_state_reports:
        return find_rule(code, stage, "deadline", on=session)
    for name, none in (("deadline", NO_SUCH_STAGE), ("follow-up-delay", NO_PROCEDURE)):
        rule = find_rule(code, stage, name, on=session)
        if rule and rule.value == none:
            return rule
    return None


def body_name(code: str) -> Wording | Body:
    """The body, by its name in each language."""
    return Wording("planner.body-upr") if code == UPR else bodies()[code]


def stage_name(stage: str) -> Wording:
    """The stage, by its name in each language."""
    return Wording(f"planner.stage-{stage}")


def find_bases(code: str, stage: str, session: date, entered: SessionNote | None) -> tuple[Basis, ...]:
    """Deadline, length and channel; what was entered stands before the pack."""
    given: dict[str, Note | None] = {"deadline": None, "length": None, "channel": None}
    if entered:
        if entered.deadline:
            given["deadline"] = note("entered-day", day=entered.deadline)
        if entered.limit:
            given["length"] = note(f"entered-{entered.limit_unit}", limit=entered.limit)
        if (entered.channel or "").strip():
            given["channel"] = note("entered-channel", channel=entered.channel.strip())
    rules = {
        "deadline": _pack_deadline(code, stage, session),
        "length": find_rule(code, stage, "length", on=session),
        "channel": find_rule(code, stage, "channel", on=session),
    }
    return tuple(
        Basis(name, rules[name], said, entered.link, entered.dated)
        if said and entered
        else Basis(name, rules[name])
        for name, said in given.items()
    )


def _pack_deadline(code: str, stage: str, session: date) -> Rule | None:
    """A deadline `any` speaks of sessions: it says nothing about the follow-up after one."""
    rule = find_rule(code, stage, "deadline", on=session)
    return None if rule and stage == "follow-up" and rule.stage == "any" else rule


def find_deadline(
    code: str, stage: str, session: date, basis: Basis, entered: SessionNote | None
) -> tuple[datetime, tuple[Note, ...]]:
    """The last moment to send, in Geneva time, and what must be said about it.

    Raises PlanError where only a recalled rule, a gap, or "see the session's note" is there
    and no day was entered.
    """
    if entered and entered.deadline:
        early = entered.deadline < session
        if stage == "follow-up" and early:
            raise PlanError("refused-before-follow-up", deadline=entered.deadline, session=session)
        if stage != "follow-up" and entered.deadline > session:
            raise PlanError("refused-after-session", deadline=entered.deadline, session=session)
        hour, about = (entered.hour, ()) if entered.hour else _hour(code, stage, session)
        differs = _differs(session, basis.rule, entered.deadline)
        return datetime.combine(entered.deadline, hour, GENEVA), differs + about
    rule, who = basis.rule, {"body": body_name(code), "stage": stage_name(stage)}
    if stage == "follow-up":
        raise PlanError("refused-follow-up", **who)
    if rule and rule.value == IN_THE_NOTE:
        raise PlanError("refused-in-the-note", **who)
    if rule is None or not rule.value:
        raise PlanError("refused-gap", **who)
    if rule.unit not in ("weeks-before-session", "month-days"):
        raise PlanError("refused-in-the-note", **who)
    if not rule.decides:
        raise PlanError("refused-recalled", rule=rule, **who)
    day, said = _computed(rule, session)
    hour, about = _hour(code, stage, session)
    return datetime.combine(day, hour, GENEVA), said + about


def _computed(rule: Rule, session: date) -> tuple[date, tuple[Note, ...]]:
    """The day that a verified rule gives: weeks counted back, or the fixed day that goes before."""
    day = last_day_before(rule, session)
    if rule.unit == "weeks-before-session":
        return day, ()
    near = max(fixed for fixed in fixed_days(rule, session.year) if fixed < session)
    said = note("fixed-days", rule=rule, session=session, why=RuleNote(rule))
    if day != near:
        return day, (said, note("fixed-day-earlier", near=near, session=session, day=day))
    return day, (said,)


def _differs(session: date, rule: Rule | None, deadline: date) -> tuple[Note, ...]:
    """Where a verified rule of the pack gives another day, both are named; the entered one decides."""
    if rule is None or not rule.decides or rule.unit not in ("weeks-before-session", "month-days"):
        return ()
    computed, _ = _computed(rule, session)
    return () if computed == deadline else (note("differs", entered=deadline, computed=computed),)


def _hour(code: str, stage: str, session: date) -> tuple[time, tuple[Note, ...]]:
    """The hour that the pack names, even an unconfirmed one, since it is sooner; else the end of the day."""
    rule = find_rule(code, stage, "deadline-hour", on=session)
    named = re.fullmatch(r"(\d\d)-(\d\d)-geneva", rule.value) if rule else None
    if not named:
        return END_OF_DAY, ()
    hour = time(int(named[1]), int(named[2]))
    return hour, (note("hour", hour=f"{hour:%H:%M}", source=rule.source),)


def say_bases(bases: tuple[Basis, ...], today: date) -> tuple[Note, ...]:
    """NOT CHECKED, stale and entered values, each in a sentence."""
    said: list[Note] = []
    for basis in bases:
        name = Wording(f"planner.{basis.name}")
        if basis.entered and basis.dated:
            said.append(note("entered", name=name, link=basis.link, dated=basis.dated))
            if (today - basis.dated).days > STALE_DAYS:
                said.append(note("entered-old", name=name, days=(today - basis.dated).days))
        elif basis.not_checked:
            said.append(note("not-checked" if basis.rule and basis.rule.value else "not-known", name=name))
        elif basis.rule and (today - basis.rule.checked).days > STALE_DAYS:
            said.append(note("stale", name=name, days=(today - basis.rule.checked).days))
    return tuple(said)
