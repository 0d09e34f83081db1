"""Who pays for what is shared: equal parts for the hamlets that hang on a piece, to the last đồng."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.plans.rollout.facilities import COSTS, Facilities


def share_costs(hamlets: pd.DataFrame, facilities: Facilities, built: pd.DataFrame) -> pd.DataFrame:
    """Return each hamlet's share of what is built, on the hamlets' index.

    A piece is paid for by the hamlets whose connecting piece is it or hangs on it; the odd đồng goes to
    the first of them by id. A piece on which nobody hangs, such as a promise, is nobody's share.

    Parameters
    ----------
    hamlets : hamlet_id, piece (that connects it; empty for none), index 0…n−1.
    facilities : all pieces.
    built : those that are built.
    """
    before = facilities.pieces.set_index("piece")["before"].to_dict()
    users: dict[str, list[int]] = {}
    for row, last in enumerate(hamlets["piece"]):
        piece = last
        while piece:
            users.setdefault(piece, []).append(row)
            piece = before[piece]
    shares = np.zeros((len(hamlets), len(COSTS)), dtype=np.int64)
    for piece, *costs in built[["piece", *COSTS]].itertuples(index=False):
        rows = users.get(piece, [])
        for column, cost in enumerate(costs):
            for place, row in enumerate(rows):
                shares[row, column] += _part_of(int(cost), place, len(rows))
    return pd.DataFrame(shares, columns=list(COSTS), index=hamlets.index)


def _part_of(cost: int, place: int, count: int) -> int:
    """Return one of `count` parts of a cost that differ by a đồng at most, the larger first."""
    return cost // count + (place < cost % count)
