"""What cannot be shut in."""

from __future__ import annotations

from course.errors import CourseError


class SandboxError(CourseError):
    """This system cannot shut a submission in; the message says what is missing and what to do."""
