"""Hand a process over to the operating system's limits: time, memory, no writing, no network, no other program.

What is confined stays so. Where a system has no such means (Windows; macOS counts no memory), what Python itself can
refuse is still refused, and the caller's own clock ends the process.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from typing import Any, Final

_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED_EVENTS: Final = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn", "os.startfile",
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown",
    "shutil.", "tempfile.", "ftplib.", "smtplib.", "urllib.", "http.client.", "webbrowser.",
)  # fmt: skip

_REFUSED: Final = """
socket 41 198, socketpair 53 199, connect 42 203, accept 43 202, accept4 288 242, bind 49 200, listen 50 201,
sendto 44 206, sendmsg 46 211, sendmmsg 307 269, fork 57 -, vfork 58 -, execve 59 221, execveat 322 281,
kill 62 129, tkill 200 130, rt_sigqueueinfo 129 138, ptrace 101 117, process_vm_readv 310 270,
process_vm_writev 311 271, pidfd_open 434 434, pidfd_getfd 438 438, pidfd_send_signal 424 424, creat 85 -,
truncate 76 45, ftruncate 77 46, fallocate 285 47, rename 82 -, renameat 264 38, renameat2 316 276, mkdir 83 -,
mkdirat 258 34, rmdir 84 -, link 86 -, linkat 265 37, unlink 87 -, unlinkat 263 35, symlink 88 -,
symlinkat 266 36, chmod 90 -, fchmod 91 52, fchmodat 268 53, fchmodat2 452 452, chown 92 -, fchown 93 55,
lchown 94 -, fchownat 260 54, mknod 133 -, mknodat 259 33, utime 132 -, utimes 235 -, futimesat 261 -,
utimensat 280 88, setxattr 188 5, lsetxattr 189 6, fsetxattr 190 7, removexattr 197 14, lremovexattr 198 15,
fremovexattr 199 16, copy_file_range 326 285, mount 165 40, umount2 166 39, pivot_root 155 41, chroot 161 51,
unshare 272 97, setns 308 268, open_tree 428 428, move_mount 429 429, fsopen 430 430, openat2 437 437,
open_by_handle_at 304 265, io_uring_setup 425 425, io_uring_enter 426 426, io_uring_register 427 427,
bpf 321 280, perf_event_open 298 241, userfaultfd 323 282, add_key 248 217, request_key 249 218,
keyctl 250 219, init_module 175 105, finit_module 313 273, kexec_load 246 104
"""
"""System calls that are refused, each with its number on x86-64 and on ARM64: those that reach the network, start or
meddle with a process, make, change or remove a file, or are ways around that."""

_MACHINES: Final = {
    "x86_64": (0xC000003E, 0, {2: 1, 257: 2}, 56),
    "aarch64": (0xC00000B7, 1, {56: 2}, 220),
}
"""By machine: its mark in a filter, its place in the table above, the calls that open a file with the argument that
says how, and the call that makes a thread or a process."""
_NEWER_CLONE: Final = 435


def confine(seconds: int, megabytes: int) -> None:
    """From now on this process has `seconds` of computing and `megabytes` of memory in all, reads files but writes
    none, and reaches no network."""
    _limit(seconds, megabytes)
    sys.addaudithook(_refuse)
    if sys.platform == "linux":
        _filter_calls()


def _limit(seconds: int, megabytes: int) -> None:
    try:
        import resource
    except ImportError:
        return
    wanted = {
        "RLIMIT_CPU": (seconds, seconds + 1),
        "RLIMIT_AS": (megabytes << 20, megabytes << 20),
        "RLIMIT_FSIZE": (0, 0),
        "RLIMIT_CORE": (0, 0),
    }
    for name, (soft, hard) in wanted.items():
        which = getattr(resource, name, None)
        if which is None:
            continue
        most = resource.getrlimit(which)[1]
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        try:
            resource.setrlimit(which, (soft, hard))
        except (OSError, ValueError):
            continue


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: Python's own libraries ask here before they do what is refused."""
    if event == "open":
        mode, flags = arguments[1], arguments[2]
        writes = isinstance(flags, int) and flags & _WRITES
        if writes or (isinstance(mode, str) and set(mode) & set("wax+")):
            raise PermissionError("reading may not write")
    elif event.startswith(_REFUSED_EVENTS):
        raise PermissionError("reading may not " + event)


def _filter_calls() -> bool:
    """A filter of system calls (seccomp) for this process; False where the kernel takes none."""
    if platform.machine() not in _MACHINES or sys.maxsize < 2**32:
        return False
    machine, place, opening, clone = _MACHINES[platform.machine()]
    numbers = (call.split()[1 + place] for call in _REFUSED.split(","))
    program = _program(machine, [int(number) for number in numbers if number != "-"], opening, clone)
    filters = ctypes.create_string_buffer(program, len(program))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

    handed = Program(len(program) // 8, ctypes.addressof(filters))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    no_new_privileges, set_filter, filter_mode = 38, 22, 2
    if prctl(no_new_privileges, 1, 0, 0, 0) != 0:
        return False
    return bool(prctl(set_filter, filter_mode, ctypes.byref(handed), 0, 0) == 0)


def _program(machine: int, refused: list[int], opening: dict[int, int], clone: int) -> bytes:
    """The filter: instructions of eight bytes (code, how far to jump if true, if false, value)."""
    load, equal, at_least, any_bit, answer = 0x20, 0x15, 0x35, 0x45, 0x06
    allow, kill, no, missing = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
    number, machine_at, thread = 0, 4, 0x00010000
    steps = [
        (load, 0, 0, machine_at), (equal, 1, 0, machine), (answer, 0, 0, kill),
        # Programs of 32 bits on x86-64 number their calls from here.
        (load, 0, 0, number), (at_least, 0, 1, 0x40000000), (answer, 0, 0, kill),
        # Its flags lie in memory, where no filter sees them: told it does not exist, a library takes the older one.
        (equal, 0, 1, _NEWER_CLONE), (answer, 0, 0, missing),
    ]  # fmt: skip
    for call in refused:
        steps += [(equal, 0, 1, call), (answer, 0, 0, no)]
    for call, which in opening.items():
        steps += [(equal, 0, 4, call), (load, 0, 0, 16 + 8 * which), (any_bit, 0, 1, _WRITES)]
        steps += [(answer, 0, 0, no), (answer, 0, 0, allow)]
    steps += [
        (equal, 0, 4, clone),
        (load, 0, 0, 16),
        (any_bit, 1, 0, thread),
        (answer, 0, 0, no),
        (answer, 0, 0, allow),
    ]
    steps.append((answer, 0, 0, allow))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
