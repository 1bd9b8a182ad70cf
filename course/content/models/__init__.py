"""What the course is made of: items, forms, modules, assignments. Frozen, no reading here."""

from course.content.models.assignments import Assignment, Criterion, Level, Rubric
from course.content.models.cases import Case
from course.content.models.forms import FieldChoice, FieldKind, Form, FormField
from course.content.models.guides import Guide
from course.content.models.item_texts import ChoiceText, GapText, ItemText, PartText
from course.content.models.items import (
    BaseItem,
    Choice,
    DateChoice,
    DateItem,
    Matching,
    MultipleChoice,
    NumberChoice,
    Numeric,
    Ordering,
    SingleChoice,
    Target,
)
from course.content.models.kinds import (
    ITEM_KINDS,
    BuildParts,
    Classification,
    Cloze,
    DocumentHunt,
    Gap,
    Item,
    MarkParagraph,
    Paragraph,
    Part,
    ShortText,
    WrittenChoice,
)
from course.content.models.modules import Drill, Lesson, Module, Objective, Task
from course.content.models.outcomes import Clause, Proof

__all__ = [
    "ITEM_KINDS",
    "Assignment",
    "BaseItem",
    "BuildParts",
    "Case",
    "Choice",
    "ChoiceText",
    "Classification",
    "Clause",
    "Cloze",
    "Criterion",
    "DateChoice",
    "DateItem",
    "DocumentHunt",
    "Drill",
    "FieldChoice",
    "FieldKind",
    "Form",
    "FormField",
    "Gap",
    "GapText",
    "Guide",
    "Item",
    "ItemText",
    "Lesson",
    "Level",
    "MarkParagraph",
    "Matching",
    "Module",
    "MultipleChoice",
    "NumberChoice",
    "Numeric",
    "Objective",
    "Ordering",
    "Paragraph",
    "Part",
    "PartText",
    "Proof",
    "Rubric",
    "ShortText",
    "SingleChoice",
    "Target",
    "Task",
    "WrittenChoice",
]
