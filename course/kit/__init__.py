"""The facilitator kit: a workshop as run sheets, slides, handouts and answers, from one source."""

from course.kit.writing import FILES, write_kit

__all__ = ["FILES", "write_kit"]
