"""What is told of a page while its cells are restored."""

from __future__ import annotations

from dataclasses import dataclass, field

from grading.findings import Finding


@dataclass
class Restored:
    """What was found in the cells, and the graded cells that a person must look at."""

    findings: list[Finding] = field(default_factory=list)
    doubts: set[str] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)

    def tell(self, code: str, names: list[str]) -> None:
        """Note a finding about some cells, if there are any."""
        if names:
            self.findings.append(Finding(code, ", ".join(dict.fromkeys(names))))
