"""How to use the kit: what was made, how many to print, and what to do when."""

from __future__ import annotations

from collections.abc import Mapping

from course.content.models.workshop import MOMENTS
from course.kit.kit import Kit

WIDTH = 100  # signs a line


def readme(kit: Kit, files: Mapping[str, str]) -> str:
    """The page as plain text, which opens everywhere; `files` are the files of the kit by part."""
    workshop = kit.workshop
    lines = [workshop.title, "=" * min(WIDTH, len(workshop.title)), "", kit.texts["readme-intro"], ""]
    lines += [kit.texts["readme-files"], ""]
    copies = {"handouts": workshop.people, "evaluation": workshop.people, "answers": 1, "run-sheets": 1}
    for part, file in files.items():
        count = copies.get(part, 0)
        printed = f" {kit.say('readme-print', count=count)}" if count else ""
        lines.append(f"- {file}: {kit.texts[f'file-{part}']}.{printed}")
    lines += ["", kit.texts["readme-apart"], ""]
    for moment in MOMENTS:
        lines += [kit.texts[moment], "-" * len(kit.texts[moment]), ""]
        lines += [f"- {one}" for one in workshop.prepare[moment]]
        lines.append("")
    lines += [kit.texts["readme-change-title"], "-" * len(kit.texts["readme-change-title"]), ""]
    lines += [kit.texts["readme-change"], "", kit.texts["readme-source"], ""]
    return "\n".join(lines)
