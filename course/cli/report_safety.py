"""The shadow report and those it speaks of: the gate before anything goes out, and sealed files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course.cli.options import FINDINGS, Folder, Language, LanguageOption, learners_folder, print_json
from course.errors import CourseError

if TYPE_CHECKING:
    from course.report import Draft, Report
    from course.report.gate import Decision, Hit

# Rooms are imported inside the commands: `course --help` must not wait for them.
# ruff: noqa: PLC0415

app = typer.Typer()
SHOWN_FILES = (".md", ".txt")  # what is plain text, and can be changed as such

SafeFile = Annotated[Path, typer.Argument(metavar="FILE", help="A report (.yml), or a draft of any kind.")]


@app.command(epilog="Example: course report gate draft.docx --write clean.docx")
def gate(
    file: SafeFile,
    *,
    write: Annotated[
        Path | None, typer.Option("--write", metavar="FILE", help="Where the cleaned copy goes.")
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", metavar="FILE", help="Decisions as YAML or JSON, by key.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="Print what is open as JSON, ask nothing.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Ask also what was decided before.")] = False,
    folder: Folder = None,
    lang: LanguageOption = Language.EN,
) -> None:
    """Decide what becomes of each name, number and place before a text goes out; 1 while one is open."""
    from course.report import load_report, read_draft
    from course.report.gate import DecisionLog, UndecidedError, find_hits, read_decisions
    from course.report.gate.hits import shown_parts
    from course.texts import section

    texts = section("gate", lang.value)
    if file.suffix == ".yml":
        source = load_report(file)
    else:
        source = read_draft(file)
        source = shown_parts(source) if source.format == "docx" else source
    hits = find_hits(source)
    log = DecisionLog(learners_folder(folder))
    made = () if again else log.recall(file.name, hits)
    new: tuple[Decision, ...] = ()
    if decisions:
        new = read_decisions(decisions, log.keys(file.name, hits))
        log.record(file.name, new, date.today())
    known = {one.key for one in (*made, *new)}
    missing = [hit for hit in hits if hit.key not in known]
    if listed:
        print_json([_plain(key, hit) for key, hit in log.keys(file.name, missing).items()])
        raise typer.Exit(FINDINGS * bool(missing))
    if missing and decisions:
        print(texts["title"].format(count=len(missing)))
        raise typer.Exit(FINDINGS)
    asked = _ask_all(missing, texts, lang.value)
    log.record(file.name, asked, date.today())
    print(texts["decided" if hits else "none"])
    every = (*made, *new, *asked)
    try:
        written = _carry_out(file, write, source, every)
    except UndecidedError as error:
        print(texts["left"], *(_around(hit) for hit in error.hits), sep="\n")
        raise typer.Exit(FINDINGS) from None
    if written:
        print(texts["wrote"].format(name=write.name))
    elif file.suffix != ".yml":
        _say_changes(hits, every, texts, lang.value)
    elif any(one.words != one.hit for one in every):
        print(texts["longer"].format(name=file.name))  # the log could not carry these over to `write`
        raise typer.Exit(FINDINGS)


@app.command(epilog="Example: course report seal report.yml")
def seal(file: SafeFile, *, lang: LanguageOption = Language.EN) -> None:
    """Lock a draft or a report with a passphrase; the plain file goes once the sealed one was read back."""
    from course.report import vault
    from course.texts import section

    texts = section("vault", lang.value)
    words = typer.prompt(texts["passphrase"], hide_input=True)
    if typer.prompt(texts["repeat"], hide_input=True) != words:
        raise CourseError(texts["differ"])
    sealed = vault.seal(file, words)
    print(texts["sealed"].format(name=sealed.name), texts["disk"], texts["lost"], sep="\n")


@app.command("open", epilog="Example: course report open report.yml.age")
def open_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A sealed file, .age.")],
    *,
    lang: LanguageOption = Language.EN,
) -> None:
    """Open a sealed file beside it; the sealed one stays."""
    from course.report import vault
    from course.texts import section

    texts = section("vault", lang.value)
    opened = vault.open_sealed(file, typer.prompt(texts["passphrase"], hide_input=True))
    print(texts["opened"].format(name=opened.name))


def _ask_all(hits: Sequence[Hit], texts: Mapping[str, str], language: str) -> tuple[Decision, ...]:
    from course.report.codes import codes

    if hits:
        print(texts["title"].format(count=len(hits)))
    decided = []
    for number, hit in enumerate(hits, start=1):
        title = codes(language)[hit.code].title
        print("", texts["hit"].format(number=number, all=len(hits), code=hit.code, title=title), sep="\n")
        decided.append(_ask(hit, texts))
    return tuple(decided)


def _ask(hit: Hit, texts: Mapping[str, str]) -> Decision:
    """One hit, again until the decision stands."""
    from course.report.gate import Action, decide

    times = len(hit.seen)
    if hit.words:
        print(texts["stands" if times > 1 else "stands-once"].format(times=times))
        print(_around(hit))
    else:
        print(texts["pictures"].format(times=times))
    keep, other, out = texts["letters"]
    while True:
        letter = typer.prompt(texts["ask" if hit.words else "ask-picture"]).strip().lower()[:1]
        try:
            if letter == keep:
                return decide(hit, Action.KEEP, reason=typer.prompt(texts["reason"]))
            if letter == other and hit.words:
                words = typer.prompt(texts["exact"], default=hit.words)
                return decide(hit, Action.ANONYMISE, replacement=typer.prompt(texts["instead"]), words=words)
            if letter == out:
                words = typer.prompt(texts["exact"], default=hit.words) if hit.words else ""
                return decide(hit, Action.REMOVE, words=words)
        except CourseError as error:
            print(texts["again"].format(problem=error))


def _plain(key: str, hit: Hit) -> dict:
    """What a program needs to decide: the key for the file of decisions, and what was found where."""
    return {
        "key": key,
        "code": hit.code,
        "words": hit.words,
        "times": len(hit.seen),
        "paragraphs": sorted({one.place.paragraph for one in hit.seen if one.place}),
        "fields": sorted({one.field for one in hit.seen if one.field}),
    }


def _write_text(file: Path, target: Path, decisions: Sequence[Decision]) -> None:
    """The cleaned copy of a plain text; it is read again before it counts as one."""
    from course.files import write_whole
    from course.report import read_draft
    from course.report.gate import UndecidedError, apply, remaining

    write_whole(target, apply(file.read_text(encoding="utf-8"), decisions))
    if left := remaining(read_draft(target), decisions):
        target.unlink()
        raise UndecidedError(left)


def _carry_out(
    file: Path, target: Path | None, source: Report | Draft, decisions: Sequence[Decision]
) -> bool:
    """Write the cleaned copy, where one is wanted and can be made; whether it was written.

    Raises UndecidedError where the copy would still hold what looks like a person.
    """
    from course.report.gate import clean_docx, release

    if file.suffix == ".yml":
        cleaned = release(source, decisions)
        if target:
            _require_new(target)
            _write_report(target, cleaned)
        return target is not None
    if target is None or not (source.format == "docx" or file.suffix in SHOWN_FILES):
        return False
    _require_new(target)
    if source.format == "docx":
        clean_docx(file, target, decisions)
    else:
        _write_text(file, target, decisions)
    return True


def _around(hit: Hit) -> str:
    """A hit with the words around it, as it is asked about."""
    if not hit.seen:
        return f"    {hit.code}"
    first = hit.seen[0]
    return f"    … {first.before}[{first.words}]{first.after} …"


def _write_report(target: Path, cleaned: Report) -> None:
    """The cleaned report as a document, or as a report again, by the ending of the name."""
    from course.report import save_report, write_report

    if target.suffix in (".yml", ".yaml"):
        save_report(target, cleaned)
    else:
        write_report(cleaned, target)


def _require_new(target: Path) -> None:
    if target.exists():
        raise CourseError(f"{target}: a file of this name stands there; choose another one.")


def _say_changes(
    hits: Sequence[Hit], decisions: Sequence[Decision], texts: Mapping[str, str], language: str
) -> None:
    """What the writer changes by hand in a kind of file that we do not write."""
    from course.report.gate import Action
    from course.report.printing.plain import say_place

    changed = {one.key: one for one in decisions if one.action is not Action.KEEP}
    if changed:
        print(texts["change"])
    for hit in hits:
        if decision := changed.get(hit.key):
            line = "line" if decision.action is Action.ANONYMISE else "out"
            for seen in hit.seen:
                place = say_place(seen.place, language) if seen.place else texts["everywhere"]
                text = texts[line].format(place=place, words=decision.words, instead=decision.replacement)
                print(f"- {text}" if line == "line" else f"- {place}: {text}")
