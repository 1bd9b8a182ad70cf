"""Modules, objectives, items, forms and rubrics: model, reading, checks across files."""

from course.content.models import Assignment, Form, FormField, Item, Module, Rubric
from course.content.reading import (
    find_set,
    load_assignment,
    load_bank,
    load_forms,
    load_item_texts,
    load_items,
    load_module,
    load_rubric,
    module_folders,
)

__all__ = [
    "Assignment",
    "Form",
    "FormField",
    "Item",
    "Module",
    "Rubric",
    "find_set",
    "load_assignment",
    "load_bank",
    "load_forms",
    "load_item_texts",
    "load_items",
    "load_module",
    "load_rubric",
    "module_folders",
]
