"""Stage 15c: the walls of a process that runs queries: it ends with its parent, has a ceiling of memory, and no network.

On Linux the process gives up for good the system calls that open a connection or start a program. Elsewhere there are only
the guard before it and the parent that watches it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import signal
import struct
import sys
from typing import Any

_SET_PDEATHSIG, _SET_NO_NEW_PRIVS = 1, 38
# Of seccomp(2): take a filter, for all threads that there are.
_SET_FILTER, _ALL_THREADS = 1, 1
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | 13  # 13: permission denied
_LOAD, _JUMP_EQUAL, _JUMP_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_X32 = 0x40000000
# Of linux/audit.h, the number of seccomp, and those of what is refused: socket, connect, accept, sendto, sendmsg, bind,
# listen, socketpair, accept4, sendmmsg; ptrace, execve, execveat, process_vm_readv and _writev, pidfd_getfd; the three of
# io_uring, which can do all of it.
_MACHINES = {
    "x86_64": (0xC000003E, 317, (41, 42, 43, 44, 46, 49, 50, 53, 288, 307, 101, 59, 322, 310, 311, 438, 425, 426, 427)),
    "aarch64": (
        0xC00000B7,
        277,
        (198, 203, 202, 206, 211, 200, 201, 199, 242, 269, 117, 221, 281, 270, 271, 438, 425, 426, 427),
    ),
}


def enclose(parent: int, megabytes: int, nice: int = 5) -> bool:
    """Put this process behind its walls, and return whether it has no network from now on."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(nice)
    _cap(megabytes)
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    _call(libc.prctl, _SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        # The parent had gone before it could be followed.
        os._exit(1)
    return _no_network(libc) and _is_refused(libc)


def _call(function: Any, *given: Any) -> int:
    """Call a function that takes any number of words of the machine; whole ones, as the kernel looks at all of each."""
    return int(function(*(ctypes.c_ulong(word) if isinstance(word, int) else word for word in given)))


def _is_refused(libc: ctypes.CDLL) -> bool:
    """Return whether a socket is really not to be had."""
    made = _call(libc.socket, 2, 1, 0)
    if made >= 0:
        os.close(made)
    return made < 0


def _cap(megabytes: int) -> None:
    """Set a ceiling for the address space: what is there already, the cap, and room for the stack of a thread."""
    with contextlib.suppress(ImportError, OSError, ValueError, AttributeError):
        import resource

        # What a crash would leave behind.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, ((megabytes + 1024) << 20,) * 2)


def _no_network(libc: ctypes.CDLL) -> bool:
    machine = _MACHINES.get(platform.machine())
    if machine is None or struct.calcsize("P") != 8:
        return False
    architecture, seccomp, calls = machine
    end = len(calls) + 1
    program = [
        (_LOAD, 0, 0, 4),
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        # The same calls under other numbers.
        (_JUMP_LEAST, end, 0, _X32),
        *((_JUMP_EQUAL, end - 1 - place, 0, call) for place, call in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in program)
    held = ctypes.create_string_buffer(code, len(code))
    filters = ctypes.create_string_buffer(struct.pack("HP", len(program), ctypes.addressof(held)))
    if _call(libc.prctl, _SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return _call(libc.syscall, seccomp, _SET_FILTER, _ALL_THREADS, filters) == 0
