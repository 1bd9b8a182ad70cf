"""Opens the learner's folder as pages: Voilà with one local template, on this machine only."""

from __future__ import annotations

import contextlib
import warnings
from pathlib import Path
from typing import Any

from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.web import RedirectHandler, StaticFileHandler
from traitlets.config import Config
from voila.app import Voila
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from course.learn import handlers, keeping
from course.learn.copying import OWN
from course.learn.lessons import GoodbyeHandler, LessonHandler, prepare_lesson
from course.learn.markdown import to_html
from course.learn.opening import ADDRESS, PORT, SOCKETS, TRANSPORT, Opened, bind

TEMPLATE = Path(__file__).resolve().parent / "template"
IDLE_SECONDS = 15 * 60  # a page that is closed or asleep for longer gives its memory back
QUESTION_SECONDS = 60
KERNEL_ID = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"

# No request leaves this machine, whatever a page contains: the browser itself refuses it.
CONTENT_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        f"connect-src 'self' ws://{ADDRESS}:*",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)


class LearnServer(Voila):
    """Voilà with our pages in place of its file browser and front end, and a key for every request."""

    config_file_paths = ()  # what another tool's settings say must not change these pages

    def __init__(self, opened: Opened, **settings: Any) -> None:
        super().__init__(root_dir=str(opened.folder), ip=ADDRESS, token=opened.key, **settings)
        self.opened = opened

    def setup_template_dirs(self) -> None:
        """Our templates, before the ones that are installed."""
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
        }

    def init_handlers(self) -> list[Any]:
        """Our pages, and of Voilà's addresses only the one that the pages' connection needs."""
        lesson = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        return [
            *self.identity_provider.get_handlers(),
            (rf"/api/kernels/{KERNEL_ID}", KernelHandler),
            (rf"/api/kernels/{KERNEL_ID}/channels", VoilaKernelWebsocketHandler),
            (rf"/goodbye/{KERNEL_ID}", GoodbyeHandler),
            (r"/", handlers.StartHandler),
            (r"/course/(.+\.ipynb)", LessonHandler, lesson),
            # In the book this page counts from the browser; here the start page knows more.
            (r"/course/pages/my-work(?:\.[a-z]+)?\.md", RedirectHandler, {"url": "/", "permanent": False}),
            (r"/course/(.+\.md)", handlers.ReadingHandler),
            (r"/my-work", handlers.SaveCopyHandler),
            (r"/my-work/browser", keeping.BrowserCopyHandler),
            (r"/my-work/bring", keeping.BringHandler),
            (r"/my-work/aside", keeping.AsideHandler),
            (r"/my-work/erase", keeping.EraseHandler),
            (r"/my-work/transcript", keeping.TranscriptHandler),
            (r"/learn/((?:learn|widgets)\.(?:css|js))", StaticFileHandler, {"path": str(TEMPLATE)}),
            (r".*", handlers.MissingHandler),
        ]

    def listen(self) -> None:
        """Listen on this machine alone until Ctrl-C, and end every page's process then."""
        door = bind(self.port)
        HTTPServer(self.app).add_sockets([door])
        self.port = door.getsockname()[1]
        self.ioloop = IOLoop.current()
        address = f"http://{ADDRESS}:{self.port}/?token={self.opened.key}"
        with self.opened.announced(address, self.open_browser):
            try:
                with contextlib.suppress(KeyboardInterrupt):
                    self.ioloop.start()
            finally:
                self.stop()


def serve(
    opened: Opened, *, port: int = PORT, open_browser: bool = True, idle_seconds: int = IDLE_SECONDS
) -> None:
    """Open the learner's folder in a browser and stay until Ctrl-C. `port` 0 takes any free one.

    A page that nobody has been connected to for `idle_seconds` loses its process.
    """
    opened.tell_pages()
    # A page that is left while the server stops never gets its last message; that is no news for a learner.
    warnings.filterwarnings("ignore", message="coroutine 'WebSocketProtocol13", category=RuntimeWarning)
    config = Config()
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
    config.KernelManager.transport = TRANSPORT
    config.Voila.connection_dir_root = SOCKETS
    own = opened.folder / OWN
    own.mkdir(parents=True, exist_ok=True)
    server = LearnServer.instance(
        opened,
        port=port,
        open_browser=open_browser,
        config=config,
        logging_config=_log_into(own / "learn.log"),
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
