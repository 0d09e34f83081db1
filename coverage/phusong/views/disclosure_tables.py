"""Counts crossed by two lists, made fit for a report: no cell under k can be told, alone or from the sums."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
from scipy import sparse

from phusong.views.disclosure import hide_cells
from phusong.views.disclosure_sums import Cells


def suppress_crosstab(
    counts: pd.DataFrame, *, groups: Mapping[str, Collection[str]], k: int
) -> tuple[pd.DataFrame, pd.Series]:
    """Return a table of counts with everything hidden that would tell of fewer than k pupils.

    Published beside it are the sums of its rows, and those of groups of its columns; a 0 is shown, since whom
    nothing happened to is nobody's secret inside the administration.

    Parameters
    ----------
    counts : pupils, rows by columns.
    groups : name of a sum over all rows → the columns that it adds up.
    k : the smallest count shown [pupils].

    Returns
    -------
    The same table of whole numbers, and the groups' sums; what is hidden is empty.
    """
    body = counts.to_numpy(dtype=np.int64)
    cells = _tie(body, [[name in group for name in counts.columns] for group in groups.values()])
    hidden = hide_cells(cells, k=k, hide_zero=False)
    inside = pd.DataFrame(hidden[: body.size].reshape(body.shape), counts.index, counts.columns)
    sums = pd.Series(cells.value[-len(groups) :], index=list(groups), dtype="Int64")
    return counts.astype("Int64").mask(inside), sums.mask(hidden[-len(groups) :])


def _tie(body: np.ndarray, groups: list[list[bool]]) -> Cells:
    """Return the counts with the sums of rows and of groups of columns behind them."""
    rows, columns = body.shape
    where = np.arange(body.size).reshape(body.shape)
    parts = [where[i] for i in range(rows)] + [where[:, group].ravel() for group in groups]
    totals = np.array([body.ravel()[p].sum() for p in parts], dtype=np.int64)
    size = body.size + len(parts)
    sums = sparse.lil_array((len(parts), size), dtype=np.int64)
    for line, mine in enumerate(parts):
        sums[line, mine] = 1
        sums[line, body.size + line] = -1
    return Cells(
        value=np.concatenate([body.ravel(), totals]),
        row=np.arange(rows),
        rank=np.repeat([0, 1], [rows * columns, len(parts)]),
        sums=sparse.csr_array(sums),
        slack=np.zeros(len(parts), dtype=bool),
    )
