"""Which device for whom, on lots that need not be in any book."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from phusong.pipeline.analysis.results import Results
from phusong.pipeline.devices import allocate_shelf, choose_unit
from phusong.pipeline.shelves import read_shelf
from phusong.plans.devices import DevicePlan
from phusong.vocabulary.schema import empty_table
from phusong.vocabulary.tables.book import PACKAGES


def allocate(
    results: Results,
    lots: pd.DataFrame,
    packages: pd.DataFrame | None = None,
    *,
    policy: str = "per-student",
    cash_vnd: int = 0,
) -> DevicePlan:
    """Return who would be given what of some lots, why, and the proof that nothing is better.

    Parameters
    ----------
    results : of a run with pupils.
    lots : table `accepted_lots`, as `check` returns it.
    packages : table `accepted_packages`; None: there are none.
    policy : ``per-student`` or ``per-household``.
    cash_vnd : money to buy devices with [VND].

    Raises
    ------
    ParameterFault
        If the run has no pupils.

    Examples
    --------
    >>> results = ps.read_results(folder)
    >>> lots = ps.check("lots", ps.write_form("lots", tmp / "lo.xlsx")).accepted
    >>> plan = ps.allocate(results, lots)
    >>> int(plan.surplus["given"].sum()) <= 20, plan.gap
    (True, 0.0)
    """
    shelf = read_shelf(results.folder, None)
    offered = empty_table(PACKAGES) if packages is None else packages
    return allocate_shelf(
        replace(shelf, lots=lots, packages=offered), unit=choose_unit(policy), cash_vnd=cash_vnd
    )
