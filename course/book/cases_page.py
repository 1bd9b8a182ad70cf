"""The directive of the page of cases: all of them, by region."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from course.book.facts_directive import FactsDirective
from course.content.cases import load_cases, region_names
from course.practice.cases import STYLE, case_html


class CaseList(FactsDirective):
    """`{case-list}`: every case under its region, in the order of the regions."""

    def parts(self) -> Iterable[nodes.Node]:
        """A section a region; a region without a case is not there."""
        yield self.html(f"<style>{STYLE}</style>")
        for region, name in region_names(self.language).items():
            boxes = "".join(
                case_html(case, self.language) for case in load_cases().values() if case.region == region
            )
            if boxes:
                yield self.titled(f"region-{region.lower()}", name, boxes)
