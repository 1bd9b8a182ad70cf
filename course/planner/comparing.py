"""One date changed: which steps move, and what breaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from course.facts.milestones import Milestone
from course.planner.models import Note, Plan, PlanError, Step, Wording, note


@dataclass(frozen=True)
class Move:
    """One step of both plans; `days` is negative where it now comes sooner."""

    milestone: Milestone
    before: date
    after: date

    @property
    def days(self) -> int:
        """Calendar days by which the step moves."""
        return (self.after - self.before).days


@dataclass(frozen=True)
class Comparison:
    """What changed between two plans of one review: `moves` without the steps that stay."""

    old: Plan
    new: Plan
    moves: tuple[Move, ...]
    breaks: tuple[Note, ...]

    @property
    def unchanged(self) -> bool:
        """Whether every step, the last day and what they rest on stayed."""
        return not self.moves and not self.breaks and self.old.deadline == self.new.deadline


def compare_plans(old: Plan, new: Plan) -> Comparison:
    """What moved from `old` to `new`, and what breaks by it.

    Raises PlanError where the two are no plans of one review (body, stage).
    """
    if (old.body, old.stage) != (new.body, new.stage):
        raise PlanError("refused-compare", old=f"{old.body} {old.stage}", new=f"{new.body} {new.stage}")
    before = {step.id: step for step in old.steps}
    moves = tuple(
        Move(step.milestone, before[step.id].day, step.day)
        for step in new.steps
        if before[step.id].day != step.day
    )
    breaks = (
        *_deadline(old, new),
        *_past(old, new),
        *_closed(before, new),
        *_bases(old, new),
    )
    return Comparison(old, new, moves, breaks)


def _deadline(old: Plan, new: Plan) -> tuple[Note, ...]:
    if new.last_day < new.today <= old.last_day:
        return (note("break-deadline-past", day=new.last_day),)
    if new.deadline < old.deadline:
        lost = old.working_days_left - new.working_days_left
        return (note("break-sooner", old=old.last_day, new=new.last_day, days=lost),)
    return ()


def _past(old: Plan, new: Plan) -> tuple[Note, ...]:
    """Steps for which there was still time, and is none now."""
    was_ahead = {step.id for step in old.steps if step.day >= old.today}
    return tuple(
        note("break-step", step=step.milestone, day=step.day)
        for step in new.steps
        if step.day < new.today and step.id in was_ahead
    )


def _closed(before: dict[str, Step], new: Plan) -> tuple[Note, ...]:
    """Steps that now fall on a weekend or a holiday, and did not."""
    return tuple(
        note("break-closed", step=step.milestone, day=step.day)
        for step in new.steps
        if step.on_closed_day and not before[step.id].on_closed_day
    )


def _bases(old: Plan, new: Plan) -> tuple[Note, ...]:
    """A limit or a channel that is another one now: the text or the way to send must change."""
    return tuple(
        note("break-basis", name=Wording(f"planner.{after.name}"), old=before, new=after)
        for before, after in zip(old.basis, new.basis, strict=True)
        if after.name != "deadline" and (before.rule, before.entered) != (after.rule, after.entered)
    )
