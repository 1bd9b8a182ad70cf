"""Worker processes that grade: one line of JSON in for each submission, one line out.

Fresh interpreters, not forks or spawned copies: neither the caller's threads nor its
unguarded script are run again in them.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from grading.grade import Grading, grade_submission

STOPPED = "The process that graded it was stopped; grade it again."


def grade_in_processes(tasks: list[dict[str, Any]], workers: int) -> Iterator[Grading]:
    """The result of each task as it is ready. `tasks` holds the arguments of `grade_submission`.

    A worker that dies costs its one submission, told as failed; another takes its place.
    Leaving the iteration early ends the workers.
    """
    waiting: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    for task in tasks:
        waiting.put(task)
    results: queue.SimpleQueue[Grading] = queue.SimpleQueue()
    running: list[subprocess.Popen] = []
    threads = [threading.Thread(target=_serve, args=(waiting, results, running)) for _ in range(workers)]
    for thread in threads:
        thread.start()
    left = len(tasks)
    try:
        while left:
            yield results.get()
            left -= 1
    finally:
        while not waiting.empty():
            waiting.get()
        for process in running if left else ():
            process.kill()
        for thread in threads:
            thread.join()


def _serve(
    waiting: queue.SimpleQueue[dict[str, Any]],
    results: queue.SimpleQueue[Grading],
    running: list[subprocess.Popen],
) -> None:
    """Hand tasks to one worker at a time, until none is left."""
    process = None
    while True:
        try:
            task = waiting.get_nowait()
        except queue.Empty:
            break
        if process is None or process.poll() is not None:
            process = _start_worker()
            running.append(process)
        results.put(_ask(process, task))
    if process is not None:
        _end(process)


def _start_worker() -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,  # an interrupt at the keyboard is for the command, which then ends them
    )


def _ask(process: subprocess.Popen, task: dict[str, Any]) -> Grading:
    try:
        process.stdin.write(json.dumps(task) + "\n")
        process.stdin.flush()
        return Grading(**json.loads(process.stdout.readline()))
    except (OSError, ValueError):
        process.kill()
        _end(process)
        return Grading(task["student"], "failed", STOPPED)


def _end(process: subprocess.Popen) -> None:
    with suppress(OSError):  # it may be gone
        process.stdin.close()
    process.wait()
    process.stdout.close()


# In the worker ---------------------------------------------------------------------------------


def main() -> None:
    """Grade what comes on stdin until it ends; whoever started this may have been killed."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever else is printed must not stand between the answers
    tasks: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(tasks,), daemon=True).start()
    while True:
        result = grade_submission(**tasks.get())
        print(json.dumps(asdict(result)), file=answers, flush=True)


def _listen(tasks: queue.SimpleQueue[dict[str, Any]]) -> None:
    for line in sys.stdin:
        tasks.put(json.loads(line))
    os._exit(0)  # at once: a command that is run again must not meet this one at work


if __name__ == "__main__":
    main()
