"""What the learner's browser asks for: the start page, a lesson, a page to read, a plain failure."""

from __future__ import annotations

import tempfile
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jupyter_server.auth.login import LoginFormHandler
from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from course.errors import CourseError
from course.faults import note_fault
from course.learn.markdown import to_html
from course.learn.opening import Opened
from course.learn.overview import MAIN_LANGUAGE, look_over
from course.texts import LANGUAGES, direction, say_day, section, text
from course.work import open_work

AT_RISK = "pages/at-risk.md"
LAST_PAGE = Path(__file__).with_name("template") / "last.html"  # when the texts of all others are damaged
TO_PUT_ASIDE = frozenset({"work-damaged", "work-foreign", "answers-damaged"})
LANGUAGE_COOKIE = "course-language"
# What an action may make the start page say; whoever writes the address chooses among these.
SAID = (
    *("brought", "brought-none", "bring-wrong", "bring-empty", "bring-big"),
    *("erased", "erase-unsure", "aside-none"),
)
FOLDERS_TO_READ = ("pages", "modules")
LANGUAGE_NAMES = {"en": "English", "fr": "Français", "ar": "العربية"}


class PlainHandler(JupyterHandler):
    """A page of ours: in the learner's language, and a failure is a card, never a traceback."""

    @property
    def opened(self) -> Opened:
        """What the server was opened with."""
        return self.settings["opened"]

    def chosen_language(self) -> str:
        """The language asked for now, else the one chosen before, else the server's."""
        for language in (self.get_query_argument("lang", ""), self.get_cookie(LANGUAGE_COOKIE)):
            if language in LANGUAGES:
                return language
        return self.opened.language

    def show(self, template: str, language: str, **values: Any) -> None:
        """Write one of the plain templates."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        page = self.settings["voila_jinja2_env"].get_template(template)
        self.finish(page.render(**frame(self.base_url, language), **values))

    def write_error(self, status_code: int, **details: Any) -> None:
        """A card: what happened, what was saved, one thing to do. Where even its words are missing, a page
        that needs none of them.
        """
        error = details.get("exc_info", (None, None))[1]
        language = self.chosen_language()
        kind = "missing" if status_code == HTTPStatus.NOT_FOUND else "failed"
        fault = None
        try:
            if error is not None and not isinstance(error, web.HTTPError):
                fault = note_fault(error).words(language)
            self.show("failed.html", language, kind=kind, fault=fault)
        except CourseError:
            self.finish(LAST_PAGE.read_text(encoding="utf-8"))


def frame(base_url: str, language: str) -> dict[str, Any]:
    """What every page of ours shows around its text."""
    return {
        "base_url": base_url,
        "lang": language,
        "dir": direction(language),
        "ui": dict(section("learn", language)),
        "at_risk": f"{base_url}course/{AT_RISK}?lang={language}",
        "languages": LANGUAGE_NAMES,
    }


class StartHandler(PlainHandler):
    """The start page: what there is, and how far the learner is."""

    @web.authenticated
    def get(self) -> None:
        """Show it; an address with its key is shortened at once, so that the key is not passed on."""
        if self.get_query_argument("token", ""):
            self.redirect(self.base_url)
            return
        language = self.chosen_language()
        self.set_cookie(LANGUAGE_COOKIE, language, samesite="Lax")
        said = self.get_query_argument("said", "")
        count = self.get_query_argument("count", "")
        self.show_start(language, text(f"start.{said}", language, count=count) if said in SAID else "")

    def show_start(self, language: str, said: str) -> None:
        """Write the start page; `said` is what came of the learner's last action."""
        overview = look_over(self.opened.root, self.opened.folder, language)
        self.show(
            "start.html",
            language,
            overview=overview,
            trouble=overview.trouble and overview.trouble.words(language),
            can_put_aside=overview.trouble is not None and overview.trouble.kind in TO_PUT_ASIDE,
            fault=section("fault", language),
            said=said,
            say=section("start", language),
            progress=section("progress", language),
            say_day=say_day,
            text=text,
            main_language=MAIN_LANGUAGE,
            xsrf=self.xsrf_form_html(),
        )

    def tell(self, said: str, **values: object) -> None:
        """Go back to the start page, which says what came of it; what is not foreseen is said at once."""
        if said in SAID:
            address = f"{self.base_url}?{urlencode({'said': said, **values})}"
            self.redirect(address, status=HTTPStatus.SEE_OTHER)
            return
        language = self.chosen_language()
        self.show_start(language, text(f"start.{said}", language, **values))


class ReadingHandler(PlainHandler):
    """A page to read that a lesson links to, such as the card for who is at risk."""

    @web.authenticated
    def get(self, path: str) -> None:
        """Show the page in the chosen language where it exists in it."""
        language = self.chosen_language()
        place = (self.opened.root / path).resolve()
        allowed = [(self.opened.root / name).resolve() for name in FOLDERS_TO_READ]
        if not any(place.is_relative_to(folder) for folder in allowed):
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        translated = place.with_suffix(f".{language}.md")
        found = translated if translated.is_file() else place
        if not found.is_file():
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        tongue = language if found == translated else MAIN_LANGUAGE
        body = to_html(found.read_text(encoding="utf-8"))
        self.show("reading.html", language, body=body, body_lang=tongue, body_dir=direction(tongue))


class SaveCopyHandler(PlainHandler):
    """A copy of the learner's work, to keep or to carry to another computer."""

    @web.authenticated
    def get(self) -> None:
        """Send the export as a download."""
        with tempfile.TemporaryDirectory() as folder:
            copy = open_work(self.opened.work).export_to(Path(folder, "copy.db"))
            content = copy.read_bytes()
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("Content-Disposition", f'attachment; filename="my-work-{date.today()}.db"')
        self.finish(content)


class DoorHandler(PlainHandler, LoginFormHandler):
    """Who comes without the key of this start is told where to find it."""

    def _render(self, message: dict[str, str] | None = None) -> None:
        self.show("failed.html", self.chosen_language(), kind="door", fault=None)


class MissingHandler(PlainHandler):
    """Any other address."""

    def get(self) -> None:
        """Say that there is no such page."""
        raise web.HTTPError(HTTPStatus.NOT_FOUND)
