"""The door through which counts of pupils leave: rounded so that no group of fewer than k can be told.

Everything that leaves is a multiple of k, and everything that leaves adds up: districts to the province,
hamlets to their commune, levels to all, and in every line the parts of each count to the count, with what
they leave of it (`NESTINGS`). A multiple of 0 is not shown, since it may stand for as many as k−1 pupils.

Why that protects. The rounded table is itself a possible world: every sum and every nesting holds in it.
Put k−1 more pupils of any kind into any place of it, and each line still lies within k−1 of what is
shown. So whatever sums anybody combines, each group of pupils that is a count, a rest of counts, or a sum of
them may have any of at least k sizes. Nobody needs to think of that attack for it to fail.

What is published again is published against the last time (`Rounded`): a count keeps its value until k
pupils have come or gone since it was last set, so that two releases tell of no fewer than k. Whether a
count is rounded up or down hangs on a secret, so that whoever knows all pupils but one gains nothing by
trying the one both ways.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from phusong.gaps.pupils.measures import MEASURES, NESTINGS
from phusong.places.registers import Register
from phusong.views.disclosure_rounding import RoundingProblem, draw_targets, fit_multiples
from phusong.views.disclosure_sums import KEY, CountTable, tie_counts

_PLACE = {name: n for n, name in enumerate(MEASURES)}
WIDTH = len(MEASURES) + len(NESTINGS)


@dataclass(frozen=True)
class Rounded:
    """Hold a rounded table, and what the next one is rounded against.

    Parameters
    ----------
    table : the rows as `pupil_counts` has them, each count a multiple of k; 0 may be up to k−1 pupils.
    reference : the same rows with the true counts of the day on which each count was last set.
    """

    table: pd.DataFrame
    reference: pd.DataFrame


def round_counts(
    counts: pd.DataFrame,
    hamlets: pd.DataFrame,
    *,
    k: int,
    secret: bytes,
    before: Rounded | None = None,
    register: Register | None = None,
) -> Rounded:
    """Return the counts as multiples of k that add up.

    Parameters
    ----------
    counts : table `pupil_counts`, or rows of it; what is published together must be passed together.
    hamlets : result table, which says what commune a hamlet belongs to.
    k : the smallest group of pupils that may be told [pupils].
    secret : on which hangs what is rounded up and what down; the same counts and secret give the same table.
    before : what was published last under the same k, if anything was.
    register : of the run; None: the packaged one.
    """
    table = counts.reset_index(drop=True)
    if table.empty:
        return Rounded(table, table)
    tied = tie_counts(table, hamlets, register)
    exact = extend_counts(tied.value)
    old, reference = _recall(table, tied, before, k)
    kept = (np.abs(exact - reference) < k) & ~np.isnan(old)
    wanted = _Wanted.of(exact, old, kept, _draw_chances(table, tied, secret), k)
    multiples = _fit_all(tied, wanted)
    names, lines = list(MEASURES), tied.row
    stayed = kept & (multiples == old)
    since = np.where(stayed, reference, exact)[lines][:, : len(names)]
    shown = (k * multiples)[lines][:, : len(names)]
    return Rounded(
        table.assign(**{n: shown[:, i] for i, n in enumerate(names)}),
        table.assign(**{n: since[:, i].astype(np.int64) for i, n in enumerate(names)}),
    )


def hide_zeros(table: pd.DataFrame) -> pd.DataFrame:
    """Return a rounded table with each 0 empty; `hidden` lists their names, by `|`.

    Schools are no persons and are never hidden.

    Parameters
    ----------
    table : of `round_counts`.
    """
    names = list(MEASURES)
    zero = (table[names] <= 0).to_numpy()
    shown = {name: table[name].astype("Int64").mask(zero[:, n]) for n, name in enumerate(names)}
    listed = ["|".join(np.array(names)[line]) for line in zero]
    return table.assign(**shown, hidden=pd.Series(listed, index=table.index, dtype="str"))


def extend_counts(value: np.ndarray) -> np.ndarray:
    """Return counts with the rest of every nesting behind them.

    Parameters
    ----------
    value : lines by measures.
    """
    rests = [
        value[:, _PLACE[w]] - value[:, [_PLACE[p] for p in parts]].sum(axis=1)
        for w, parts in NESTINGS
    ]
    return np.column_stack([value, *rests])


def _nesting_rows() -> sparse.csr_array:
    """Return the nestings as rows over the counts of a line: parts and rest less the whole are 0."""
    rows = np.zeros((len(NESTINGS), WIDTH))
    for n, (whole, parts) in enumerate(NESTINGS):
        rows[n, [_PLACE[p] for p in parts]] = 1
        rows[n, [_PLACE[whole], len(MEASURES) + n]] = -1, 1
    return sparse.csr_array(rows)


def _draw_chances(table: pd.DataFrame, tied: CountTable, secret: bytes) -> np.ndarray:
    """Return a number of 0…1 for each count, by the secret and the line's own name."""
    lines = table.loc[tied.first, KEY].astype("str").agg("|".join, axis=1).tolist()
    lines += [f"rest {n}" for n in range(len(tied.value) - len(lines))]
    chances = np.empty((len(lines), WIDTH))
    for n, line in enumerate(lines):
        seed = hmac.digest(secret, f"rounding\x1f{line}".encode(), hashlib.sha256)
        chances[n] = np.random.default_rng(int.from_bytes(seed)).random(WIDTH)
    return chances


def _recall(
    table: pd.DataFrame, tied: CountTable, before: Rounded | None, k: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return what was published of each line in units of k, and its reference; NaN where nothing was."""
    recalled = []
    for frame in (before.table, before.reference) if before else (table.iloc[:0],) * 2:
        past = table.loc[tied.first, KEY].merge(frame, on=KEY, how="left")[list(MEASURES)]
        value = np.full((len(tied.value), len(MEASURES)), np.nan)
        value[: len(past)] = past.mask(past < 0).to_numpy(dtype=float)
        recalled.append(extend_counts(_recall_rests(value, tied)))
    return recalled[0] / k, recalled[1]


def _recall_rests(value: np.ndarray, tied: CountTable) -> np.ndarray:
    """Return the lines with those filled in that are rests of sums."""
    lines = len(tied.first)
    is_rest = tied.sums["part"] >= lines
    others = tied.sums[~is_rest].groupby("sum")["part"].agg(list)
    for sum_, part, total in tied.sums.loc[is_rest, ["sum", "part", "total"]].itertuples(
        index=False
    ):
        left = value[total] - value[others.get(sum_, [])].sum(axis=0)
        value[part] = np.where(left < 0, np.nan, left)
    return value


@dataclass(frozen=True)
class _Wanted:
    """Hold what is wanted of each count, in units of k: lines by counts and rests.

    Parameters
    ----------
    value : the counts.
    target, least, most : the multiple wanted, and those allowed.
    kept : where the multiple wanted is what was published last.
    """

    value: np.ndarray
    target: np.ndarray
    least: np.ndarray
    most: np.ndarray
    kept: np.ndarray

    @staticmethod
    def of(
        exact: np.ndarray, old: np.ndarray, kept: np.ndarray, chance: np.ndarray, k: int
    ) -> _Wanted:
        """Return the multiples near the counts, or those published last where they are kept."""
        value = exact / k
        target, least, most = draw_targets(value, chance)
        past = np.where(kept, old, target).astype(np.int64)
        return _Wanted(value, past, np.minimum(least, past), np.maximum(most, past), kept)


def _fit_all(tied: CountTable, wanted: _Wanted) -> np.ndarray:
    """Return the multiples of all lines: what is divided first, then its parts."""
    multiples = np.full(wanted.target.shape, -1, dtype=np.int64)
    for step in np.unique(tied.step):
        lines = np.flatnonzero(tied.step == step)
        sums = _list_sums(tied, lines, fixed=multiples[:, 0] >= 0)
        for island in _split(lines, sums):
            naming = sums[sums["sum"].isin(sums.loc[_touches(sums, island), "sum"])]
            fitted = _fit_lines(island, naming, wanted, multiples)
            if fitted is not None:
                multiples[island] = fitted
    return multiples


def _touches(sums: pd.DataFrame, lines: np.ndarray) -> pd.Series:
    """Return which entries of sums name one of the lines."""
    return sums["part"].isin(lines) | sums["total"].isin(lines)


def _list_sums(tied: CountTable, lines: np.ndarray, *, fixed: np.ndarray) -> pd.DataFrame:
    """Return the sums that name a line of this step, and beside these fixed ones alone."""
    known = fixed.copy()
    known[lines] = True
    ready = (known[tied.sums["part"]] & known[tied.sums["total"]]) if len(tied.sums) else []
    whole = (
        pd.Series(ready, index=tied.sums.index, dtype=bool)
        .groupby(tied.sums["sum"])
        .transform("all")
    )
    naming = _touches(tied.sums, lines).groupby(tied.sums["sum"]).transform("any")
    return tied.sums[whole & naming]


def _split(lines: np.ndarray, sums: pd.DataFrame) -> list[np.ndarray]:
    """Return the lines in groups that no sum ties to each other."""
    place = pd.Series(np.arange(len(lines)), index=lines)
    ends = pd.concat(
        [
            sums[["sum", "part"]].set_axis(["sum", "line"], axis=1),
            sums[["sum", "total"]].set_axis(["sum", "line"], axis=1),
        ]
    )
    ends = ends[ends["line"].isin(lines)]
    number = pd.factorize(ends["sum"])[0]
    many = int(number.max()) + 1 if len(number) else 0
    size = len(lines) + many
    net = sparse.coo_array(
        (np.ones(len(ends)), (place[ends["line"]].to_numpy(), len(lines) + number)),
        shape=(size, size),
    )
    island = connected_components(net, directed=False)[1][: len(lines)]
    order = np.argsort(island, kind="stable")
    return np.split(lines[order], np.flatnonzero(np.diff(island[order])) + 1)


def _fit_lines(
    lines: np.ndarray, sums: pd.DataFrame, wanted: _Wanted, multiples: np.ndarray
) -> np.ndarray | None:
    """Return the multiples of lines that hang together; None where none add up: then none is shown."""
    inside = sparse.kron(sparse.eye_array(len(lines)), _nesting_rows(), format="csr")
    across, right = _build_sums(lines, sums, multiples)
    problem = RoundingProblem(
        value=wanted.value[lines].ravel(),
        target=wanted.target[lines].ravel(),
        least=wanted.least[lines].ravel(),
        most=wanted.most[lines].ravel(),
        kept=wanted.kept[lines].ravel(),
        sums=sparse.csr_array(sparse.vstack([inside, across], format="csr")),
        right=np.concatenate([np.zeros(inside.shape[0]), right]),
    )
    fitted = fit_multiples(problem)
    return None if fitted is None else fitted.reshape(len(lines), WIDTH)


def _build_sums(
    lines: np.ndarray, sums: pd.DataFrame, multiples: np.ndarray
) -> tuple[sparse.csr_array, np.ndarray]:
    """Return the sums over the lines as rows, one for each measure, and what they come to."""
    totals = sums.drop_duplicates("sum")
    entries = pd.concat(
        [
            pd.DataFrame({"sum": sums["sum"], "line": sums["part"], "sign": 1}),
            pd.DataFrame({"sum": totals["sum"], "line": totals["total"], "sign": -1}),
        ]
    )
    number, found = pd.factorize(entries["sum"])
    free = entries["line"].isin(lines).to_numpy()
    place = pd.Series(np.arange(len(lines)), index=lines)
    by_line = sparse.csr_array(
        (entries["sign"][free], (number[free], place[entries["line"][free]])),
        shape=(len(found), len(lines)),
    )
    known = np.zeros((len(found), len(MEASURES)))
    past = entries[~free]
    signed = past["sign"].to_numpy()[:, None] * multiples[past["line"]][:, : len(MEASURES)]
    np.subtract.at(known, number[~free], signed)
    measures = sparse.eye_array(len(MEASURES), WIDTH)
    return sparse.csr_array(sparse.kron(by_line, measures, format="csr")), known.ravel()
