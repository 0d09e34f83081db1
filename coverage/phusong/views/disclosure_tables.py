"""Figures beside the table of counts, and counts crossed by two lists, rounded as the table is."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import sparse

from phusong.views.disclosure_rounding import RoundingProblem, draw_targets, fit_multiples

#: A whole, and parts of it that do not overlap.
Nesting = tuple[str, Sequence[str]]


@dataclass(frozen=True)
class RoundedFigures:
    """Hold rounded figures, and what the next ones are rounded against.

    Parameters
    ----------
    shown : name → multiple of k; 0 may be up to k−1 pupils.
    reference : name → true count of the day on which the figure was last set.
    """

    shown: dict[str, int] = field(default_factory=dict)
    reference: dict[str, int] = field(default_factory=dict)


def round_figures(
    figures: Mapping[str, int],
    nestings: Sequence[Nesting],
    *,
    k: int,
    secret: bytes,
    before: RoundedFigures | None = None,
    fixed: Mapping[str, int] | None = None,
    sums: Sequence[Nesting] = (),
) -> RoundedFigures:
    """Return figures as multiples of k, so that each whole is still its parts and what they leave of it.

    Parameters
    ----------
    figures : name → count.
    nestings : which figures lie in which.
    k : the smallest group of pupils that may be told [pupils].
    secret : on which hangs what is rounded up and what down.
    before : what was published last under the same k: a figure keeps its value until k have come or gone.
    fixed : figures that are published elsewhere, as they are there; they hold as long as they are that near.
    sums : wholes that are their parts and nothing else, and stay so.

    Raises
    ------
    ValueError
        If a whole counts less than its parts, or one of `sums` more.
    """
    names = list(figures)
    place = {name: n for n, name in enumerate(names)}
    nested = _nest(nestings, place)
    count = np.array([figures[n] for n in names], dtype=np.int64)
    count = np.concatenate([count, -(nested[:, : len(names)] @ count)]).astype(np.int64)
    if any(figures[whole] != sum(figures[p] for p in parts) for whole, parts in sums):
        raise ValueError("a sum is not its parts")
    tied = nested
    if sums:
        tied = sparse.csr_array(sparse.vstack([nested, _nest(sums, place, width=len(count))]))
    chance = _draw_chances([*names, *(f"rest {n}" for n in range(len(nestings)))], secret)
    target, least, most = draw_targets(count / k, chance)
    known = before or RoundedFigures()
    kept = {n for n in known.shown if n in place and abs(figures[n] - known.reference[n]) < k}
    steady = {n: known.shown[n] for n in kept}
    near = {n: v for n, v in (fixed or {}).items() if n in place and abs(figures[n] - v) < k}
    held = np.zeros(len(target), dtype=bool)
    for name, value in (steady | near).items():
        at = place[name]
        held[at] = True
        target[at] = value // k
        least[at] = target[at] if name in near else min(least[at], target[at])
        most[at] = target[at] if name in near else max(most[at], target[at])
    right = np.zeros(tied.shape[0])
    fitted = fit_multiples(RoundingProblem(count / k, target, least, most, held, tied, right))
    if fitted is None:
        raise ValueError("a whole counts less than its parts")
    shown = {name: k * int(fitted[n]) for n, name in enumerate(names)}
    stayed = {n for n in kept if shown[n] == known.shown[n]}
    since = {n: known.reference[n] if n in stayed else int(figures[n]) for n in names}
    return RoundedFigures(shown, since)


def _nest(
    nestings: Sequence[Nesting], place: Mapping[str, int], *, width: int = 0
) -> sparse.csr_array:
    """Return the nestings as rows over figures and rests: parts and rest less the whole are 0.

    With a width the rows are as broad, and a whole is its parts without a rest.
    """
    rows = sparse.lil_array((len(nestings), width or len(place) + len(nestings)))
    for n, (whole, parts) in enumerate(nestings):
        rows[n, [place[p] for p in parts]] = 1
        rows[n, place[whole]] = -1
        if not width:
            rows[n, len(place) + n] = 1
    return sparse.csr_array(rows)


def _draw_chances(names: Sequence[str], secret: bytes) -> np.ndarray:
    """Return a number of 0…1 for each name, by the secret."""
    digests = [hmac.digest(secret, f"figure\x1f{n}".encode(), hashlib.sha256) for n in names]
    return np.array([int.from_bytes(d[:8]) / 2**64 for d in digests])


def round_crosstab(
    counts: pd.DataFrame,
    *,
    groups: Mapping[str, Collection[str]],
    k: int,
    secret: bytes,
    before: RoundedFigures | None = None,
    fixed: Mapping[str, int] | None = None,
) -> RoundedFigures:
    """Return a table of counts, the sums of its rows and those of groups of its columns as multiples of k.

    Parameters
    ----------
    counts : pupils, rows by columns.
    groups : name of a sum over all rows → the columns that it adds up; together they are all columns.
    k, secret, before, fixed : see `round_figures`; the sum of a row goes by the row's name.

    Returns
    -------
    `row|column`, each row, each group, and for each `row|group` the sum of its columns in the row.
    """
    figures: dict[str, int] = {}
    nestings: list[Nesting] = []
    for row in counts.index:
        for name, columns in groups.items():
            listed = [c for c in counts.columns if c in columns]
            figures |= {f"{row}|{c}": int(counts.loc[row, c]) for c in listed}
            figures[f"{row}|{name}"] = int(counts.loc[row, listed].sum())
            nestings.append((f"{row}|{name}", [f"{row}|{c}" for c in listed]))
        figures[str(row)] = int(counts.loc[row].sum())
        nestings.append((str(row), [f"{row}|{name}" for name in groups]))
    for name in groups:
        parts = [f"{row}|{name}" for row in counts.index]
        figures[name] = sum(figures[part] for part in parts)
        nestings.append((name, parts))
    return round_figures(figures, nestings, k=k, secret=secret, before=before, fixed=fixed)
