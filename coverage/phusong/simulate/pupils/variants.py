"""The same name as another clerk spells it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np

from phusong.simulate.addresses import spelling


def _drop_middle(name: str, _rng: Random) -> str:
    """Return a name without one of its middle names; the name itself where it has but one or none."""
    first, *middle, last = name.split(" ")
    return " ".join((first, *middle[1:], last)) if len(middle) > 1 else name


def _mistype(name: str, rng: Random) -> str:
    """Return a name with a slip in its last word but for the first letter."""
    *head, last = name.split(" ")
    return " ".join((*head, spelling.mistype(last, rng)))


VARIANTS: dict[str, Callable[[str, Random], str]] = {
    "i_y": lambda name, _: spelling.swap_i_and_y(name),
    "tone_place": lambda name, _: spelling.move_tones(name),
    "middle_dropped": _drop_middle,
    "typo": _mistype,
    "tone_confused": lambda name, _: spelling.confuse_tones(name),
    "upper": lambda name, _: name.upper(),
    "no_marks": lambda name, _: spelling.strip_marks(name),
}


def vary_name(name: str, rng: Random) -> tuple[str, str]:
    """Return a name spelled otherwise, and how.

    Parameters
    ----------
    name : in full, with all marks.
    rng : stream of random numbers.
    """
    kinds = list(VARIANTS)
    rng.shuffle(kinds)
    for kind in kinds:
        changed = VARIANTS[kind](name, rng)
        if changed != name:
            return changed, kind
    return name, ""


def python_stream(rng: np.random.Generator) -> Random:
    """Return a stream of single draws, which the standard library makes faster than numpy."""
    return Random(int(rng.integers(0, 2**63)))
