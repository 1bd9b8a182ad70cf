"""Which doors of the kernel stay shut: a second lock behind the namespaces.

A list of what is denied, as the container runtimes keep it: all that mounts, traces, loads,
changes the clock or the namespaces, or has been the way out of sandboxes before. Denied calls
fail with "Operation not permitted", as for any ordinary user. Sockets: UNIX ones only, which
event loops need. Numbers: asm/unistd_64.h and asm-generic/unistd.h of Linux 6.1.
"""

from __future__ import annotations

import ctypes
import struct

from grading.sandbox import syscalls

# name: number on x86_64, on aarch64 (None: it is not there)
DENIED: dict[str, tuple[int, int | None]] = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "setns": (308, 268),
    "unshare": (272, 97),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "userfaultfd": (323, 282),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "syslog": (103, 116),
    "fanotify_init": (300, 262),
    "vhangup": (153, 58),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
    "memfd_secret": (447, 447),
    "lookup_dcookie": (212, 18),
    "nfsservctl": (180, 42),
    "iopl": (172, None),
    "ioperm": (173, None),
    "modify_ldt": (154, None),
    "uselib": (134, None),
}
SOCKET, SOCKETPAIR, CLONE, CLONE3, PRCTL = (41, 198), (53, 199), (56, 220), (435, 435), (157, 167)
NEW_NAMESPACES = 0x7E020080  # every CLONE_NEW* flag of linux/sched.h
UNIX_SOCKETS = 1

AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32_BIT = 0x40000000
ALLOW, KILL = 0x7FFF0000, 0x80000000
EPERM, ENOSYS, EACCES = 0x00050001, 0x00050026, 0x0005000D

# linux/filter.h; a jump counts from the next instruction
LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data; the low half comes first

Instruction = tuple[int, int, int, int]


def assemble(machine: str) -> bytes:
    """The filter as the kernel reads it. Raises KeyError for a machine whose numbers are not here."""
    place = ("x86_64", "aarch64").index(machine) if machine in AUDIT_ARCH else None
    if place is None:
        raise KeyError(machine)
    program: list[Instruction] = [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_EQUAL, 1, 0, AUDIT_ARCH[machine]),
        (RETURN, 0, 0, KILL),  # a 32-bit program would have other numbers
        (LOAD, 0, 0, NUMBER),
    ]
    if machine == "x86_64":
        program += [(JUMP_AT_LEAST, 0, 1, X32_BIT), (RETURN, 0, 0, KILL)]
    numbers = [pair[place] for pair in DENIED.values() if pair[place] is not None]
    for number in sorted(numbers):
        program += [(JUMP_EQUAL, 0, 1, number), (RETURN, 0, 0, EPERM)]
    # The C library then uses clone, whose flags can be read here; those of clone3 lie in memory.
    program += [(JUMP_EQUAL, 0, 1, CLONE3[place]), (RETURN, 0, 0, ENOSYS)]
    program += _with_argument(CLONE[place], (JUMP_ANY_BIT, 0, 1, NEW_NAMESPACES), EPERM)
    # Without it, a process would outlive a grader that was killed.
    program += _with_argument(PRCTL[place], (JUMP_EQUAL, 0, 1, syscalls.SET_PARENT_DEATH_SIGNAL), EPERM)
    for call in (SOCKET, SOCKETPAIR):
        program += _with_argument(call[place], (JUMP_EQUAL, 1, 0, UNIX_SOCKETS), EACCES)
    program.append((RETURN, 0, 0, ALLOW))
    return b"".join(struct.pack("HBBI", *instruction) for instruction in program)


def _with_argument(number: int, test: Instruction, verdict: int) -> list[Instruction]:
    """`verdict` for one call where `test` of its first argument does not jump over it."""
    return [
        (JUMP_EQUAL, 0, 4, number),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        test,
        (RETURN, 0, 0, verdict),
        (LOAD, 0, 0, NUMBER),
    ]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def shut_doors() -> None:
    """Install the filter in this process, for it and its children, for good.

    Needs no_new_privs. Raises OSError where the kernel has no filters, KeyError on other machines.
    """
    code = assemble(syscalls.MACHINE)
    kept = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.addressof(kept))
    syscalls.control_process(syscalls.SET_SECCOMP, 2, ctypes.byref(program))
