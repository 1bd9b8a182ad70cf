"""What a submission may take, and that nothing of it stays: tried from inside a real sandbox."""

from __future__ import annotations

import os
import signal
import subprocess

import pytest

from grading.sandbox import Limits
from tests.grading.cages import Cage, processes, wait_until
from tests.grading.namespaces import needs_sandbox

pytestmark = needs_sandbox()


@pytest.fixture(scope="module", params=["root", "ordinary"])
def cage(request):
    """A sandbox that root made, and one that an ordinary user made."""
    if request.param == "root" and os.geteuid() != 0:
        pytest.skip("only root can make a sandbox as root")
    # one below the folder that is covered by a submission's own, the other elsewhere
    made = Cage(request.param, below="/tmp" if request.param == "root" else "/var/tmp")
    yield made
    made.close()


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("x = bytearray(400 * 1024 * 1024)", "MemoryError"),
        ("open('big', 'wb').write(b'x' * 6 * 1024 * 1024)", "OSError"),
        ("[open('/dev/null') for _ in range(100)]", "OSError"),
        ("import time, threading as t\nfor _ in range(100): t.Thread(target=time.sleep, args=(2,)).start()",
         "RuntimeError"),
        ("import os, time\nfor _ in range(100):\n    if os.fork() == 0: time.sleep(9)", "BlockingIOError"),
    ],
)  # fmt: skip
def test_what_is_too_much_is_an_error(cage, source, why):
    """Memory, file size, open files, threads and processes are bounded."""
    said, _ = cage.run(f"import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n{source}")

    assert said[0]["error"] == why


def test_memory_is_counted_over_all_processes(cage):
    """Who spreads over processes what one may not take is ended, with a sentence."""
    said, ending = cage.run(
        """
import os, time
for _ in range(6):
    if os.fork() == 0:
        held = b"x" * (100 * 1024 * 1024)
        time.sleep(20)
time.sleep(20)
"""
    )

    assert said == []
    assert ending == "It took more memory than one submission may."


def test_the_disk_is_bounded(cage):
    """Many small files are ended like one large one, in its folder and in /tmp."""
    said, ending = cage.run(
        """
import time
try:
    for number in range(10):
        open(f"/tmp/{number}", "wb").write(b"x" * 2 * 1024 * 1024)
except OSError as error:
    say("full")
for number in range(300):
    open(str(number), "w").close()
time.sleep(20)
"""
    )
    for path in cage.folder.glob("[0-9]*"):
        path.unlink()

    assert said == ["full"]
    assert ending == "It wrote more files than one submission may."


@pytest.mark.parametrize(
    ("limits", "program", "why"),
    [
        (Limits(cpu_seconds=1), "while True: pass", "Its process was killed"),
        (Limits(wall_seconds=1), "import time\ntime.sleep(60)", "It took longer than one submission may."),
    ],
    ids=["computing", "waiting"],
)
def test_time_is_bounded(limits, program, why):
    """What ignores every signal ends all the same, whether it computes or sleeps."""
    hasty = Cage("root" if os.geteuid() == 0 else "ordinary", limits)
    ignoring = "import signal as s\nfor n in s.valid_signals() - {9, 19}: s.signal(n, s.SIG_IGN)\n"

    _, ending = hasty.run(ignoring + program)
    hasty.close()

    assert ending.startswith(why)


def test_submissions_do_not_meet(cage):
    """What one leaves in /tmp, shared memory or message queues, the next does not find."""
    leave = """
import ctypes, os
open("/tmp/left", "w").close()
libc = ctypes.CDLL(None)
say(libc.shmget(4711, 4096, 0o1666) >= 0)
from multiprocessing import shared_memory
shared_memory.SharedMemory("left", create=True, size=16)
"""
    find = """
import ctypes, os
say([os.path.exists("/tmp/left"), os.path.exists("/dev/shm/left"), ctypes.CDLL(None).shmget(4711, 0, 0) >= 0])
"""

    assert cage.run(leave)[0] == [True]
    assert cage.run(find)[0] == [[False, False, False]]


def test_nothing_outlives_a_submission(cage):
    """Fifty detached processes die with the one that started them."""
    marker = f"sleep 9{os.getpid() % 1000:03}"
    cage.run(
        f"""
import subprocess
for _ in range(20):
    subprocess.Popen({marker.split()}, start_new_session=True)
"""
    )

    assert (
        marker not in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    )


@pytest.mark.parametrize("victim", ["grader", "warden"])
def test_everything_dies_with_the_grader(victim):
    """A grader that is killed leaves nothing behind, not even what clears its death signal."""
    own = Cage("root" if os.geteuid() == 0 else "ordinary")
    marker = f"sleep 8{os.getpid() % 1000:03}"
    own.ask(
        f"""
import ctypes, signal, subprocess, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
ctypes.CDLL(None).prctl(1, 0)
subprocess.Popen({marker.split()}, start_new_session=True)
time.sleep(60)
"""
    )
    wait_until(lambda: marker in processes())
    children = subprocess.run(
        ["pgrep", "-P", str(own.process.pid)], capture_output=True, text=True, check=True
    )

    os.kill(own.process.pid if victim == "grader" else int(children.stdout), signal.SIGKILL)

    wait_until(lambda: marker not in processes())
    own.close()
