"""What a submission can see and do, tried from inside a real sandbox, as root and as an ordinary user."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from grading.sandbox import probe
from tests.conftest import ROOT
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


@contextmanager
def listening():
    """A server on this machine that a submission must not reach."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_honest_work_runs(cage):
    """Libraries, temporary files, own files and other processes work as anywhere."""
    said, ending = cage.run(
        """
import json, sqlite3, subprocess, sys, tempfile, pathlib, multiprocessing
say(pathlib.Path("given.txt").read_text())
pathlib.Path("made.txt").write_text("made")
with tempfile.NamedTemporaryFile() as file:
    file.write(b"x")
say(subprocess.run([sys.executable, "-c", "print(6 * 7)"], capture_output=True, text=True).stdout)
say(multiprocessing.get_context("fork").Pool(2).map(abs, [-1, -2]))
"""
    )

    assert said == ["given", "42\n", [1, 2]]
    assert ending == ""
    assert (cage.folder / "made.txt").read_text() == "made"


def test_no_file_of_others_is_there(cage, tmp_path):
    """The course, other submissions, homes and the system's secrets are absent, not merely forbidden."""
    places = [
        ROOT / "grading",
        ROOT / "README.md",
        cage.place / "other",
        Path.home() / ".bashrc",
        "/etc/shadow",
    ]
    places += ["/home", "/var/log", "/run", "/sys/kernel", "/boot", tmp_path, Path(__file__)]
    said, _ = cage.run(f"import os\nsay([p for p in {[str(p) for p in places]} if os.path.lexists(p)])")

    assert said == [[]]


def test_no_variable_of_the_instructor_is_left(cage):
    """The environment is a new one, and the old one is not in the process's memory map either."""
    said, _ = cage.run(
        """
import ctypes, os
say(sorted(os.environ))
begin, end = map(int, open("/proc/self/stat").read().rpartition(")")[2].split()[47:49])
say(["TOKEN" in ctypes.string_at(begin, end - begin).decode(errors="replace"), end > begin])
try:
    say(open("/proc/self/environ").read())
except PermissionError:
    say("not allowed")
"""
    )

    assert said == [["ADDED", "HOME", "LANG", "PATH", "TMPDIR", "USER"], [False, True], "not allowed"]


def test_no_open_file_of_the_grader_is_left(cage):
    """What the grader had open, such as its gradebook, is closed; stdin is empty."""
    said, _ = cage.run(
        """
import os, stat, sys
def kind(number):
    try:
        return stat.S_IFMT(os.fstat(number).st_mode)
    except OSError:
        return None
say([number for number in range(3, 64) if kind(number) is not None and kind(number) != stat.S_IFIFO])
say(sum(kind(number) == stat.S_IFIFO for number in range(3, 64)))
say(sys.stdin.read() if sys.stdin else "")
"""
    )

    assert said == [[], 1, ""]


def test_there_is_no_network(cage):
    """Neither layer lets a connection out: not to this machine, not by name, not by datagram."""
    with listening() as port:
        said, _ = cage.run(
            f"""
import socket
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET):
        try:
            socket.socket(family, kind).connect(("127.0.0.1", {port}))
            say([family, kind])
        except OSError:
            pass
say("tried")
"""
        )

    assert said == ["tried"]


def test_abstract_sockets_of_the_machine_are_out_of_reach(cage):
    """Sockets without a file belong to the network namespace, and it is the submission's own."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0course-test-socket")
        server.listen()
        said, _ = cage.run(
            """
import socket
try:
    socket.socket(socket.AF_UNIX).connect("\\0course-test-socket")
    say("connected")
except OSError as error:
    say("refused")
"""
        )

    assert said == ["refused"]


def test_only_own_processes_are_seen(cage):
    """A submission is process 1 of its world and cannot signal, trace or name any other."""
    said, _ = cage.run(
        f"""
import ctypes, os, signal
say([os.getpid(), os.getppid(), int(open("/proc/self/stat").read().split()[0])])
try:
    os.kill({os.getpid()}, signal.SIGKILL)
except OSError as error:
    say(type(error).__name__)
say(ctypes.CDLL(None).ptrace(16, {cage.process.pid}, 0, 0))
"""
    )

    assert said == [[1, 0, 1], "ProcessLookupError", -1]


def test_each_submission_has_namespaces_of_its_own(cage):
    """Its network, processes, mounts and messages are neither the system's nor the next one's."""
    marker = f"sleep 7{os.getpid() % 1000:03}"
    cage.ask(f"import os\nos.execvp('sleep', {marker.split()})")
    wait_until(lambda: marker in processes())
    found = subprocess.run(["pgrep", "-f", f"^{marker}$"], capture_output=True, text=True, check=True).stdout

    above = Path(f"/proc/{int(found)}/stat").read_text().rpartition(")")[2].split()[1]
    shared = [kind for kind in NAMESPACES if namespace(int(found), kind) == namespace("self", kind)]
    shared += [
        kind for kind in ("net", "pid", "mnt", "ipc") if namespace(int(found), kind) == namespace(above, kind)
    ]
    os.kill(int(found), signal.SIGKILL)

    assert cage.hear()[1].startswith("Its process was killed")
    assert shared == []


NAMESPACES = ("net", "pid", "mnt", "ipc", "user", "uts")


def namespace(process, kind):
    """The name of a namespace of a process."""
    return Path(f"/proc/{process}/ns/{kind}").readlink()


def test_no_power_is_left_and_none_comes_back(cage):
    """No capability, no way to become root, no further namespace, none of the kernel's dangerous calls."""
    said, _ = cage.run(
        """
import ctypes, os
status = dict(line.split(":\\t", 1) for line in open("/proc/self/status").read().splitlines())
say([status["CapEff"], status["CapPrm"], status["NoNewPrivs"], status["Seccomp"]])
libc = ctypes.CDLL(None, use_errno=True)
tried = {
    "unshare": libc.unshare(0x10000000), "mount": libc.mount(b"none", b"/tmp", b"tmpfs", 0, None),
    "umount": libc.umount2(b"/proc", 2), "setuid": libc.setuid(0), "chroot": libc.chroot(b"/tmp"),
    "ptrace": libc.ptrace(0, 0, 0, 0), "bpf": libc.syscall(321, 0, 0, 0), "keyctl": libc.syscall(250, 0, 0),
    "userfaultfd": libc.syscall(323, 0), "io_uring": libc.syscall(425, 1, 0), "perf": libc.syscall(298, 0, 0),
    "process_vm_writev": libc.syscall(311, 1, 0, 0, 0, 0), "kexec": libc.syscall(246, 0, 0, 0, 0),
    "clone_user": libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0), "setns": libc.setns(0, 0),
}
say([name for name, result in tried.items() if result != -1])
say(os.getuid())
"""
    )

    assert said[0] == ["0000000000000000", "0000000000000000", "1", "2"]
    assert said[1:] == [[], 65534]


def test_only_its_own_folder_can_be_written(cage):
    """Libraries, start-up files and devices are read-only; links lead nowhere."""
    said, _ = cage.run(
        """
import os, site, sys
try:
    open("../beside", "w").close()  # below /tmp that is a folder of its own, and gone afterwards
except OSError:
    pass
say([os.statvfs(place).f_flag & (os.ST_RDONLY | os.ST_NOSUID) for place in ("/", "/usr", sys.prefix)])
library = site.getsitepackages()[0] + "/evil.pth"
for place in (library, sys.prefix + "/evil", "/etc/evil", "/usr/evil", "/evil", "/dev/evil",
               "/proc/self/mem", "/proc/sys/kernel/hostname"):
    try:
        with open(place, "r+b" if place.startswith("/proc") else "wb"):
            say(place)
    except OSError:
        pass
for make in (os.mkfifo, lambda p: os.mknod(p, 0o60666, os.makedev(8, 0))):
    try:
        make("device")
        say("made " + str(os.stat("device").st_mode))
    except OSError:
        pass
os.symlink("/etc/shadow", "link")
say(os.path.exists("link"))
try:
    os.link("/etc/passwd", "hard")
    say("linked")
except OSError:
    pass
"""
    )

    assert said[0] == [os.ST_RDONLY | os.ST_NOSUID] * 3
    assert [line for line in said[1:] if not str(line).startswith("made 4")] == [False]
    assert sorted(path.name for path in cage.place.iterdir()) == ["other", "own"]


SECOND_LAYER = """
import ctypes, os, socket, sys
from grading.sandbox import landlock, seccomp, syscalls
syscalls.control_process(syscalls.SET_NO_NEW_PRIVILEGES, 1)
if sys.argv[1] == "landlock":
    landlock.restrict_files(readable=["/usr"], writable=[sys.argv[2]])
else:
    seccomp.shut_doors()
def possible(act):
    try:
        return act() != -1
    except OSError:
        return False
print(int(possible(lambda: open("/etc/passwd"))),
      int(possible(lambda: open(sys.argv[2] + "/own", "w"))),
      int(possible(lambda: open("/dev/null", "w"))),
      int(possible(lambda: socket.socket(socket.AF_INET))),
      int(possible(lambda: socket.socket(socket.AF_UNIX))),
      int(possible(lambda: ctypes.CDLL(None).unshare(0x10000000))))
"""


@pytest.mark.parametrize(
    ("layer", "possible"),
    [("landlock", "0 1 0 1 1 1"), ("seccomp", "1 1 1 0 1 0")],
    ids=["landlock", "seccomp"],
)
def test_the_second_layer_holds_by_itself(layer, possible, tmp_path):
    """Without any namespace: Landlock keeps from files, seccomp from sockets and from new namespaces."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SECOND_LAYER, layer, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == possible


def test_a_course_inside_the_libraries_is_refused():
    """What submissions must read cannot hide anything: the instructor is told to move the course."""
    found = probe(private=(Path(sys.prefix) / "course",))

    assert not found.usable
    assert "move the course elsewhere" in found.refusal
    assert "--trust-submissions" in found.refusal
