"""Drafts made in a line, and what a check says of them."""

from __future__ import annotations

from datetime import date

from course.report.checking import check_draft
from course.report.codes import message
from course.report.draft import Block, Comment, Draft, Note, Place, Traces
from course.report.findings import Setting

DAY = date(2026, 11, 23)
LONG = "The girls of the villages that were visited have to walk for two hours to the next school."


def block(text, kind="paragraph", number="", level=0, **more):
    """A block; its place is set where it enters a draft."""
    return Block(kind, text, Place("", 0), level=level, number=number, **more)


def draft(*blocks, format="docx", notes=(), comments=(), countable=True, **traces):
    """A draft of these texts or blocks; `comments` are pairs of paragraph and text."""
    placed, heading = [], ""
    for number, one in enumerate(blocks, start=1):
        given = block(one) if isinstance(one, str) else one
        placed.append(
            Block(
                given.kind,
                given.text,
                Place(heading, number),
                given.level,
                given.number,
                given.automatic,
                given.style,
                given.notes,
                given.links,
                given.alternatives,
            )
        )
        heading = given.text if given.kind in ("title", "heading") else heading
    made = tuple(Comment(text, Place(heading, paragraph)) for paragraph, text in comments)
    return Draft(
        name=f"draft.{format}",
        format=format,
        blocks=tuple(placed),
        notes=tuple(Note(f"footnote-{n}", "footnote", text, Place("", 1)) for n, text in enumerate(notes, 1)),
        traces=Traces(comments=made, **traces),
        countable=countable,
    )


def setting(body="CEDAW", stage="session", **more):
    """What the draft is for."""
    return Setting(body=body, stage=stage, on=more.pop("on", DAY), **more)


def found(given, code, body="CEDAW", stage="session", **more):
    """(severity, message id) of each finding with this code; every message can be said in words."""
    findings = check_draft(given, setting(body, stage, **more), select=[code])
    for finding in findings:
        for language in ("en", "fr", "ar"):
            assert "{" not in message(finding, language)
    return [(finding.severity, finding.message) for finding in findings]
