"""What a submission sees of the file system: the interpreter and its libraries, and two folders of its own.

A new root is put together from mounts and takes the place of the old one: whatever is not
listed here is not forbidden but absent.
"""

from __future__ import annotations

import os
import site
import sys
from collections.abc import Iterable
from pathlib import Path

from grading.sandbox import syscalls
from grading.sandbox.errors import SandboxError

# A folder to build the new root on. It is there on every Linux, and no submission needs what it hides.
BUILDING_PLACE = "/sys"
SYSTEM_FOLDERS = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/alternatives", "/etc/mime.types")
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
LINKS = {
    "/dev/fd": "/proc/self/fd",
    "/dev/stdin": "/proc/self/fd/0",
    "/dev/stdout": "/proc/self/fd/1",
    "/dev/stderr": "/proc/self/fd/2",
    "/dev/ptmx": "pts/ptmx",
    "/dev/shm": "/tmp/.shm",
}
NOBODY = 65534
INVENTED_FILES = {
    "/etc/passwd": f"learner:x:{NOBODY}:{NOBODY}::/tmp:/bin/sh\n",
    "/etc/group": f"learner:x:{NOBODY}:\n",
    "/etc/hosts": "127.0.0.1 localhost\n",
    "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
}
WRITABLE_DEVICES = (*DEVICES, "/dev/pts")
# Of /proc, what libraries ask of a computer and of their own process: no memory, open files or variables.
HARMLESS_PROCESS_FILES = tuple(
    f"/proc/{name}" for name in ("cpuinfo", "meminfo", "stat", "loadavg", "uptime", "version", "filesystems")
) + tuple(f"/proc/self/{name}" for name in ("stat", "statm", "status", "io", "cgroup"))
SAFE = syscalls.NO_SUID | syscalls.NO_DEVICES
MOST_FILES = 20_000  # in /tmp


def library_folders() -> tuple[str, ...]:
    """Where this interpreter and its libraries stand, by the names used and by their real ones."""
    named = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
    own = [site.getusersitepackages()] if site.ENABLE_USER_SITE else []
    named |= {folder for folder in (*site.getsitepackages(), *own) if os.path.isdir(folder)}  # noqa: PTH112
    return tuple(sorted(named | {os.path.realpath(folder) for folder in named}))


def require_hidden(private: Iterable[Path], shown: Iterable[str]) -> None:
    """Raise SandboxError where a private folder lies inside one that submissions are shown."""
    folders = [Path(folder).resolve() for folder in (*SYSTEM_FOLDERS, *shown)]
    for secret in private:
        around = next((folder for folder in folders if secret.resolve().is_relative_to(folder)), None)
        if around is not None:
            raise SandboxError(
                f"{secret} lies inside {around}, which submissions must read because Python or its libraries "
                "stand there; move the course elsewhere."
            )


def build_root(shown: Iterable[str], folders: Path) -> None:
    """Make the new root and go there; needs the power to mount, in a mount namespace of one's own."""
    syscalls.mount("none", "/", None, syscalls.RECURSIVE | syscalls.PRIVATE)
    root = BUILDING_PLACE
    syscalls.mount("tmpfs", root, "tmpfs", SAFE, "mode=755,size=1m")
    for path in _without_nested([*SYSTEM_FOLDERS, *SYSTEM_FILES, *shown]):
        _show(path, root)
    for path, text in INVENTED_FILES.items():
        _make_file(root + path).write_text(text, encoding="ascii")
    for folder in ("/proc", "/tmp", "/dev/pts", str(folders)):
        Path(root + folder).mkdir(parents=True, exist_ok=True)
    for path in DEVICES:
        _make_file(root + path)
    for path, target in LINKS.items():
        Path(root + path).symlink_to(target)
    syscalls.set_mount_attributes(
        root,
        syscalls.ATTRIBUTE_READ_ONLY | syscalls.ATTRIBUTE_NO_SUID | syscalls.ATTRIBUTE_NO_DEVICES,
    )
    syscalls.mount("tmpfs", f"{root}/tmp", "tmpfs", SAFE, "mode=1777,size=64m")
    Path(root + str(folders)).mkdir(parents=True, exist_ok=True)  # again: it may lie below /tmp
    for path in DEVICES:
        syscalls.mount(path, root + path, None, syscalls.BIND)
    syscalls.mount("devpts", f"{root}/dev/pts", "devpts", syscalls.NO_SUID, "ptmxmode=0666,mode=620")
    # Only who sees a process file system may mount one: this one is covered in `show_own_processes`.
    syscalls.mount("/proc", f"{root}/proc", None, syscalls.BIND | syscalls.RECURSIVE)
    _open_folder(str(folders), root + str(folders))
    os.chdir(root)
    syscalls.pivot_root_here()


def show_own_processes() -> None:
    """Cover /proc with that of the new process namespace.

    Raises SandboxError where that is refused: in some containers parts of /proc are covered,
    and then the kernel allows no new one.
    """
    try:
        syscalls.mount("proc", "/proc", "proc", SAFE | syscalls.NO_EXECUTE)
    except OSError as error:
        raise SandboxError(
            "Submissions cannot be given a /proc of their own (a container that covers parts of /proc "
            "forbids it); start the container with --security-opt systempaths=unconfined."
        ) from error


def show_own_folder(folder: Path, folders: Path, disk_bytes: int) -> None:
    """Cover /tmp with an empty one, and all of `folders` but the one `folder`."""
    own = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    options = f"mode=1777,size={disk_bytes},nr_inodes={MOST_FILES}"
    syscalls.mount("tmpfs", "/tmp", "tmpfs", SAFE, options)
    Path("/tmp/.shm").mkdir()
    if not folders.is_relative_to("/tmp"):
        syscalls.mount("tmpfs", folders, "tmpfs", SAFE, "mode=755,size=4k")
    folder.mkdir(parents=True)
    _open_folder(f"/proc/self/fd/{own}", str(folder))
    os.close(own)
    os.chdir(folder)


def _open_folder(source: str, place: str) -> None:
    """Let a folder be written, without programs of other users and devices in it."""
    syscalls.mount(source, place, None, syscalls.BIND | syscalls.RECURSIVE)
    syscalls.set_mount_attributes(place, syscalls.ATTRIBUTE_NO_SUID | syscalls.ATTRIBUTE_NO_DEVICES)


def _without_nested(paths: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not any(path.startswith(f"{outer}/") for outer in kept):
            kept.append(path)
    return kept


def _show(path: str, root: str) -> None:
    source = Path(path)
    if source.is_symlink() and path in SYSTEM_FOLDERS:
        Path(root + path).symlink_to(source.readlink())
    elif source.is_dir():
        Path(root + path).mkdir(parents=True, exist_ok=True)
        syscalls.mount(path, root + path, None, syscalls.BIND | syscalls.RECURSIVE)
    elif source.exists():
        syscalls.mount(path, _make_file(root + path), None, syscalls.BIND)


def _make_file(path: str) -> Path:
    place = Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch()
    return place
