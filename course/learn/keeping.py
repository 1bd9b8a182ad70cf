"""What the learner does with the whole of my work from the start page: bring in, erase, print, save."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path

from tornado import web

from course.errors import CourseError
from course.faults import note_fault
from course.learn.handlers import PlainHandler, StartHandler
from course.learn.overview import MAIN_LANGUAGE, look_over
from course.texts import say_day, section, text
from course.work import Work, open_work

LARGEST = 50_000_000  # bytes; the answers of years are a few megabytes


class BringHandler(StartHandler):
    """Takes in a copy of my work, or the answers that a page in a browser saved."""

    @web.authenticated
    def post(self) -> None:
        """Put both together and say what came of it; a wrong file changes nothing."""
        files = self.request.files.get("file")
        if not files or not files[0]["body"]:
            self.tell("bring-empty")
        elif len(files[0]["body"]) > LARGEST:
            self.tell("bring-big")
        else:
            self._take_in(files[0]["body"])

    def _take_in(self, content: bytes) -> None:
        work = open_work(self.opened.work)
        try:
            count = bring_in(work, content)
        except CourseError as error:
            if str(self.opened.folder) in str(error):  # the file is well, but it found no place here
                self.tell("not-done", reason=note_fault(error).words(self.chosen_language())["why"])
            else:
                self.tell("bring-wrong")
        else:
            self.tell("brought" if count else "brought-none", count=count)


class EraseHandler(StartHandler):
    """Deletes my work, once the learner has said yes."""

    @web.authenticated
    def post(self) -> None:
        """Erase it where the box was marked; else say that nothing was erased."""
        if not self.get_body_argument("sure", ""):
            self.tell("erase-unsure")
            return
        try:
            open_work(self.opened.work).erase()
        except CourseError as error:
            self.tell("not-done", reason=note_fault(error).words(self.chosen_language())["why"])
        else:
            self.tell("erased")


class AsideHandler(StartHandler):
    """Puts aside what cannot be read, so that the learner can go on; nothing is deleted."""

    @web.authenticated
    def post(self) -> None:
        """Rename it and say under which name it lies now."""
        try:
            moved = open_work(self.opened.work).put_aside()
        except CourseError as error:
            self.tell("not-done", reason=note_fault(error).words(self.chosen_language())["why"])
            return
        if moved:
            self.tell("aside", name=", ".join(path.name for path in moved))
        else:
            self.tell("aside-none")


class BrowserCopyHandler(PlainHandler):
    """The last answers as a file that a page in a browser can bring in."""

    @web.authenticated
    def get(self) -> None:
        """Send it as a download."""
        document = open_work(self.opened.work).export_browser()
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="answers-{date.today()}.json"')
        self.finish(json.dumps(document, ensure_ascii=False, indent=1))


class TranscriptHandler(PlainHandler):
    """What the learner can do, by objective, for the printer; the name is written by hand."""

    @web.authenticated
    def get(self) -> None:
        """Show it."""
        language = self.chosen_language()
        self.show(
            "transcript.html",
            language,
            overview=look_over(self.opened.root, self.opened.folder, language),
            say=section("transcript", language),
            progress=section("progress", language),
            day=say_day(date.today(), language),
            text=text,
            main_language=MAIN_LANGUAGE,
        )


def bring_in(work: Work, content: bytes) -> int:
    """Take in a file of either kind; how many entries were new. Raises WorkError for any other file."""
    if content.lstrip()[:1] == b"{":
        try:
            document = json.loads(content.decode("utf-8"))
        except (ValueError, RecursionError):
            document = None
        return work.import_browser(document)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy.db")
        copy.write_bytes(content)
        return work.merge(copy)
