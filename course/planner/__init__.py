"""Plans backward from a session: what must be done by when, and why."""

from course.planner.backward import plan_backward
from course.planner.comparing import Comparison, Move, compare_plans
from course.planner.form import PlanForm, plan
from course.planner.models import Basis, Note, Plan, PlanError, SessionNote, Step

__all__ = [
    "Basis",
    "Comparison",
    "Move",
    "Note",
    "Plan",
    "PlanError",
    "PlanForm",
    "SessionNote",
    "Step",
    "compare_plans",
    "plan",
    "plan_backward",
]
