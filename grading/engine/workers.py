"""Worker processes: forks of the command that grade one job after the other.

A worker that dies costs the one submission it had; another takes its place. The command's
death ends them all.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import selectors
import signal
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from grading.engine.forms import FormParent
from grading.engine.jobs import Graded, Job
from grading.engine.parent import ShellParent
from grading.engine.submission import grade_submission

PR_SET_PDEATHSIG = 1
DIED = "The process that graded it was stopped; grade it again."


@dataclass
class Worker:
    """One worker process: its place among the control sockets, its pid, what it is doing."""

    place: int
    pid: int
    talk: socket.socket
    job: Job | None = None


def grade_jobs(jobs: Iterator[Job], parent: ShellParent | FormParent) -> Iterator[Graded]:
    """The result of each job as it is ready, by as many workers as `parent` has.

    `jobs` is asked for the next one only when a worker is free. Leaving the iteration early
    ends the workers. Call it while this process has one thread: the workers are its forks.
    """
    selector = selectors.DefaultSelector()
    workers: list[Worker] = []
    try:
        for place in range(parent.workers):
            job = next(jobs, None)
            if job is None:
                break
            worker = _start(place, parent, workers)
            workers.append(worker)
            selector.register(worker.talk, selectors.EVENT_READ, worker)
            _hand(worker, job)
        while any(worker.job is not None for worker in workers):
            for key, _ in selector.select():
                worker: Worker = key.data
                graded = _receive(worker.talk)
                if graded is None:
                    graded = Graded(worker.job.student, worker.job.assignment, "failed", DIED)
                    selector.unregister(worker.talk)
                    _end(worker)
                    parent.end_shells(worker.place)
                    fresh = _start(worker.place, parent, workers)
                    worker.pid, worker.talk = fresh.pid, fresh.talk
                    selector.register(worker.talk, selectors.EVENT_READ, worker)
                worker.job = None
                following = next(jobs, None)
                if following is not None:
                    _hand(worker, following)
                yield graded
    finally:
        for worker in workers:
            if worker.job is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(worker.pid, signal.SIGKILL)
            _end(worker)
        selector.close()


def _start(place: int, parent: ShellParent | FormParent, others: list[Worker]) -> Worker:
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        try:
            _die_with_the_command()
            ours.close()
            for other in others:
                with contextlib.suppress(OSError):
                    other.talk.close()
            parent.enter_worker(place)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            while (job := _receive(theirs)) is not None:
                _send(theirs, grade_submission(job, parent, place))
        finally:
            os._exit(0)
    theirs.close()
    return Worker(place, pid, ours)


def _die_with_the_command() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _hand(worker: Worker, job: Job) -> None:
    worker.job = job
    with contextlib.suppress(OSError):  # its death is seen where its answer is awaited
        _send(worker.talk, job)


def _end(worker: Worker) -> None:
    worker.talk.close()
    with contextlib.suppress(ChildProcessError):
        os.waitpid(worker.pid, 0)


def _send(talk: socket.socket, what: Job | Graded) -> None:
    content = pickle.dumps(what)
    talk.sendall(struct.pack("!Q", len(content)) + content)


def _receive(talk: socket.socket) -> Job | Graded | None:
    """What the other side sent; None where it is gone. Both sides are ours: no submission writes here."""
    try:
        head = _read(talk, 8)
        return pickle.loads(_read(talk, struct.unpack("!Q", head)[0])) if head else None
    except (OSError, EOFError):
        return None


def _read(talk: socket.socket, count: int) -> bytes:
    content = bytearray()
    while len(content) < count:
        received = talk.recv(min(count - len(content), 1 << 20))
        if not received:
            if content:
                raise EOFError
            return b""
        content += received
    return bytes(content)
