"""Keep a library's chatter out of what the program says: HiGHS prints notes of its own to standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

STDOUT, STDERR = 1, 2


@contextmanager
def divert_output() -> Iterator[None]:
    """Send what is written to standard output by compiled code to standard error meanwhile.

    What the program itself writes is for people or for machines that read `--json -`; a stray line makes it
    unreadable. It works on the file descriptor, so it is for the whole process: use it around one call.
    """
    sys.stdout.flush()
    try:
        kept = os.dup(STDOUT)
    except OSError:  # no standard output at all, as under a service
        yield
        return
    try:
        os.dup2(STDERR, STDOUT)
        yield
    finally:
        os.dup2(kept, STDOUT)
        os.close(kept)
