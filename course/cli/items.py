"""`course item`: questions are added from a template or a sheet, and looked at."""

from __future__ import annotations

import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from course.cli.options import Language, LanguageOption
from course.errors import ContentError, CourseError
from course.files import find_root, write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

# Rooms are imported inside the commands: `course --help` must not wait for Jupyter.
# ruff: noqa: PLC0415

app = typer.Typer(
    help="For authors: add questions, and see them as learners will.",
    epilog="Example: course item new 03-treaty-bodies --kind single-choice",
    no_args_is_help=True,
)
SHEETS = (".xlsx", ".ods", ".csv")

Module = Annotated[str, typer.Option("--module", metavar="MODULE", help="The module's folder.")]
Encoding = Annotated[
    str | None,
    typer.Option("--encoding", metavar="NAME", help="Of a CSV that is not UTF-8, such as cp1256."),
]


@app.command("new", epilog="Example: course item new 03-treaty-bodies --kind single-choice")
def new(
    module: Annotated[str, typer.Argument(help="The module's folder, such as 03-treaty-bodies.")],
    kind: Annotated[str, typer.Option("--kind", help="What the learner does; a wrong one lists them all.")],
    objective: Annotated[
        str | None, typer.Option("--objective", metavar="LO-NN.N", show_default="that of the last item")
    ] = None,
) -> None:
    """Write a template with the next free id at the end of the module's items.yml."""
    from course.content.authoring import new_item

    root = find_root(Path.cwd())
    identifier, path, line = new_item(module, kind, root, objective)
    print(f"{identifier}: a template of kind {kind} is at {path}, line {line}.")
    print(f"Fill it in, save the file, then see it: course item preview {identifier}")


@app.command("sheet", epilog="Example: course item sheet --out items.xlsx --module 03-treaty-bodies")
def sheet(
    out: Annotated[Path, typer.Option("--out", metavar="FILE.xlsx", help="The sheet to write.")],
    module: Annotated[
        str | None,
        typer.Option("--module", metavar="MODULE", help="Whose objectives, or texts, are in the lists."),
    ] = None,
    lang: Annotated[
        Language, typer.Option("--lang", help="en for new items; fr or ar to translate a module's items.")
    ] = Language.EN,
) -> None:
    """Write a sheet to fill in: for new items, or for the texts of a module in another language."""
    from course.content.authoring import write_sheet, write_texts_sheet
    from course.content.authoring.appending import objectives_of
    from course.content.reading import module_folders

    if out.suffix.lower() != ".xlsx":
        raise CourseError(f"{out}: the sheet is an .xlsx file; give it a name that ends so.")
    root = find_root(Path.cwd())
    if lang is Language.EN:
        modules = [module] if module else [folder.name for folder in module_folders(root)]
        write_sheet(out, [objective for name in modules for objective in objectives_of(name, root)])
        print(f"Written: {out}. Fill in the sheet “items”; the sheet “examples” shows one of each kind.")
        return
    if module is None:
        raise CourseError("to translate, name the module as well: --module 03-treaty-bodies.")
    count = write_texts_sheet(out, module, lang, root)
    print(f"Written: {out}, {count} items. Fill in the last column; leave the others as they are.")


@app.command("import", epilog="Example: course item import items.xlsx --module 03-treaty-bodies")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A filled-in sheet: .xlsx, .ods or .csv.")],
    module: Module,
    lang: Annotated[
        Language, typer.Option("--lang", help="en for new items; fr or ar where the sheet translates.")
    ] = Language.EN,
    encoding: Encoding = None,
) -> None:
    """Add the items, or the translations, of a sheet. Nothing is written while one row is wrong."""
    from course.content.authoring import import_items, import_texts

    root = find_root(Path.cwd())
    if not file.is_file():
        raise CourseError(f"{file}: there is no such file; name the sheet that you filled in.")
    if lang is Language.EN:
        added = import_items(file, module, root, encoding)
        print(f"Added to {module}: {', '.join(added)}.")
        print("Name them in a set under `quizzes` in module.yml, or nobody meets them.")
    else:
        print(f"Translated: {', '.join(import_texts(file, module, lang, root, encoding))}.")


@app.command("preview", epilog="Example: course item preview tb-bodies-01 --lang ar")
def preview(
    what: Annotated[str, typer.Argument(metavar="ID|FILE", help="An item's id, or a sheet of new items.")],
    lang: LanguageOption = Language.EN,
    module: Annotated[
        str | None, typer.Option("--module", metavar="MODULE", help="Of the items of a sheet.")
    ] = None,
    path_only: Annotated[
        bool, typer.Option("--path-only", help="Only say where the page is; do not open it.")
    ] = False,
    encoding: Encoding = None,
) -> None:
    """Show items as learners will see them, in one file of their own."""
    from course.quizzes.exports.preview import preview_html

    root = find_root(Path.cwd())
    if Path(what).suffix.lower() in SHEETS:
        items, texts = _items_of_sheet(Path(what), module, root, encoding), {}
    else:
        items, texts = _item_of_course(what, lang, root)
    target = Path(tempfile.mkdtemp(prefix="course-preview-")) / "preview.html"
    write_whole(target, preview_html(items, texts, lang))
    print(target)
    if not path_only:
        webbrowser.open(target.as_uri())


def _items_of_sheet(file: Path, module: str | None, root: Path, encoding: str | None) -> list[Any]:
    from course.content.authoring import read_entries
    from course.content.reading import ITEM

    if module is None:
        raise CourseError("to see a sheet, name the module it is for: --module 03-treaty-bodies.")
    if not file.is_file():
        raise CourseError(f"{file}: there is no such file; name the sheet that you filled in.")
    return [ITEM.validate_python(entry) for entry in read_entries(file, module, root, encoding)]


def _item_of_course(identifier: str, lang: str, root: Path) -> tuple[list[Any], Mapping[str, Any]]:
    """An item by its id, whatever else in its file is not finished; its own faults are told."""
    from course.content.reading import module_folders, read_item_texts, read_items

    for folder in module_folders(root):
        items, problems = read_items(folder / "items.yml", root)
        own = [problem for problem in problems if problem.item == identifier]
        if own:
            raise ContentError(own)
        if identifier in items:
            path = folder / f"items.{lang}.yml"
            texts = read_item_texts(path, items, root)[0] if path.is_file() else {}
            return [items[identifier]], texts
    raise CourseError(f"there is no item {identifier!r} in the course; look for its id in items.yml.")
