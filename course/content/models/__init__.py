"""What the course is made of: items, forms, modules, assignments. Frozen, no reading here."""

from course.content.models.assignments import Assignment, Criterion, Level, Rubric
from course.content.models.forms import FieldChoice, FieldKind, Form, FormField
from course.content.models.items import (
    ITEM_KINDS,
    BaseItem,
    Choice,
    ChoiceText,
    DateChoice,
    DateItem,
    Item,
    ItemText,
    Matching,
    MultipleChoice,
    NumberChoice,
    Numeric,
    Ordering,
    SingleChoice,
    Target,
)
from course.content.models.modules import Drill, Lesson, Module, Objective, Task

__all__ = [
    "ITEM_KINDS",
    "Assignment",
    "BaseItem",
    "Choice",
    "ChoiceText",
    "Criterion",
    "DateChoice",
    "DateItem",
    "Drill",
    "FieldChoice",
    "FieldKind",
    "Form",
    "FormField",
    "Item",
    "ItemText",
    "Lesson",
    "Level",
    "Matching",
    "Module",
    "MultipleChoice",
    "NumberChoice",
    "Numeric",
    "Objective",
    "Ordering",
    "Rubric",
    "SingleChoice",
    "Target",
    "Task",
]
