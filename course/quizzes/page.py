"""A quiz or a form as one output: a live view where Python listens, plain HTML everywhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from itertools import count
from typing import Any

from course.errors import CourseError
from course.faults import note_fault
from course.quizzes.assets import extra_modes, page_style, widget_script
from course.quizzes.html import page_html
from course.quizzes.payload import page_texts

Entry = dict[str, Any]
Action = Callable[..., dict[str, Any]]  # (name) where a button was pressed, (name, value) where a mode asks
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
_shown = count(1)  # how many live pages this process has shown


class Page:
    """What `course.quiz`, `course.drill` and `course.form` return; Jupyter shows it by itself.

    `payload` is described in `course.quizzes.payload`; its `ui` is filled in here.
    `responses` are earlier entries by item id, shown live only and never part of the HTML; `live` is
    what the payload holds besides or otherwise there: what is the learner's own.
    `on_response(id, entry)` keeps an entry and returns when (UTC, ISO); `on_action(name)`, or
    `on_action(name, value)` where the page asks with a value, returns
    {"messages": [{"level", "text"}], "download": {"name", "base64"} or absent}.
    What either raises is told to the learner in plain words (`course.faults`); a SubmissionError,
    which says what does not fit, in its own.
    """

    def __init__(
        self,
        payload: Mapping[str, Any],
        responses: Mapping[str, Entry] | None = None,
        on_response: Callable[[str, Entry], str] | None = None,
        on_action: Action | None = None,
        live: Mapping[str, Any] | None = None,
    ) -> None:
        self.payload = {**payload, "ui": page_texts(payload["mode"], payload["lang"])}
        self.live = {**self.payload, **(live or {})}
        self.responses = dict(responses or {})
        self._on_response = on_response
        self._on_action = on_action
        self._kept: dict[str, tuple[str, str]] = {}  # id -> (entry's at, when it was kept)
        self._ids = {item["id"] for item in self.live["items"]}

    def __repr__(self) -> str:
        return f"<course page {self.payload['id']}>"

    def _repr_html_(self) -> str:
        return page_html(self.payload)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Plain text and HTML; in a page with a kernel also the live view, which Jupyter prefers."""
        bundle: dict[str, Any] = {"text/plain": repr(self), "text/html": page_html(self.payload)}
        if self._on_response is not None and _in_kernel():
            bundle[WIDGET_VIEW] = {
                "version_major": 2,
                "version_minor": 0,
                "model_id": self.open_widget().model_id,
            }
        return bundle

    def open_widget(self) -> Any:
        """The live view's model. Its id follows from the page, so that outputs can be compared."""
        seed = f"{self.payload['id']} {self.payload['lang']} {next(_shown)}"
        widget = _widget_class(extra_modes([self.payload["mode"]]))(
            payload=self.live,
            responses=self.responses,
            model_id=sha256(seed.encode()).hexdigest()[:32],
        )
        widget.on_msg(lambda _, message, __: self.receive(message, widget.send))
        return widget

    def receive(self, message: object, send: Callable[[dict[str, Any]], None]) -> None:
        """Take one message of the page (its protocol stands in assets/page.js) and answer it."""
        match message:
            case {"type": "response", "id": str(name), "entry": {"response": _, "at": str()} as entry}:
                if self.holds(name) and self._on_response is not None:
                    send(self._keep(name, dict(entry), self._on_response))
            case {"type": "action", "name": str(name)}:
                if name in {action["name"] for action in self.payload["actions"]} and self._on_action:
                    value = (message["value"],) if "value" in message else ()
                    send(self._act(name, value, self._on_action))

    def holds(self, name: str) -> bool:
        """Whether the page has an item of this name."""
        return name in self._ids

    def _keep(self, name: str, entry: Entry, on_response: Callable[[str, Entry], str]) -> dict[str, Any]:
        sent = entry["at"]
        answer = {"id": name, "sent": sent}
        if self._kept.get(name, ("", ""))[0] != sent:  # a page that got no answer sends again
            try:
                at = on_response(name, entry)
            except Exception as error:
                return {"type": "not-saved", **self._said(error), **answer}
            self._kept[name] = (sent, at)
            self.responses[name] = {**entry, "at": at}
        return {"type": "saved", "at": self._kept[name][1], **answer}

    def _act(self, name: str, value: tuple[()] | tuple[Any], on_action: Action) -> dict[str, Any]:
        try:
            result = on_action(name, *value)
        except Exception as error:
            result = {"messages": [{"level": "error", "text": self._said(error)["text"]}]}
        return {"type": "action-result", "name": name, **result}

    def _said(self, error: Exception) -> dict[str, Any]:
        """`{"text"}`, and besides `{"fault"}`, the words of a card, where what was written is no slip."""
        if isinstance(error, CourseError) and not error.kind:
            return {"text": str(error)}
        try:
            words = note_fault(error).words(self.payload["lang"])
        except CourseError:
            return {"text": ""}  # the texts cannot be read: the page has its own words
        return {"text": words["why"], "fault": words}


def _in_kernel() -> bool:
    """Whether Python runs behind a page; IPython is not imported to find out."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return getattr(shell, "kernel", None) is not None


@cache
def _widget_class(extra: tuple[str, ...]) -> type:
    """The anywidget with the modes that its page needs; imported when first shown, since that is slow."""
    import anywidget  # noqa: PLC0415
    from traitlets import Dict  # noqa: PLC0415

    class PageWidget(anywidget.AnyWidget):
        """The live view of one page."""

        _esm = widget_script(*extra)
        _css = page_style()
        payload = Dict().tag(sync=True)
        responses = Dict().tag(sync=True)

    return PageWidget
