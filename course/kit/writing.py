"""Writes the kit into a folder: every part is made before the first is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from course.content.models.workshop import Workshop
from course.errors import CourseError
from course.files import write_whole
from course.kit.docx import as_docx
from course.kit.handouts import handouts
from course.kit.kit import Kit
from course.kit.pptx import as_pptx
from course.kit.readme import readme
from course.kit.sheets import answers, evaluation, run_sheets
from course.kit.slides import slides

FILES = {
    "run-sheets": "1-run-sheets.docx",
    "slides": "2-slides.pptx",
    "handouts": "3-handouts.docx",
    "answers": "4-answers-facilitator-only.docx",
    "evaluation": "5-evaluation.docx",
    "readme": "README.txt",
}


def write_kit(out: Path, workshop: Workshop, root: Path, parts: Iterable[str] = ()) -> list[Path]:
    """The files of the kit, or of some `parts` of it, in the folder `out`; the paths that were written.

    The same course and workshop give the same bytes. Raises CourseError where other files stand in `out`.
    """
    _require_own(out)
    kit = Kit(workshop, root)
    chosen = tuple(parts) or tuple(FILES)
    made = {FILES[part]: PARTS[part](kit) for part in FILES if part in chosen}
    out.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        write_whole(out / name, content)
    return [out / name for name in made]


def _require_own(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise CourseError(f"{out}: this is a file; name a folder with --out.")
    foreign = (
        sorted(path.name for path in out.iterdir() if path.name not in FILES.values()) if out.is_dir() else []
    )
    if foreign:
        others = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        raise CourseError(
            f"{out}: there are other files ({foreign[0]}{others}); name an empty folder with --out."
        )


def _document(part: str, blocks: Callable, *, wide: bool = False) -> Callable[[Kit], bytes]:
    def make(kit: Kit) -> bytes:
        return as_docx(kit.texts[f"title-{part}"], blocks(kit), kit.lang, wide=wide)

    return make


PARTS: Mapping[str, Callable[[Kit], bytes | str]] = {
    "run-sheets": _document("run-sheets", run_sheets, wide=True),
    "slides": lambda kit: as_pptx(kit.workshop.title, slides(kit), kit.lang),
    "handouts": _document("handouts", handouts),
    "answers": _document("answers", answers),
    "evaluation": _document("evaluation", evaluation),
    "readme": lambda kit: readme(kit, FILES),
}
