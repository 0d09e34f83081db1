"""Remember that Ctrl+C was pressed: Python drops the interrupt where it lands in a destructor or a callback.

CPython raises KeyboardInterrupt between two instructions of whatever runs in the main thread. In a
destructor, a weak reference's callback or a C callback nobody can catch it: it is printed and forgotten,
or wrapped into another exception, and the work goes on to a false end.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_pressed = threading.Event()


@contextmanager
def remember_interrupts() -> Iterator[None]:
    """Note every SIGINT before it is raised, while the block runs.

    A process that is started deaf to SIGINT (in the background of a shell) stays deaf.
    """
    _pressed.clear()
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:
        yield
        return

    def _note(number: int, frame: FrameType | None) -> None:
        _pressed.set()
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, _note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def was_interrupted() -> bool:
    """Return whether Ctrl+C was pressed since the last `remember_interrupts` began."""
    return _pressed.is_set()


def raise_lost_interrupt() -> None:
    """Raise the interrupt again where it was lost.

    Raises
    ------
    KeyboardInterrupt
        where Ctrl+C was pressed and the work still goes on.
    """
    if _pressed.is_set():
        raise KeyboardInterrupt
