"""One stream of random numbers for each part, so that a change in one part moves no other."""

from __future__ import annotations

import zlib

import numpy as np


def seed_part(seed: int, part: str) -> np.random.Generator:
    """Return the stream of one part of the made-up world.

    Parameters
    ----------
    seed : of the whole world.
    part : name of the part; another name is another stream, whatever else has been drawn.
    """
    return np.random.default_rng(np.random.SeedSequence([seed, zlib.crc32(part.encode())]))
