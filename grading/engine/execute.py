"""nbgrader's Execute, with a forked shell in the place of a kernel.

Messages become outputs through nbclient's own code. What is different from stock stands in
one place, `_mark_unfinished`: a cell that did not end costs its own points and those of the
cells after it, never those of the cells before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from nbclient.client import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbclient.util import run_hook, run_sync
from nbformat import NotebookNode
from nbformat.v4 import new_output, output_from_msg
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade, is_locked

from grading.engine.shells import ShellClient, ShellGone, ShellManager
from grading.records import Flag

STOPPED = "This part did not run to its end, so it has no points; somebody should look at it."
QUESTION_SECONDS = 10
OUTPUTS = ("stream", "display_data", "execute_result", "error")


class ShellExecute(Execute):
    """Executes a page in a shell that `open_shell` makes.

    `look_again(page, child, failed)` runs after the last cell and returns flags; `failed` are the
    places of cells that said they failed. It is None where
    submissions are trusted or run no learner's code. `flags` is what a person must look at.
    """

    def __init__(
        self,
        open_shell: Callable[[], ShellManager],
        look_again: Callable[[NotebookNode, Child | None, frozenset[int]], tuple[Flag, ...]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.open_shell = open_shell
        self.look_again = look_again
        self.flags: tuple[Flag, ...] = ()

    def preprocess(
        self, nb: NotebookNode, resources: Any = None, km: Any = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run all cells of one page, in place."""
        NotebookClient.__init__(self, nb, km)
        self.reset_execution_trackers()
        self._check_assign_resources(resources)
        self.flags = ()
        self.stopped = False
        self._failed: set[int] = set()
        if self.look_again is not None:
            self._strip_skip_tags()
        self.km = self.open_shell()
        try:
            run_sync(self._run_cells)()
            if self.look_again is not None:
                child = None if self.stopped else Child(self.kc)
                self.flags = (*self.flags, *self.look_again(nb, child, frozenset(self._failed)))
        finally:
            run_sync(self._end_shell)()
        return self.nb, self.resources

    def _strip_skip_tags(self) -> None:
        """A learner's tag must not keep a test from running: a test without outputs has full points."""
        for cell in self.nb.cells:
            tags = cell.metadata.get("tags", [])
            if self.skip_cells_with_tag in tags and (is_grade(cell) or is_locked(cell)):
                cell.metadata.tags = [tag for tag in tags if tag != self.skip_cells_with_tag]

    async def _run_cells(self) -> None:
        await self.km.start_kernel()
        self.kc = self.km.client()
        self.kc.start_channels()
        await run_hook(self.on_notebook_start, notebook=self.nb)
        reached = 0
        try:
            await self._learn_language()
            for reached, cell in enumerate(self.nb.cells):
                await self.async_execute_cell(cell, reached, store_history=True)
        except (ShellGone, DeadKernelError, CellTimeoutError):
            await asyncio.wait(
                [self.km.ending], timeout=0.2 if self.kc.gone.is_set() else 0
            )  # it may say why
            self._mark_unfinished(reached)
        self.set_widgets_metadata()
        await run_hook(self.on_notebook_complete, notebook=self.nb)

    async def _end_shell(self) -> None:
        healthy = self.kc is not None and not self.kc.gone.is_set() and not self.stopped
        if healthy:
            self.kc.ask_to_end()
        await self.km.shutdown_kernel(now=not healthy)
        await self.km.cleanup_resources()
        self.km = self.kc = None

    async def _learn_language(self) -> None:
        if self.km.language is None:
            reply = await self.kc.hear_reply(self.kc.kernel_info(), self.startup_timeout)
            self.km.language = reply["content"]["language_info"]
        self.nb.metadata["language_info"] = self.km.language

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """As nbclient's; a cell whose output was cleared, or taken by a widget, may have failed unseen."""
        shown = super().process_message(msg, cell, cell_index)
        taken = shown is None and msg["msg_type"] in {"error", "execute_result", "display_data"}
        if taken or msg["msg_type"] == "clear_output":
            self._failed.add(cell_index)
        return shown

    async def _check_raise_for_error(self, cell: NotebookNode, cell_index: int, exec_reply: Any) -> None:
        if exec_reply is not None and exec_reply["content"].get("status") == "error":
            self._failed.add(cell_index)
        await super()._check_raise_for_error(cell, cell_index, exec_reply)

    async def _async_poll_kernel_alive(self) -> None:
        """Hear of the shell's end at once; nbclient would ask every second."""
        await self.kc.gone.wait()
        self.task_poll_for_reply.cancel()

    def _mark_unfinished(self, reached: int) -> None:
        """Zero points, said and flagged, for the cell that was stopped and all after it.

        In nbgrader a graded cell without any output has full points.
        """
        self.stopped = True
        reason = self.kc.reason or self.km.said or STOPPED
        self.log.error("Cell %d and those after it have no points: %s", reached, reason)
        flagged = []
        for cell in self.nb.cells[reached:]:
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            said = new_output(
                "error", ename="Stopped", evalue=reason, traceback=[f"\x1b[0;31mStopped\x1b[0m: {reason}"]
            )
            cell.outputs = [*cell.get("outputs", ()), said]
            if is_grade(cell):
                flagged.append(Flag(cell.metadata.nbgrader["grade_id"], "stopped", reason))
        self.flags = tuple(flagged)


class Child:
    """The shell of a page after its last cell, for questions that no learner sees."""

    def __init__(self, client: ShellClient) -> None:
        self.client = client

    def execute(self, source: str) -> tuple[str, list[dict[str, Any]]]:
        """Run a cell the way the others ran. Returns "ok", "error" or "gone", and its outputs."""
        return run_sync(self._execute)(source)

    def tampered(self) -> list[str]:
        """What the shell itself says was changed in it; ["silent"] where it says nothing."""
        return run_sync(self._tampered)()

    async def _execute(self, source: str) -> tuple[str, list[dict[str, Any]]]:
        asked = self.client.execute(source, store_history=False, stop_on_error=False)
        outputs: list[dict[str, Any]] = []
        try:
            message = await self.client.hear_reply(asked, QUESTION_SECONDS)
            async with asyncio.timeout(QUESTION_SECONDS):
                while (told := await self.client.iopub_channel.get_msg())["msg_type"] != "status" or (
                    told["content"]["execution_state"] != "idle"
                    or told["parent_header"].get("msg_id") != asked
                ):
                    if told["parent_header"].get("msg_id") == asked and told["msg_type"] in OUTPUTS:
                        outputs.append(output_from_msg(told))
        except (ShellGone, TimeoutError, ValueError, KeyError, TypeError):
            return "gone", []
        return ("error" if message["content"].get("status") == "error" else "ok"), outputs

    async def _tampered(self) -> list[str]:
        asked = self.client.ask_what_changed()
        try:
            message = await self.client.hear_reply(asked, QUESTION_SECONDS)
            return [str(code) for code in message["content"]["tampered"]]
        except (ShellGone, KeyError, TypeError):
            return ["silent"]
