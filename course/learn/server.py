"""Opens the learner's folder as pages: Voilà with one local template, on this machine only."""

from __future__ import annotations

import contextlib
import html
import os
import secrets
import socket
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tornado.ioloop
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import StaticFileHandler
from traitlets.config import Config
from voila.app import Voila
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from course.errors import CourseError
from course.files import write_whole
from course.learn import handlers
from course.learn.copying import OWN, WORK
from course.learn.lessons import GoodbyeHandler, LessonHandler, prepare_lesson
from course.learn.markdown import to_html
from course.texts import text

TEMPLATE = Path(__file__).resolve().parent / "template"
ADDRESS = "127.0.0.1"
PORT = 8866
PORTS_TO_TRY = 20
IDLE_SECONDS = 15 * 60  # a page that is closed or asleep for longer gives its memory back
QUESTION_SECONDS = 60
OPENER = "open-the-course.html"

KERNEL_ID = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"

# No request leaves this machine, whatever a page contains: the browser itself refuses it.
CONTENT_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        f"connect-src 'self' ws://{ADDRESS}:* data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)


class LearnServer(Voila):
    """Voilà with our pages in place of its file browser, and a key for every request."""

    config_file_paths = ()  # what another tool's settings say must not change these pages

    def __init__(self, opened: handlers.Opened, open_browser: bool, **settings: Any) -> None:
        super().__init__(root_dir=str(opened.folder), ip=ADDRESS, open_browser=open_browser, **settings)
        self.opened = opened

    def setup_template_dirs(self) -> None:
        """Our template first; Voilà's own front end stays where it is installed."""
        super().setup_template_dirs()
        self.template_paths = [str(TEMPLATE), *self.template_paths]

    def init_settings(self) -> dict[str, Any]:
        """Add what our pages need, and close what Voilà leaves open."""
        settings = super().init_settings()
        self.identity_provider.login_handler_class = handlers.DoorHandler
        self.identity_provider.cookie_options = {"samesite": "Lax"}
        return {
            **settings,
            "opened": self.opened,
            "xsrf_cookies": True,
            # Voilà answers to any host name; then a page elsewhere could reach this one by
            # giving its own name this machine's address.
            "allow_remote_access": False,
            "local_hostnames": ["localhost", ADDRESS],
            "headers": {"Content-Security-Policy": CONTENT_POLICY, "Referrer-Policy": "same-origin"},
            "default_handler_class": handlers.MissingHandler,
        }

    def init_handlers(self) -> list[Any]:
        """Our pages, and of Voilà's addresses only the one that the pages' connection needs."""
        lesson = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        stock = [entry for entry in super().init_handlers() if entry[1] is VoilaKernelWebsocketHandler]
        return [
            *stock,
            *self.identity_provider.get_handlers(),
            (rf"/api/kernels/{KERNEL_ID}", KernelHandler),
            (rf"/goodbye/{KERNEL_ID}", GoodbyeHandler),
            (r"/", handlers.StartHandler),
            (r"/course/(.+\.ipynb)", LessonHandler, lesson),
            (r"/course/(.+\.md)", handlers.ReadingHandler),
            (r"/my-work", handlers.SaveCopyHandler),
            (r"/learn/((?:learn|widgets)\.(?:css|js))", StaticFileHandler, {"path": str(TEMPLATE)}),
            (r".*", handlers.MissingHandler),
        ]

    def listen(self) -> None:
        """Listen on this machine alone until Ctrl-C, and end every page's process then."""
        sockets = self._bind()
        HTTPServer(self.app).add_sockets(sockets)
        self.port = sockets[0].getsockname()[1]
        self.ioloop = tornado.ioloop.IOLoop.current()
        address = f"http://{ADDRESS}:{self.port}/?token={self.token}"
        with _opener(self.opened.folder, address) as opener:
            self._say(address)
            if self.open_browser:
                webbrowser.open(opener.as_uri())
            try:
                with contextlib.suppress(KeyboardInterrupt):
                    self.ioloop.start()
            finally:
                self.stop()

    def _bind(self) -> list[socket.socket]:
        """The port asked for, else one of the next ones: the first that is free."""
        for port in range(self.port, self.port + PORTS_TO_TRY if self.port else 1):
            with contextlib.suppress(OSError):
                return bind_sockets(port, ADDRESS)
        raise CourseError(
            f"the ports {self.port} to {self.port + PORTS_TO_TRY - 1} are all in use; "
            "close another course, or name a free port with --port."
        )

    def _say(self, address: str) -> None:
        work = self.opened.folder / WORK
        print(text("learn.opened", self.opened.language, address=address))
        print(text("learn.saved_in", self.opened.language, file=work))
        print(text("learn.how_to_stop", self.opened.language), flush=True)


@contextlib.contextmanager
def _opener(folder: Path, address: str) -> Iterator[Path]:
    """A page for the learner's eyes only that leads to `address`, as long as the server runs.

    The browser is given this file: the key must not stand in the list of processes,
    which every user of the machine can read.
    """
    path = folder / OPENER
    link = html.escape(address)
    write_whole(path, f'<meta charset="utf-8"><meta http-equiv="refresh" content="0; url={link}">\n')
    path.chmod(0o600)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def serve(
    root: Path,
    folder: Path,
    *,
    language: str = "en",
    port: int = PORT,
    open_browser: bool = True,
    idle_seconds: int = IDLE_SECONDS,
) -> None:
    """Open the learner's `folder` in a browser and stay until Ctrl-C. `port` 0 takes any free one."""
    os.environ["COURSE_WORK"] = str(folder / WORK)
    os.environ["COURSE_ROOT"] = str(root)
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # another Python's kernel does not have the course
    config = Config()
    config.Voila.token = secrets.token_hex(24)
    config.VoilaConfiguration.template = "course"
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.prelaunch_hook = prepare_lesson
    # The template decides what of a failure is shown; a question that fails does not stop the next.
    config.VoilaConfiguration.show_tracebacks = True
    config.VoilaExecutor.allow_errors = True
    config.VoilaExecutor.timeout = QUESTION_SECONDS
    config.VoilaExecutor.interrupt_on_timeout = True
    config.VoilaExporter.filters = {"page_html": to_html}
    config.MappingKernelManager.cull_idle_timeout = idle_seconds
    config.MappingKernelManager.cull_interval = max(1, idle_seconds // 5)
    if os.name == "posix":
        # Sockets in a folder of the learner's own instead of open ports; /tmp, since the
        # path of a socket may have 103 characters at most.
        config.KernelManager.transport = "ipc"
        config.Voila.connection_dir_root = "/tmp"
    opened = handlers.Opened(root, folder, language)
    (folder / OWN).mkdir(parents=True, exist_ok=True)
    server = LearnServer.instance(
        opened, open_browser, port=port, config=config, logging_config=_log_into(folder / OWN / "learn.log")
    )
    server.initialize([])
    server.start()


def _log_into(path: Path) -> dict[str, Any]:
    """Keep the machinery's talk out of the learner's window; a helper finds it in this file."""
    file = {"class": "logging.FileHandler", "filename": str(path), "mode": "w", "encoding": "utf-8"}
    return {
        "handlers": {"file": file},
        "loggers": {LearnServer.__name__: {"level": "INFO", "handlers": ["file"]}},
        "root": {"level": "WARNING", "handlers": ["file"]},
    }
