"""How many processes of ours may run at the same time."""

import os

__all__ = ["cores"]


def cores() -> int:
    """Cores that this process may use, at least one."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
