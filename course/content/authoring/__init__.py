"""How items are written: from a template, from a spreadsheet, in another language."""

from __future__ import annotations

from course.content.authoring.appending import new_item
from course.content.authoring.importing import import_items, read_entries
from course.content.authoring.sheet import write_sheet
from course.content.authoring.texts import import_texts, write_texts_sheet

__all__ = ["import_items", "import_texts", "new_item", "read_entries", "write_sheet", "write_texts_sheet"]
