"""Tiers crossed with outcomes, and figures beside the table: no small group can be told, not even by subtraction."""

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from phusong.views.disclosure_tables import RoundedFigures, round_crosstab, round_figures

GROUPS = {"served": ["a", "b"], "waiting": ["c"], "declined": ["d"]}
COLUMNS = ["a", "b", "c", "d"]
KEY = b"a key of the tests"


def cross(rows):
    return pd.DataFrame(list(rows), columns=COLUMNS, index=[f"T{n + 1}" for n in range(len(rows))])


def reach(table, shown, cell, bound):
    """The least and the most that a count can be, by everything that a report prints: a linear programme."""
    names = [f"{row}|{c}" for row in table.index for c in COLUMNS]
    sums = {f"{row}|{c}": [f"{row}|{c}"] for row in table.index for c in COLUMNS}
    for row in table.index:
        sums[row] = [f"{row}|{c}" for c in COLUMNS]
        sums |= {f"{row}|{g}": [f"{row}|{c}" for c in cs] for g, cs in GROUPS.items()}
    sums |= {g: [f"{row}|{c}" for row in table.index for c in cs] for g, cs in GROUPS.items()}
    rows = [[float(n in parts) for n in names] for parts in sums.values()]
    high = [shown[name] + bound for name in sums]
    low = [bound - shown[name] for name in sums]
    aim = [float(n == cell) for n in names]
    return [
        sign
        * linprog(
            [sign * a for a in aim], A_ub=rows + [[-x for x in r] for r in rows], b_ub=high + low
        ).fun
        for sign in (1, -1)
    ]


TABLES = st.lists(st.tuples(*[st.integers(0, 14)] * 4), min_size=1, max_size=4)


@settings(max_examples=30, deadline=None)
@given(TABLES, st.sampled_from([5, 10]))
def test_no_count_of_a_report_is_held_within_fewer_than_k(rows, k):
    table = cross(rows)
    shown = round_crosstab(table, groups=GROUPS, k=k, secret=KEY).shown
    assert all(n % k == 0 and n >= 0 for n in shown.values())
    for row, column in itertools.product(table.index[:2], COLUMNS):
        if 0 < table.loc[row, column] < k:
            low, high = reach(table, shown, f"{row}|{column}", k - 1)
            assert high - low >= k - 1 - 1e-6, (rows, k, shown)


@settings(max_examples=30, deadline=None)
@given(TABLES, st.sampled_from([5, 10]))
def test_what_a_report_tells_adds_up_and_is_near(rows, k):
    table = cross(rows)
    shown = round_crosstab(table, groups=GROUPS, k=k, secret=KEY).shown
    for row in table.index:
        assert shown[row] == sum(shown[f"{row}|{g}"] for g in GROUPS)
        for group, columns in GROUPS.items():
            assert shown[f"{row}|{group}"] == sum(shown[f"{row}|{c}"] for c in columns)
            assert abs(shown[f"{row}|{group}"] - table.loc[row, columns].sum()) < 2 * k
    for group in GROUPS:
        assert shown[group] == sum(shown[f"{row}|{group}"] for row in table.index)


def test_what_is_published_elsewhere_is_shown_as_it_is_there():
    table = cross([(3, 50, 9, 0), (40, 60, 20, 2)])
    for published in (60, 70):
        shown = round_crosstab(
            table, groups=GROUPS, k=10, secret=KEY, fixed={"T1": published}
        ).shown
        assert shown["T1"] == published
    tens = cross([(10, 10, 0, 0), (40, 60, 20, 2)])
    shown = round_crosstab(tens, groups=GROUPS, k=10, secret=KEY, fixed={"T1": 20}).shown
    assert shown["T1"] == 20
    tight = cross([(10, 9, 0, 0), (40, 60, 20, 2)])
    shown = round_crosstab(tight, groups=GROUPS, k=10, secret=KEY, fixed={"T1": 10}).shown
    assert shown["T1"] == 10
    far = round_crosstab(table, groups=GROUPS, k=10, secret=KEY, fixed={"T1": 500}).shown
    assert far["T1"] in (60, 70)


@pytest.mark.parametrize("change", [(1, 0, 0, 0), (0, -1, 1, 0), (0, -4, 4, 0)])
def test_a_later_report_tells_the_same_until_k_have_changed(change):
    rows = [(13, 50, 19, 10), (40, 60, 20, 12)]
    first = round_crosstab(cross(rows), groups=GROUPS, k=10, secret=KEY)
    next_rows = [tuple(n + d for n, d in zip(rows[0], change, strict=True)), rows[1]]
    second = round_crosstab(cross(next_rows), groups=GROUPS, k=10, secret=KEY, before=first)
    assert second.shown == first.shown
    third = round_crosstab(
        cross([(43, 50, 19, 10), rows[1]]), groups=GROUPS, k=10, secret=KEY, before=second
    )
    assert third.shown["T1|a"] - second.shown["T1|a"] >= 10


def test_a_figure_is_set_anew_once_k_have_come():
    before = RoundedFigures({"pupils": 100, "placed": 90}, {"pupils": 95, "placed": 92})
    figures = round_figures(
        {"pupils": 104, "placed": 99}, [("pupils", ["placed"])], k=10, secret=KEY, before=before
    )
    assert figures == before
    figures = round_figures(
        {"pupils": 130, "placed": 99}, [("pupils", ["placed"])], k=10, secret=KEY, before=before
    )
    assert figures.shown == {"pupils": 130, "placed": 90} and figures.reference["pupils"] == 130


def test_a_whole_below_its_parts_is_a_fault_of_ours():
    with pytest.raises(ValueError, match="parts"):
        round_figures({"all": 3, "some": 50}, [("all", ["some"])], k=10, secret=KEY)
