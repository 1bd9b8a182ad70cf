"""One lesson as a page that works by itself: Voilà's renderer and kernel, sent as it becomes ready."""

from __future__ import annotations

import asyncio
import os
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jupyter_core.utils import ensure_async
from tornado import web
from tornado.iostream import StreamClosedError
from traitlets.config import Config
from voila.configuration import VoilaConfiguration
from voila.notebook_renderer import NotebookRenderer

from course import faults
from course.learn.handlers import PlainHandler, frame
from course.learn.overview import MAIN_LANGUAGE, heading, neighbours, versions

KERNEL = "python3"
SECONDS_TO_FINISH = 3


class LessonHandler(PlainHandler):
    """A lesson or a form. Each page that is opened has a process of its own until it is closed."""

    def initialize(
        self, voila_configuration: VoilaConfiguration, config: Config, template_paths: list[str]
    ) -> None:
        """Take what Voilà's renderer needs."""
        self.voila_configuration = voila_configuration
        self.parts_config = config
        self.template_paths = template_paths

    @web.authenticated
    async def get(self, path: str) -> None:
        """Stream the page; its text comes before its questions are ready.

        Voilà's own handler waits for ever where a page cannot be rendered, so this one
        calls the renderer itself and ends such a page with a card.
        """
        if not (self.opened.folder / path).is_file():
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        renderer = await self._renderer(path)
        self.xsrf_token  # noqa: B018 - sets the cookie that the page needs to say goodbye
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        kernel = await ensure_async(
            self.kernel_manager.start_kernel(
                kernel_name=KERNEL,
                path=Path(path).parent.as_posix(),
                env={**os.environ, faults.LANGUAGE: language_of(renderer.notebook)},
                extra_arguments=[f"--ext={faults.__name__}"],  # watches also where the course is not whole
            )
        )
        sent = False
        try:
            content = renderer.generate_content_generator(kernel, self.kernel_manager.get_kernel(kernel))
            async for part, _ in content:
                self.write(part)
                await self.flush()
                sent = True
        except StreamClosedError:
            await ensure_async(self.kernel_manager.shutdown_kernel(kernel))
        except Exception:
            await ensure_async(self.kernel_manager.shutdown_kernel(kernel))
            if not sent:
                raise
            # Half of the page is there: its end is the card, and the reason is for a helper.
            self.log.exception("%s could not be shown to its end", path)
            self.write("<script>course_failed()</script>")

    async def _renderer(self, path: str) -> NotebookRenderer:
        renderer = NotebookRenderer(
            request_handler=self,
            voila_configuration=self.voila_configuration,
            traitlet_config=self.parts_config,
            notebook_path=path,
            template_paths=self.template_paths,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            base_url=self.base_url,
            kernel_spec_manager=self.kernel_spec_manager,
            page_config={},  # for Voilà's own front end, which these pages do not load
        )
        await renderer.initialize()
        return renderer


class GoodbyeHandler(PlainHandler):
    """A page was closed: its process ends, after what was said last has been heard."""

    @web.authenticated
    async def post(self, kernel_id: str) -> None:
        """Answer at once; end the process a little later."""
        self.set_status(HTTPStatus.NO_CONTENT)
        self.finish()
        await asyncio.sleep(SECONDS_TO_FINISH)
        if kernel_id in self.kernel_manager:
            await ensure_async(self.kernel_manager.shutdown_kernel(kernel_id))


def language_of(notebook: Any) -> str:
    """The language in which a page is written."""
    return notebook.metadata.get("course", {}).get("lang", MAIN_LANGUAGE)


def prepare_lesson(handler: LessonHandler, notebook: Any, cwd: str) -> None:
    """Give the template what stands around the lesson: language, direction, neighbours."""
    opened, page = handler.opened, handler.path_args[0]
    language = language_of(notebook)
    before, after = neighbours(opened.root, opened.folder, page, language)
    notebook.metadata["frame"] = {
        **frame(handler.base_url, language),
        "title": heading(notebook) or page,
        "before": before,
        "after": after,
        "others": versions(opened.folder, page),
    }
