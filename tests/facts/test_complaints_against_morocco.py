"""What M6 and a06 say of open doors, days and months is what the data say, on the same day."""

from __future__ import annotations

import ast
import json
from datetime import date, datetime, timedelta

import nbformat
import pytest

from course.content import load_items
from course.facts import all_rules, bodies, country
from course.files import find_root

ROOT = find_root()
MODULE = "06-complaints"
RULES = {found.id: found for found in all_rules()}
ACCEPTED = country("MAR").treaties
COMMITTEES = {code: body.treaty for code, body in bodies().items() if body.reads_state_reports}
PROTOCOLS = {"CRPD": "OP-CRPD"}  # whose own row holds the inquiry
STAR = r"\*"
DISPUTED = ", day disputed"
EXCUSES = {"drags on": "prolonged", "no real help": "ineffective"}
ELSEWHERE = {
    "refused while examined": "pending-only",
    "refused while examined, and after": "examined-or-pending",
    "the treaty is silent": "none-in-treaty",
}
WORDS = {6: "six"}


def table(lesson: str, heading: str) -> dict[str, list[str]]:
    """The lines of the table below a heading, by the code of the committee."""
    cells = json.loads((ROOT / "modules" / MODULE / f"{lesson}.ipynb").read_text(encoding="utf-8"))["cells"]
    [text] = [t for cell in cells if (t := "".join(cell["source"])).startswith(f"## {heading}")]
    rows = {}
    for line in text.splitlines():
        parts = [part.strip() for part in line.strip().strip("|").split("|")]
        code = {"Human Rights Committee": "HRCttee"}.get(parts[0], parts[0])
        if line.startswith("|") and code in COMMITTEES:
            rows[code] = parts[1:]
    return rows


def counts_from(code: str) -> date | None:
    """The day from which facts count: of the declaration, or of the protocol in force; None where closed."""
    said = ACCEPTED[COMMITTEES[code]]["complaints"].value
    if not said.startswith("yes"):
        return None
    _, how, day = said.split("; ")
    at = date.fromisoformat(day)
    if how.startswith("declaration"):
        return at
    # OP-CRPD 13: the thirtieth day; ICCPR-OP1 9 and OP-CEDAW 16: three months.
    return at + timedelta(days=30) if code == "CRPD" else at.replace(month=at.month + 3)


def key_of_a06(field: str):
    """The scheme in the hidden part of the page."""
    path = ROOT / "assignments/a06-admissibility/a06.ipynb"
    [source] = [
        cell.source
        for cell in nbformat.read(path, as_version=4).cells
        if f'"{field}",\n    points' in cell.source
    ]
    hidden = source.split("### BEGIN HIDDEN TESTS")[1].split("### END HIDDEN TESTS")[0]
    call = ast.parse(hidden.strip()).body[-1].value
    return {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}


OPEN = table("01-is-the-door-open", "Morocco")
DIFFER = table("02-six-questions", "Where the five")


def test_every_committee_is_printed():
    """Nine in the first table, the open ones in the second."""
    assert set(OPEN) == set(COMMITTEES)
    assert set(DIFFER) == {code for code in COMMITTEES if counts_from(code)}


@pytest.mark.parametrize("code", COMMITTEES)
def test_a_complaint_is_open_as_the_data_say(code):
    """Open or not, from which day, and with a star where the data only recall it."""
    complaint, day, _ = OPEN[code]
    assert complaint.startswith("**open**") == (counts_from(code) is not None)
    assert complaint.endswith(STAR) != ACCEPTED[COMMITTEES[code]]["complaints"].decides
    since = counts_from(code)
    if day.endswith(DISPUTED):  # where pages of the same office give two days, the month alone is printed
        assert day == f"{since:%B %Y}{DISPUTED}"
    else:
        assert (datetime.strptime(day, "%d %B %Y").date() if day else None) == since


@pytest.mark.parametrize("code", [code for code in COMMITTEES if code != "CRC"])
def test_an_inquiry_is_open_as_the_data_say(code):
    """The visit of CED is named for what it is; what is not confirmed has a star."""
    said = ACCEPTED[PROTOCOLS.get(code, COMMITTEES[code])]["inquiry"]
    printed = OPEN[code][2]
    assert printed.startswith(("**open**", "visit")) == said.value.startswith("yes")
    assert printed.endswith(STAR) != said.decides
    assert printed.startswith("none") == ("has no inquiry" in said.value)


@pytest.mark.parametrize("code", DIFFER)
def test_what_differs_is_what_the_rules_say(code):
    """The named exceptions, the months, and the same matter elsewhere."""
    home, last, elsewhere = DIFFER[code]
    rules = {
        name: RULES[f"{code.lower()}-complaint-{name}"] for name in ("exhaustion-exception", "time-limit")
    }
    assert {EXCUSES[part] for part in home.split("; ")} == set(rules["exhaustion-exception"].value.split(";"))
    assert ELSEWHERE[elsewhere] == RULES[f"{code.lower()}-complaint-same-matter"].value
    limit = rules["time-limit"]
    assert last.startswith("none in the treaty") == (limit.value == "none-in-treaty")
    if limit.value.isdigit():
        assert last.startswith(f"**{WORDS[int(limit.value)]} {limit.unit}**")


def test_the_second_hand_rule_is_marked_as_such():
    """Five years is only recalled: a star, and words that say so."""
    assert not RULES["hrcttee-complaint-time-limit-abuse"].decides
    assert DIFFER["HRCttee"][1].endswith(STAR)


def test_the_items_count_as_the_rules_do():
    """Days and months to be written."""
    items = load_items(MODULE)
    right = {name: items[name].choices[items[name].key].value for name in ("co-door-02", "co-test-04")}
    assert right["co-door-02"] == counts_from("CRPD")
    months = int(RULES["cerd-complaint-time-limit"].value)
    assert right["co-test-04"] == date(2027, 11 + months - 12, 9)
    assert items["co-door-07"].choices["five"].value == len(DIFFER)
    late = items["co-test-09"]
    assert late.choices[late.key].value == 11 - 3 - months
    states = int(RULES["cerd-complaint-state-reply"].value)
    assert items["co-test-04"].choices["three"].value == date(2027, 11 + states - 12, 9)


def test_the_items_mark_the_open_inquiries():
    """Those that the data call open, and no other."""
    item = load_items(MODULE)["co-door-03"]
    treaties = {code.lower(): PROTOCOLS.get(code, treaty) for code, treaty in COMMITTEES.items()}
    assert set(item.key) == {
        code for code in item.choices if ACCEPTED[treaties[code]]["inquiry"].value.startswith("yes")
    }


def test_the_steps_of_the_items_are_those_of_the_data():
    """By a protocol, by a declaration, or none."""
    for code, target in load_items(MODULE)["co-door-01"].key.items():
        said = ACCEPTED[COMMITTEES[{"hrcttee": "HRCttee"}.get(code, code.upper())]]["complaints"].value
        step = "none" if said.startswith("no") else "declaration" if "declaration" in said else "protocol"
        assert target == step


def test_the_assignment_knows_the_doors_of_the_data():
    """Open since which year, and the last day by the months of the rule."""
    for code, target in key_of_a06("since")["key"].items():
        day = counts_from({"hrcttee": "HRCttee"}.get(code, code.upper()))
        assert target == (f"y{day.year}" if day else "not_found")
    scheme = key_of_a06("last_day")
    months = int(RULES["cerd-complaint-time-limit"].value)
    assert scheme["choices"][scheme["key"]]["value"] == f"2027-{12 + months - 12:02d}-14"


def test_the_day_from_which_disappearances_count_is_that_of_the_data():
    """ICPPED 39: the thirtieth day after Morocco joined."""
    bound = date.fromisoformat(ACCEPTED["ICPPED"]["ratification"].value) + timedelta(days=30)
    page = (ROOT / "modules" / MODULE / "03-urgent.ipynb").read_text(encoding="utf-8")
    assert f"since {bound.day} {bound:%B %Y}" in page
