"""What a figure was measured on: without it no figure can be compared with another."""

from __future__ import annotations

import os
import platform
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def machine() -> str:
    """Cores, memory, system, Python and the load of the last minute, in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    try:
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        system = platform.system()
    return (
        f"{os.cpu_count()} cores {platform.machine()}, {memory:.0f} GiB, {system}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    )


def resident(field: str) -> float:
    """`VmRSS` or `VmHWM` (the peak) of this process in MB."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field + ":"))
