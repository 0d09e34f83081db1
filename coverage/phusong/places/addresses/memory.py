"""What has been worked out already: bounded, one for each gazetteer, and never part of an answer."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

#: Entries that a memory keeps before it begins anew; a few hundred bytes each.
MOST_KEPT: Final = 1 << 18


@contextmanager
def hold_collector() -> Iterator[None]:
    """Hold Python's search for cycles while many small things are made, none of which is in a cycle."""
    held = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if held:
            gc.enable()


class Memory(dict[Any, Any]):
    """Keep what was worked out, by all that it depends on; begin anew when full."""

    def keep(self, key: object, value: Any) -> Any:
        """Return a value after keeping it."""
        if len(self) >= MOST_KEPT:
            self.clear()
        self[key] = value
        return value


class Memories:
    """Hold the memories of one gazetteer.

    Attributes
    ----------
    pieces : text between separators → what it says.
    cells : (column, text) → what it says.
    choices : what an address says of its commune → the commune.
    tails : the pieces behind a hamlet, and the edition → the roles of their fields, and the commune.
    near, grounds : commune → its names by their deletions; unit → communes on its ground.
    """

    def __init__(self) -> None:
        self.pieces, self.cells, self.choices = Memory(), Memory(), Memory()
        self.near, self.grounds, self.tails = Memory(), Memory(), Memory()
