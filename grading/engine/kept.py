"""A shell for many pages, one after the other: for forms, in which no learner's code runs."""

from __future__ import annotations

from typing import Any

from grading.engine.shells import ShellClient, ShellManager

MOST_PAGES = 100  # then a fresh fork: whatever pages leave behind stays small


class KeptShell(ShellManager):
    """A shell that begins each page anew instead of being forked anew, which is half of a form's cost.

    What fails or does not end is ended like any other shell, and the next page gets a fresh one.
    """

    pages = 0
    _client: KeptClient | None = None

    async def start_kernel(self, **_arguments: Any) -> None:
        """Begin a page: in the shell that is there, or in a new one."""
        if self._client is None or self.pages >= MOST_PAGES or self._client.gone.is_set():
            await self._end()
            await super().start_kernel()
            self.pages = 0
        else:
            self._client.begin_page()
        self.pages += 1

    def client(self) -> KeptClient:
        """The one client of this shell."""
        if self._client is None:
            self._client = KeptClient(self)
        return self._client

    async def shutdown_kernel(self, now: bool = False, **_: Any) -> None:
        """Keep it for the next page, or end it `now`."""
        if now:
            await self._end()

    async def cleanup_resources(self, **_: Any) -> None:
        """Nothing: the next page needs it."""

    async def _end(self) -> None:
        if self.channel is not None:
            await super().shutdown_kernel(now=True)
            await super().cleanup_resources()
        self._client, self.language = None, None


class KeptClient(ShellClient):
    """Requests to a shell that is kept."""

    listening = False

    def start_channels(self, **arguments: Any) -> None:
        """Listen from now on, once."""
        if not self.listening:
            super().start_channels(**arguments)
            self.listening = True

    def begin_page(self) -> None:
        """Ask for a shell as after its fork."""
        self.taken = 0
        self._request("renew_request", {"folder": str(self.manager.folder)})

    def ask_to_end(self) -> None:
        """It goes on with the next page."""
