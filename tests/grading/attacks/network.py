"""Attacks that reach for the network and for other programs of the computer."""

from __future__ import annotations

from tests.grading.attacks.attack import Attack, has_stolen


def connect(family, kind, address, text="b'x'"):
    """Code that talks to a server of this machine."""
    return (
        f"import socket\ntalk = socket.socket(socket.{family}, socket.{kind})\ntalk.settimeout(2)\n"
        f"talk.connect({address})\ntalk.send({text})\nprint('STO' + 'LEN')"
    )


NETWORK = (
    Attack(
        "network-tcp",
        "a server is reached over TCP",
        connect("AF_INET", "SOCK_STREAM", "('127.0.0.1', @PORT@)"),
        has_stolen,
    ),
    Attack(
        "network-udp",
        "a datagram is sent",
        connect("AF_INET", "SOCK_DGRAM", "('127.0.0.1', @PORT@)"),
        has_stolen,
    ),
    Attack(
        "network-path",
        "a socket at a path is reached",
        connect("AF_UNIX", "SOCK_STREAM", "'@OUTSIDE@/door'"),
        has_stolen,
    ),
    Attack(
        "network-abstract",
        "a socket without a file is reached",
        connect("AF_UNIX", "SOCK_STREAM", "'\\0attacks-@PORT@'"),
        has_stolen,
    ),
    Attack(
        "network-shell",
        "another program opens the connection",
        """
import subprocess
done = subprocess.run(['bash', '-c', 'echo x > /dev/tcp/127.0.0.1/@PORT@'])
if done.returncode == 0: print('STO' + 'LEN')
""",
        has_stolen,
    ),
)
