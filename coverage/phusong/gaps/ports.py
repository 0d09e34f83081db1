"""Whether a hamlet that counts as fibre ready rests on too few free ports, where ports are counted."""

from __future__ import annotations

import pandas as pd

from phusong.vocabulary.parameters import Fibre
from phusong.vocabulary.terms import FibreBasis, GapClass, Status, Technology

#: Grounds on which a hamlet is ready because of nodes, whose ports can be counted.
ON_NODES = (str(FibreBasis.NODE), str(FibreBasis.BOTH))


def assess_ports(
    hamlets: pd.DataFrame, reach: pd.DataFrame, classes: pd.Series, *, fibre: Fibre
) -> pd.Series:
    """Return whether each K1 hamlet has fewer free ports than `ports_share` of its households.

    The free ports of every operator's nodes that fell to the hamlet are added up (`reach/fibre.py` gives each
    node's ports to one hamlet). Unknown stays unknown: what is no K1 or has no count of households, and what
    would be short while some of its witnesses count no ports, be it a node without a count or a statement.

    Parameters
    ----------
    hamlets : hamlet_id, households.
    reach : table `reach`.
    classes : class on hamlet_id.
    fibre : parameters.

    Returns
    -------
    true, false or missing, on the index of `classes`.
    """
    rows = reach[(reach["technology"] == Technology.FIBRE) & (reach["status"] == Status.FULL)]
    on_nodes = rows["fibre_basis"].isin(ON_NODES)
    counted = (on_nodes & rows["ports_counted"].fillna(value=False).astype(bool)).groupby(
        rows["hamlet_id"]
    )
    free = rows["ports_free"].where(on_nodes).astype("float64").groupby(rows["hamlet_id"]).sum()
    free = free.reindex(classes.index, fill_value=0.0)
    every = counted.all().reindex(classes.index, fill_value=False)
    households = hamlets.set_index("hamlet_id")["households"].astype("float64")
    short = free < fibre.number("ports_share") * households.reindex(classes.index)
    known = (every | ~short) & households.reindex(classes.index).notna()
    return short.astype("boolean").where(known & (classes == GapClass.K1))
