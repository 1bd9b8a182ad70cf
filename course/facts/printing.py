"""What the command `course rules` prints: values one by one, bodies side by side, changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from shutil import get_terminal_size

from course.errors import CourseError
from course.facts.models import Rule
from course.facts.reading import bodies, rule, rules
from course.facts.values import Change, Fact, all_facts, compare_days, compare_files, rule_facts

SURE = {
    "verified": "verified",
    "recalled": "NOT CHECKED: recalled, not verified: check it before you rely on it",
    "gap": "NOT CHECKED: not found yet",
}
COLUMNS = {"follow-up": ("follow-up-delay", "languages", "channel")}
USUAL = ("length", "languages", "deadline", "channel", "ecosoc-status")


def read_day(text: str) -> date:
    """A day as people type it; raises CourseError for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CourseError(f"{text!r} is no day; write it as year-month-day, such as 2027-03-01.") from None


def choose_facts(body: str | None, stage: str | None, on: date | None) -> tuple[Fact, ...]:
    """The values of one body or mechanism in all its packs; without one, all values of the course.

    Of rules that changed, the version of the day `on`; without a day, every version of all
    bodies, and the newest of one. Raises CourseError for an unknown body.
    """
    if body is None:
        return tuple(
            fact
            for fact in all_facts()
            if (stage is None or fact.stage in (stage, "any"))
            and (on is None or not isinstance(fact.given, Rule) or fact.given.holds(on))
        )
    chosen = list(rules(body, stage, on=on))
    if stage is None and body in bodies() and body != "SPT":
        chosen += rules(body, pack="complaints", on=on)
    return rule_facts(chosen)


def list_facts(facts: Iterable[Fact]) -> Iterator[str]:
    """One value after the other, each with its note, how sure it is, its dates and its source."""
    for fact in facts:
        value = f"{fact.value} ({fact.unit})" if fact.unit != "text" else fact.value
        held = "".join(
            f", {word} {day}" for word, day in (("from", fact.valid_from), ("until", fact.valid_until)) if day
        )
        yield f"{fact.subject}, {fact.stage}, {fact.name}{held}: {value if fact.value else '?'}"
        if fact.note:
            yield f"    {fact.note}"
        given = fact.given
        dates = f"says {given.as_of}; looked at on {given.checked}"
        yield f"    {SURE[given.confidence]}; {dates}; {given.source}"


def list_unseen(facts: Iterable[Fact], on: date) -> Iterator[str]:
    """Values that nobody looked at for long, with the days since."""
    for fact in facts:
        yield (
            f"{fact.subject}, {fact.stage}, {fact.name}: {fact.value or '?'}; looked at on "
            f"{fact.given.checked}, {fact.given.days_unseen(on)} days ago; {fact.given.source}"
        )


def side_by_side(stage: str, on: date | None) -> str:
    """The bodies one below the other, their commonest rules side by side, as wide as the terminal."""
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    names = COLUMNS.get(stage, USUAL)
    table = Table("body", *names, title=f"Stage: {stage}", show_lines=True)
    for code in ("UPR",) if stage.startswith("upr-") else bodies():
        found = [rule(code, stage, name, on=on) for name in names]
        table.add_row(code, *(_cell(each) for each in found))
    console = Console(width=max(100, get_terminal_size().columns), no_color=True, highlight=False)
    with console.capture() as captured:
        console.print(table, markup=False)
    return captured.get().rstrip()


def _cell(found: Rule | None) -> str:
    if found is None:
        return "no rule recorded"
    value = f"{found.value} {'' if found.unit == 'text' else found.unit}".strip() if found.value else "?"
    said = (
        value.replace(";", ", ") if found.unit == "month-days" else value.replace(";", ", ").replace("-", " ")
    )
    return said if found.decides else f"{said}\nNOT CHECKED"


def compare(before: str, after: str) -> tuple[Change, ...]:
    """What differs between two days, or two files or folders of rules. Raises CourseError in words."""
    paths = Path(before), Path(after)
    if all(path.exists() for path in paths):
        return compare_files(*paths)
    try:
        return compare_days(date.fromisoformat(before), date.fromisoformat(after))
    except ValueError:
        raise CourseError(
            f"{before} and {after} are not two days, nor two files or folders that exist; write days such as "
            "2011-10-31 and 2011-11-01, or name two files or folders of rules."
        ) from None


def list_changes(changes: Iterable[Change]) -> Iterator[str]:
    """One line a change."""
    for change in changes:
        if change.field in ("added", "removed"):
            yield f"{change.id}: {change.field}: {change.after or change.before}"
        else:
            yield f"{change.id}: {change.field}: {change.before or '?'} -> {change.after or '?'}"
