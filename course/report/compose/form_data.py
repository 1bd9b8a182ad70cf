"""All that the form of a report needs to be drawn, as plain JSON data; what the learner wrote is not in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from course.facts import Rule, bodies, country, country_codes, treaties
from course.facts.shown import shown_day, shown_value
from course.quizzes.assets import without_comments
from course.report.checks.length import find_limit, notes_count
from course.report.compose import fields
from course.report.compose.filling import LONGEST, ROWS
from course.report.compose.model import CITABLE, Consent, Method, Publication
from course.report.findings import Setting
from course.texts import LANGUAGES, direction, section
