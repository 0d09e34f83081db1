"""Share out what can only be had whole."""

from __future__ import annotations

import numpy as np


def share_persons(total: int, weights: np.ndarray) -> np.ndarray:
    """Return whole numbers in proportion to weights that add up to the total, by largest remainder."""
    exact = total * weights / weights.sum()
    counts = exact.astype(int)
    counts[np.argsort(counts - exact, kind="stable")[: total - int(counts.sum())]] += 1
    return counts
