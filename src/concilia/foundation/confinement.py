"""
What a worker process gives up before it touches a stranger's bytes: network, files, programs.

Four layers, because no single one exists everywhere: resource limits (every Unix), a system-call
filter and Landlock (Linux), and an audit hook inside Python (everywhere). The decisions page
`reading-in-a-sandbox` says what each of them stops.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import struct
import sys
from collections.abc import Iterable
from typing import Final

PR_SET_NO_NEW_PRIVS: Final = 38
PR_SET_SECCOMP: Final = 22
SECCOMP_MODE_FILTER: Final = 2
CAPABILITY_VERSION_3: Final = 0x20080522

OPEN_FILES_MAX: Final = 128

# System calls by number: (x86_64, aarch64); None where the machine has no such call.
REFUSED_CALLS: Final[dict[str, tuple[int | None, int | None]]] = {
    "socket": (41, 198),
    "connect": (42, 203),
    "accept": (43, 202),
    "bind": (49, 200),
    "listen": (50, 201),
    "socketpair": (53, 199),
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "kill": (62, 129),
    "truncate": (76, 45),
    "rename": (82, None),
    "mkdir": (83, None),
    "rmdir": (84, None),
    "creat": (85, None),
    "link": (86, None),
    "unlink": (87, None),
    "symlink": (88, None),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "ptrace": (101, 117),
    "mknod": (133, None),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "mount": (165, 40),
    "umount2": (166, 39),
    "tkill": (200, 130),
    "mkdirat": (258, 34),
    "mknodat": (259, 33),
    "fchownat": (260, 54),
    "unlinkat": (263, 35),
    "renameat": (264, 38),
    "linkat": (265, 37),
    "symlinkat": (266, 36),
    "fchmodat": (268, 53),
    "unshare": (272, 97),
    "accept4": (288, 242),
    "perf_event_open": (298, 241),
    "open_by_handle_at": (304, 265),
    "setns": (308, 268),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "renameat2": (316, 276),
    "bpf": (321, 280),
    "execveat": (322, 281),
    "userfaultfd": (323, 282),
    "pidfd_send_signal": (424, 424),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "clone3": (435, 435),
    "openat2": (437, 437),
}
# What a process that turns into another program needs once; from then on Landlock says which.
STARTING: Final = frozenset({"execve"})
OPEN: Final[tuple[int | None, int | None]] = (2, None)
OPENAT: Final[tuple[int | None, int | None]] = (257, 56)
WRITING_FLAGS: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

MACHINES: Final = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

ALLOW: Final = 0x7FFF0000
REFUSE: Final = 0x00050000 | 1  # EPERM
KILL: Final = 0x80000000

# Landlock: what may be handled grows with the kernel's version of it.
LANDLOCK_CREATE: Final = 444
LANDLOCK_ADD: Final = 445
LANDLOCK_RESTRICT: Final = 446
LANDLOCK_FILES_BY_ABI: Final = ((1, (1 << 13) - 1), (2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
LANDLOCK_EXECUTE_READ: Final = 1 | 4 | 8
LANDLOCK_READ_FILE: Final = 4
LANDLOCK_OF_FILES: Final = 1 | 4  # what is left of these rights where a path is no folder
LANDLOCK_NETWORK_ABI: Final = 4

READABLE_DEVICES: Final = ("/dev/urandom", "/dev/null", "/dev/zero")
READABLE_SYSTEM: Final = ("/usr/lib", "/usr/lib64", "/usr/share/zoneinfo", "/lib", "/lib64")


def readable_folders() -> tuple[str, ...]:
    """Return the folders of the interpreter and its libraries: code is read from there, no data."""
    candidates = [sys.prefix, sys.base_prefix, *sys.path, *READABLE_SYSTEM]
    return tuple(dict.fromkeys(os.path.realpath(each) for each in candidates if each))


def confine(memory_bytes: int) -> tuple[str, ...]:
    """
    Give up everything but memory and the pipes already open. There is no way back.

    :param memory_bytes: address space of the whole process
    :return: the layers that hold here: `limits`, `audit`, and on Linux `landlock`, `calls`
    """
    folders = readable_folders()
    _limit(memory_bytes)
    layers = ["limits"]
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
            if _landlock(libc, folders):
                layers.append("landlock")
            _drop_capabilities(libc)
            if _filter_calls(libc):
                layers.append("calls")
    _watch(folders)
    return (*layers, "audit")


def confine_program(memory_bytes: int, cpu_seconds: int, readable: Iterable[str]) -> bool:
    """
    Give up what a program of the system does not need either, before it is started in our place.

    It may read its own file, the system's libraries and what is named, and write to the pipes it
    has; it may start nothing else. Linux only: there the kernel holds it, whoever wrote it.

    :param readable: the program, and the folders of its data
    :return: whether every layer holds; without that the program must not be started
    """
    _limit(memory_bytes)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    folders = [os.path.realpath(each) for each in (*readable, *READABLE_SYSTEM)]
    if not _landlock(libc, folders):
        return False
    _drop_capabilities(libc)
    return _filter_calls(libc, allowed=STARTING)


def _limit(memory_bytes: int) -> None:
    for which, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES_MAX),
        (resource.RLIMIT_AS, memory_bytes),
    ):
        _, hard = resource.getrlimit(which)
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (ceiling, ceiling))


def _drop_capabilities(libc: ctypes.CDLL) -> None:
    """Root without capabilities cannot raise its limits again."""
    header = struct.pack("Ii", CAPABILITY_VERSION_3, 0)
    libc.capset(header, bytes(24))


def _landlock(libc: ctypes.CDLL, folders: Iterable[str]) -> bool:
    abi = libc.syscall(LANDLOCK_CREATE, None, 0, 1)
    if abi < 1:
        return False
    files = sum(rights for since, rights in LANDLOCK_FILES_BY_ABI if abi >= since)
    network = 3 if abi >= LANDLOCK_NETWORK_ABI else 0
    attributes = struct.pack("QQ", files, network) if network else struct.pack("Q", files)
    ruleset = libc.syscall(LANDLOCK_CREATE, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    for folder in folders:
        _permit(libc, ruleset, folder, LANDLOCK_EXECUTE_READ)
    for device in READABLE_DEVICES:
        _permit(libc, ruleset, device, LANDLOCK_READ_FILE)
    done = libc.syscall(LANDLOCK_RESTRICT, ruleset, 0)
    os.close(ruleset)
    return bool(done == 0)


def _permit(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # A folder of the search path that is not there needs no permission.
    try:
        is_folder = os.path.isdir(path)  # noqa: PTH112 - a kernel path
        allowed = rights if is_folder else rights & LANDLOCK_OF_FILES
        libc.syscall(LANDLOCK_ADD, ruleset, 1, struct.pack("=Qi", allowed, descriptor), 0)
    finally:
        os.close(descriptor)


def _filter_calls(libc: ctypes.CDLL, allowed: frozenset[str] = frozenset()) -> bool:
    machine = MACHINES.get(platform.machine())
    if machine is None:
        return False
    program = _program(*machine, allowed)
    buffer = ctypes.create_string_buffer(program)
    head = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    return bool(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, head, 0, 0) == 0)


def _program(column: int, architecture: int, allowed: frozenset[str]) -> bytes:
    """
    Assemble the filter: refuse what is listed, refuse opening for writing, refuse new processes.

    Classic BPF reads `struct seccomp_data`: number at 0, architecture at 4, arguments from 16 in
    steps of 8.
    """
    load, jump_equal, jump_set, answer = 0x20, 0x15, 0x45, 0x06
    code: list[tuple[int, int, int, int]] = [
        (load, 0, 0, 4),
        (jump_equal, 1, 0, architecture),
        (answer, 0, 0, KILL),
        (load, 0, 0, 0),
    ]
    for name, numbers in REFUSED_CALLS.items():
        number = numbers[column]
        if number is not None and name not in allowed:
            code += [(jump_equal, 0, 1, number), (answer, 0, 0, REFUSE)]
    for numbers, argument in ((OPEN, 1), (OPENAT, 2)):
        number = numbers[column]
        if number is not None:
            code += [
                (jump_equal, 0, 4, number),
                (load, 0, 0, 16 + 8 * argument),
                (jump_set, 0, 1, WRITING_FLAGS),
                (answer, 0, 0, REFUSE),
                (answer, 0, 0, ALLOW),
            ]
    clone, thread = (56, 220)[column], 0x10000
    code += [
        (jump_equal, 0, 4, clone),
        (load, 0, 0, 16),
        (jump_set, 1, 0, thread),
        (answer, 0, 0, REFUSE),
        (answer, 0, 0, ALLOW),
        (answer, 0, 0, ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in code)


def _watch(folders: tuple[str, ...]) -> None:
    """Refuse from inside Python, too: it holds where the kernel offers nothing, and says why."""
    prefixes = tuple(folder + os.sep for folder in folders)
    refused = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn")
    changing = {
        "os.system",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.mkdir",
        "os.kill",
        "os.chmod",
    }

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(refused) or event in changing:
            raise PermissionError(f"not allowed while reading a document: {event}")
        if event == "open" and not _may_open(arguments, prefixes):
            raise PermissionError(f"not allowed while reading a document: open {arguments[0]!r}")

    sys.addaudithook(hook)


def _may_open(arguments: tuple[object, ...], prefixes: tuple[str, ...]) -> bool:
    path, _, flags = arguments
    if isinstance(path, int):
        return True
    if not isinstance(path, str | bytes) or (isinstance(flags, int) and flags & WRITING_FLAGS):
        return False
    real = os.path.realpath(os.fsdecode(path))
    return real.startswith(prefixes) or real in READABLE_DEVICES
