"""What waits in the server's memory to be fetched once: built files, proofs of who came in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
KEY_BYTES = 32


@dataclass
class Once(Generic[Thing]):
    """Keep things under keys that nobody can guess, each until it is taken or too old.

    Parameters
    ----------
    clock : returns the time, with its zone.
    minutes : how long a thing waits [min].
    """

    clock: Callable[[], datetime]
    minutes: float
    _kept: dict[str, tuple[datetime, Thing]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def put(self, thing: Thing, key: str = "") -> str:
        """Keep a thing and return its key.

        Parameters
        ----------
        thing : what waits.
        key : under which; a new one where none is given.
        """
        made = key or secrets.token_urlsafe(KEY_BYTES)
        with self._lock:
            self._forget()
            self._kept[made] = (self.clock(), thing)
        return made

    def take(self, key: str) -> Thing | None:
        """Return the thing of a key and forget it; None where there is none."""
        with self._lock:
            self._forget()
            kept = self._kept.pop(key, None)
        return kept[1] if kept else None

    def _forget(self) -> None:
        """Forget what is too old."""
        oldest = self.clock() - timedelta(minutes=self.minutes)
        for key in [k for k, (at, _) in self._kept.items() if at <= oldest]:
            del self._kept[key]
