"""Counts of pupils by role: exact for one's own, and no small group to be worked out by putting tables together."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests.views.test_disclosure import HAMLETS, levelled

from phusong.access.questions.counts import ask_counts
from phusong.access.questions.inside import show_inside
from phusong.access.questions.plans import ask_plan
from phusong.gaps.pupils.measures import MEASURES
from phusong.store import read_table
from phusong.views.disclosure import suppress_counts
from phusong.views.disclosure_sums import tie_cells
from phusong.vocabulary.book import Role
from phusong.vocabulary.pupils import CountedUnit

OUTSIDE, INSIDE = 10, 5
KEY = ["unit", "unit_code", "edition", "level"]


def hide_of(table, *shown):
    """Return which different counts none of some tables shows."""
    cells = tie_cells(table, HAMLETS)
    hidden = np.zeros((len(cells.value) // len(MEASURES), len(MEASURES)), dtype=bool)
    closed = np.logical_and.reduce([s[list(MEASURES)].isna().to_numpy() for s in shown])
    np.logical_or.at(hidden, cells.row, closed)
    return cells, hidden.ravel()


def find_room(cells, hidden, k):
    """Return how much room each hidden small count has, by linear programming over all sums."""
    place = np.flatnonzero(hidden)
    sums = cells.sums.toarray()
    touched = (sums[:, place] != 0).any(axis=1)
    exact, loose = sums[touched & ~cells.slack], sums[touched & cells.slack]
    rest = cells.value * ~hidden
    limits = {"A_eq": exact[:, place], "b_eq": -(exact @ rest)}
    if len(loose):
        limits |= {"A_ub": loose[:, place], "b_ub": -(loose @ rest)}
    for i in np.flatnonzero((cells.value[place] < k) & (cells.value[place] > 0)):
        aim = np.eye(len(place))[i]
        least, most = (linprog(s * aim, **limits, bounds=(0, None)) for s in (1, -1))
        yield (np.inf if most.status == 3 else -most.fun) - least.fun


@given(st.lists(st.integers(0, 14), min_size=10, max_size=10))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_publics_and_the_offices_table_together_tell_of_nobody(numbers):
    table = levelled(numbers)
    public = suppress_counts(table, HAMLETS, k=OUTSIDE)
    inside = show_inside(table, public, HAMLETS, k=INSIDE)
    cells, hidden = hide_of(table, public, inside)
    assert all(room >= INSIDE - 1 - 1e-6 for room in find_room(cells, hidden, INSIDE))
    shown = inside[list(MEASURES)].melt()["value"].dropna()
    newly = public[list(MEASURES)].isna() & inside[list(MEASURES)].notna()
    told = inside[list(MEASURES)].where(newly).melt()["value"].dropna()
    assert not ((told > 0) & (told < INSIDE)).any() and len(shown)


def test_offices_see_more_than_the_public_and_never_other_figures(desk, play):
    public = read_table(desk.folder, "pupil_counts_public").set_index(KEY)[list(MEASURES)]
    inside = ask_counts(play(Role.PLANNER), desk).set_index(KEY)[list(MEASURES)]
    both = public.notna() & inside.notna()
    assert (public.where(both) == inside.where(both)).where(both, True).all(axis=None)
    assert not (public.notna() & inside.isna()).any(axis=None)
    assert inside.notna().sum().sum() > public.notna().sum().sum()


def test_an_operator_sees_communes_and_up_as_the_public_does(desk, play):
    seen = ask_counts(play(Role.OPERATOR), desk)
    assert set(seen["unit"]) <= {"province", "district", "commune"}
    public = read_table(desk.folder, "pupil_counts_public").set_index(KEY)
    same = public.loc[list(seen.set_index(KEY).index)]
    pd.testing.assert_frame_equal(same.reset_index()[list(seen.columns)], seen, check_dtype=False)


@pytest.mark.parametrize("role", [Role.EDUCATION, Role.SCHOOL])
def test_own_counts_are_exact_and_nobody_elses_are_there(desk, play, role):
    principal = play(role)
    seen = ask_counts(principal, desk)
    narrow = seen[~seen["unit"].isin(["province", "district"])]
    exact = read_table(desk.folder, "pupil_counts").set_index(KEY)["pupils"]
    assert (narrow.set_index(KEY)["pupils"] == exact.loc[list(narrow.set_index(KEY).index)]).all()
    if role == Role.SCHOOL:
        assert set(narrow["unit_code"]) == set(principal.schools)
    else:
        communes = narrow[narrow["unit"] == CountedUnit.COMMUNE]
        assert set(communes["unit_code"]) <= set(principal.communes)


def test_the_plan_tells_no_count_that_the_role_does_not_see(desk, play):
    operator = ask_plan(play(Role.OPERATOR), desk, "rollout")
    assert operator["pupils_connected"].isna().all()
    assert set(operator["operator"].dropna()) <= {"VIETTEL"}
    planner = ask_plan(play(Role.PLANNER), desk, "rollout")
    seen = ask_counts(play(Role.PLANNER), desk)
    hamlets = seen[(seen["unit"] == "hamlet") & (seen["level"] == "all")]
    hidden = set(hamlets[hamlets["pupils"].isna()]["unit_code"])
    told = planner[planner["hamlet_id"].isin(hidden)]
    assert told["pupils_connected"].isna().all()


def test_offices_that_do_not_plan_see_no_sum_of_money(desk, play):
    for role in (Role.EDUCATION, Role.FOCAL_POINT, Role.APPROVER, Role.SCHOOL):
        for table in ("rollout", "trenches", "antennas"):
            columns = ask_plan(play(role), desk, table).columns
            assert not [c for c in columns if c.endswith("_vnd") or c == "operator"]
