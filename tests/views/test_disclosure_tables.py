"""Tiers crossed with outcomes: no small cell can be told, not even by subtraction."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from phusong.views.disclosure_tables import suppress_crosstab

GROUPS = {"served": ["a", "b"], "waiting": ["c"]}


def cross(*rows):
    return pd.DataFrame(list(rows), columns=["a", "b", "c"])


def reach(shown, sums, cell):
    """The least and the most that a hidden count can be, by the sums shown: a linear programme."""
    hidden = np.argwhere(shown.isna().to_numpy())
    rows, right = [], []
    for group, columns in GROUPS.items():
        inside = np.isin(hidden[:, 1], [list(shown.columns).index(c) for c in columns])
        if inside.any() and pd.notna(sums[group]):
            rows.append(inside.astype(float))
            right.append(float(sums[group] - shown[columns].sum().sum()))
    ends = []
    for sign in (1.0, -1.0):
        weights = np.zeros(len(hidden))
        weights[cell] = sign
        answer = linprog(
            weights, A_eq=np.array(rows) if rows else None, b_eq=right or None, bounds=(1, 1000)
        )
        ends.append(sign * answer.fun)
    return ends


def test_a_small_count_takes_others_with_it_so_that_no_sum_tells():
    shown, sums = suppress_crosstab(cross((3, 50, 9), (40, 60, 20)), groups=GROUPS, k=5)
    assert pd.isna(shown.loc[0, "a"]) and shown.loc[0].isna().sum() >= 2
    assert sums.isna().any() or shown.isna().sum().sum() >= 3


def test_large_counts_and_zeros_stay():
    table = cross((0, 50, 9), (40, 0, 20))
    shown, sums = suppress_crosstab(table, groups=GROUPS, k=5)
    pd.testing.assert_frame_equal(shown, table.astype("Int64"))
    assert sums.to_dict() == {"served": 90, "waiting": 29}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 12)] * 3), min_size=1, max_size=4), st.integers(2, 6))
def test_no_small_count_is_shown_or_follows_from_what_is(rows, k):
    table = cross(*rows)
    shown, sums = suppress_crosstab(table, groups=GROUPS, k=k)
    small = ((table > 0) & (table < k)).to_numpy()
    assert shown.isna().to_numpy()[small].all()
    hidden = np.argwhere(shown.isna().to_numpy())
    for cell, (i, j) in enumerate(hidden):
        if small[i, j]:
            low, high = reach(shown, sums, cell)
            assert high - low >= 1, (rows, k, shown, sums)
