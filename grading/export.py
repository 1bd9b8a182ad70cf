"""Exports the grades of an assignment: one row an association, one row a region, CSV and XLSX."""

from __future__ import annotations

import csv
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import Any

import pandas as pd

from course.content import load_assignment
from course.errors import CourseError
from course.forms.team import read_team
from grading.intake import FORMULA_STARTS
from grading.status import Standing, read_standings
from grading.workspace import Workspace

# What begins a formula in one spreadsheet or another, also behind a separator: where commas are
# decimal, a file is read by semicolons or tabs, and the second half of a name becomes a cell.
FORMULA = re.compile(rf"(^|[;,|])(\s*)(?=[{re.escape(FORMULA_STARTS)}])")
UNSEEN = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")  # line ends, tabs and what no file may hold


def export_grades(workspace: Workspace, assignment: str, out: Path | None = None) -> tuple[Path, ...]:
    """Write the grades of `assignment` to the folder `out` (by default `exports/` of the workspace).

    `ASSIGNMENT-grades.csv` (one row for each student of `students.csv`, missing and refused ones
    too), `ASSIGNMENT-regions.csv`, where teams handed in also `ASSIGNMENT-people.csv` (one row a
    person), and all of them as sheets of `ASSIGNMENT-grades.xlsx`. Points are numbers; an empty
    cell means not graded, never zero. Text that a spreadsheet would take for a formula is made
    plain by an apostrophe before it, and every text stands in quotes.
    Returns the paths. Raises CourseError where the assignment is not released or the folder
    cannot be written.
    """
    folder = Path(out) if out is not None else workspace.root / "exports"
    grades = grades_table(read_standings(workspace, assignment))
    tables = {"grades": grades, "regions": regions_table(grades)}
    people = people_table(workspace, assignment, grades)
    if not people.empty:
        tables["people"] = people
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (
            *(
                _write(folder / f"{assignment}-{name}.csv", partial(_to_csv, table))
                for name, table in tables.items()
            ),
            _write(folder / f"{assignment}-grades.xlsx", partial(_to_xlsx, tables)),
        )
    except OSError as error:
        raise CourseError(
            f"{error.filename or folder}: the grades cannot be written there ({error.strerror}); "
            "name another folder with --out."
        ) from error


def grades_table(standings: tuple[Standing, ...]) -> pd.DataFrame:
    """One row a standing: who, how it stands, the points of each part, total, max, percent."""
    rows = []
    for standing in standings:
        row: dict[str, Any] = {
            "student_id": standing.student.student_id,
            "region": standing.student.region,
            "association": standing.student.association,
            "state": standing.state,
            "late": standing.late,
            "handed_in_at": standing.created if standing.handed_in else "",
            "reason": " ".join(standing.reasons) if standing.state == "refused" else "",
        }
        rows.append(row | standing.points | {"total": standing.score, "max": standing.max_score})
    parts = next((list(s.points) for s in standings if s.points), [])
    columns = ["student_id", "region", "association", "state", "late", "handed_in_at", "reason"]
    return pd.DataFrame(rows, columns=[*columns, *parts, "total", "max"])


def regions_table(grades: pd.DataFrame) -> pd.DataFrame:
    """One row a region: how many there are, handed in and are graded; mean and median of the totals.

    Mean and median are over those whose marking is finished.
    """
    handed_in = grades["state"].isin(["graded", "needs marking", "collected"])
    finished = grades["state"].eq("graded")
    table = grades.assign(
        handed_in=handed_in, graded=finished, refused=grades["state"].eq("refused"), finished=grades["total"]
    )
    table.loc[~finished, "finished"] = float("nan")
    table["finished"] = table["finished"].astype(float)
    return (
        table.groupby("region", sort=True)
        .agg(
            associations=("student_id", "size"),
            handed_in=("handed_in", "sum"),
            refused=("refused", "sum"),
            graded=("graded", "sum"),
            mean=("finished", "mean"),
            median=("finished", "median"),
        )
        .round(2)
        .reset_index()
    )


def people_table(workspace: Workspace, assignment: str, grades: pd.DataFrame) -> pd.DataFrame:
    """One row for each person of a team: the association, the seat, what the person knows, per cent.

    `knowledge_percent` is of the assignment's own module, `overall_percent` the mean of all modules
    that the person has begun; `total` is the points of the work that the team handed in together.
    """
    columns = ["student_id", "region", "seat", "knowledge_percent", "overall_percent", "total", "max"]
    rows = []
    if workspace.is_form(assignment):
        path = workspace.release(assignment) / "assignment.yml"
        module = load_assignment(path, workspace.root).module
        for row in grades.itertuples():
            team = read_team(workspace.submitted(row.student_id, assignment))
            for person in team.members if team else ():
                known = person.modules.values()
                rows.append(
                    {
                        "student_id": row.student_id,
                        "region": row.region,
                        "seat": person.seat,
                        "knowledge_percent": round(100 * person.modules.get(module, 0.0)),
                        "overall_percent": round(100 * fmean(known)) if known else 0,
                        "total": row.total,
                        "max": row.max,
                    }
                )
    return pd.DataFrame(rows, columns=columns)


def plain(value: Any) -> Any:
    """The value, made harmless where it is text that a spreadsheet would run as a formula.

    Line ends, tabs and other unseen characters become spaces; numbers stay numbers.
    """
    if not isinstance(value, str):
        return value
    seen = UNSEEN.sub(" ", value)
    if UNSEEN.match(value):  # a tab in front hides what follows from a look at the first letter
        return f"'{seen.strip()}"
    return FORMULA.sub(r"\1\2'", seen)


def _harmless(table: pd.DataFrame) -> pd.DataFrame:
    """Texts and column names made plain; numbers stay numbers."""
    return table.map(plain).rename(columns=plain)


def _to_csv(table: pd.DataFrame, path: Path) -> None:
    harmless = _harmless(table)
    harmless.to_csv(
        path, index=False, encoding="utf-8-sig", lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC
    )


def _to_xlsx(tables: Mapping[str, pd.DataFrame], path: Path) -> None:
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        for name, table in tables.items():
            sheet = "associations" if name == "grades" else name
            _harmless(table).to_excel(writer, sheet_name=sheet, index=False, freeze_panes=(1, 1))


def _write(path: Path, write: Callable[[Path], None]) -> Path:
    """Write beside, then rename."""
    handle, beside = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    try:
        write(Path(beside))
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return path
