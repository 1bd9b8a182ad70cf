"""What a first visit to a page costs a reader: bytes on the line, requests, and whom they go to."""

from __future__ import annotations

import gzip
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

INLINE = ("data:", "blob:")


@dataclass(frozen=True)
class Weight:
    """The cost of one page.

    `files` gives the bytes under gzip of each file that was asked for, `plain` the bytes of
    all of them without; `outside` are the addresses that were asked for beyond the book.
    """

    page: str
    files: Mapping[str, int]
    plain: int
    outside: tuple[str, ...]

    @property
    def compressed(self) -> int:
        """What comes over the line, in bytes: each file under gzip."""
        return sum(self.files.values())

    @property
    def requests(self) -> int:
        """How many files were asked for, also elsewhere and in vain."""
        return len(self.files) + len(self.outside)


def measure_weights(browser: Browser, site: Path, pages: list[str]) -> list[Weight]:
    """Opens each of `pages` (paths from `site`) from the disk in an empty profile and weighs it.

    Every request is counted, also one that fails; requests beyond the book are refused.
    Any static site can be weighed, a default jupyter-book too.
    """
    return [_weigh(browser, site, page) for page in pages]


def _weigh(browser: Browser, site: Path, name: str) -> Weight:
    context = browser.new_context()
    asked: dict[str, None] = {}
    outside: list[str] = []

    def answer(route) -> None:
        url = route.request.url
        if url.startswith("file:"):
            asked[url.split("#")[0]] = None
            route.continue_()
        elif url.startswith(INLINE):
            route.continue_()
        else:
            outside.append(url)
            route.abort()

    context.route("**/*", answer)
    page = context.new_page()
    page.goto((site / name).resolve().as_uri(), wait_until="networkidle")
    context.close()
    paths = [Path(unquote(urlsplit(url).path)) for url in asked]
    contents = {path: path.read_bytes() if path.is_file() else b"" for path in paths}
    return Weight(
        page=name,
        files={
            Path(os.path.relpath(path, site.resolve())).as_posix(): len(gzip.compress(content, 9, mtime=0))
            for path, content in contents.items()
        },
        plain=sum(map(len, contents.values())),
        outside=tuple(outside),
    )
