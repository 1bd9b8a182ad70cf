"""What a first visit to a page costs a reader: bytes on the line, requests, and whom they go to."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

INLINE = ("data:", "blob:")


@dataclass(frozen=True)
class Weight:
    """The cost of one page. `compressed` is the sum of each file under gzip, in bytes, as `plain` is without.

    `outside` are the addresses that were asked for beyond the book.
    """

    page: str
    requests: int
    compressed: int
    plain: int
    outside: tuple[str, ...]


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
    files = [Path(unquote(urlsplit(url).path)) for url in asked]
    contents = [path.read_bytes() for path in files if path.is_file()]
    return Weight(
        page=name,
        requests=len(asked) + len(outside),
        compressed=sum(len(gzip.compress(content, 9, mtime=0)) for content in contents),
        plain=sum(map(len, contents)),
        outside=tuple(outside),
    )
