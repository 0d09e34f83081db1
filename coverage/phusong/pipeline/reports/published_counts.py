"""The counts of a report as anybody may read them: multiples of k that add up, what they leave over included.

Everything that one document prints of pupils is rounded together, and tied to what is published elsewhere:
the tiers, those without a device and those with both as the public counts show them, and the groups that the
plan of allocation tells too. So no difference of two figures tells of fewer than k pupils.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from phusong.pipeline.reports.book_counts import HANDED, STATES, BookCounts
from phusong.pipeline.reports.pupil_support import STANDING_STATES
from phusong.views.disclosure_tables import Nesting, round_figures

ELIGIBLE = "eligible"


def publish_counts(
    counts: BookCounts, *, k: int, secret: bytes, fixed: Mapping[str, int]
) -> BookCounts:
    """Return the counts as multiples of k.

    Parameters
    ----------
    counts : whole figures of a day.
    k : the smallest group of pupils that may be told [pupils].
    secret : on which hangs what is rounded up and what down.
    fixed : what is published elsewhere: tiers, `tier|status`, `without_device`, `with_both`, `eligible`.
    """
    figures: dict[str, int] = {"doubles": counts.doubles, "elsewhere": counts.elsewhere}
    nestings: list[Nesting] = []
    sums: list[Nesting] = []
    if counts.moved is not None:
        figures["moved"] = counts.moved
    if counts.moved_in_book is not None:
        figures["moved_in_book"] = counts.moved_in_book
    if counts.equipment is not None:
        figures |= counts.equipment
        nestings.append(("without_device", ["equipped"]))
    for kind in counts.states.columns:
        figures |= {f"{kind}|{s}": int(n) for s, n in counts.states[kind].items()}
    figures["handed"] = sum(figures[f"devices|{s}"] for s in HANDED)
    sums.append(("handed", [f"devices|{s}" for s in HANDED]))
    for row in counts.packages.itertuples():
        figures[f"package|{row.operator}|{row.name}"] = int(row.issued)
    if counts.support is not None:
        _add_support(counts.support, figures, sums, nestings)
    known = {name: value for name, value in fixed.items() if name in figures}
    shown = round_figures(figures, nestings, k=k, secret=secret, fixed=known, sums=sums).shown
    return _apply(counts, shown, k)


def _add_support(
    support: pd.DataFrame,
    figures: dict[str, int],
    sums: list[Nesting],
    nestings: list[Nesting],
) -> None:
    """Add pupils by tier and status, whose sums both ways are nothing but their parts."""
    tiers, statuses = list(support.index), list(support.columns)
    for tier in tiers:
        figures |= {f"{tier}|{s}": int(support.loc[tier, s]) for s in statuses}
        figures[tier] = int(support.loc[tier].sum())
        sums.append((tier, [f"{tier}|{s}" for s in statuses]))
    for status in statuses:
        figures[f"all|{status}"] = int(support[status].sum())
        sums.append((f"all|{status}", [f"{tier}|{status}" for tier in tiers]))
    figures[ELIGIBLE] = int(support.to_numpy().sum())
    sums.append((ELIGIBLE, tiers))
    # devices of the book in a state: those of eligible pupils, and of others
    nestings += [(f"devices|{s}", [f"all|{s}"]) for s in STANDING_STATES]


def _apply(counts: BookCounts, shown: Mapping[str, int], k: int) -> BookCounts:
    """Return the counts with what is shown of each."""
    states = counts.states.copy()
    for kind in states.columns:
        states[kind] = [shown[f"{kind}|{s}"] for s in STATES]
    issued = [
        # never more packages than were granted, which is no count of pupils
        min(shown[f"package|{row.operator}|{row.name}"], k * (int(row.quantity) // k))
        for row in counts.packages.itertuples()
    ]
    support = counts.support
    if support is not None:
        support = support.copy()
        for tier in support.index:
            support.loc[tier] = [shown[f"{tier}|{s}"] for s in support.columns]
    equipment = counts.equipment
    return replace(
        counts,
        states=states,
        support=support,
        eligible=shown.get(ELIGIBLE, counts.eligible),
        equipment=None if equipment is None else {n: shown[n] for n in equipment},
        packages=counts.packages.assign(
            issued=issued,
            # the day on which a first one ends says that there is one
            first_expiry=counts.packages["first_expiry"].where([n > 0 for n in issued]),
        ),
        elsewhere=shown["elsewhere"],
        moved=shown.get("moved"),
        moved_in_book=shown.get("moved_in_book"),
        doubles=shown["doubles"],
    )
