"""Counts of pupils by role: exact for one's own, rounded for everybody else."""

import pandas as pd
import pytest

from phusong.access.questions.counts import ask_counts
from phusong.access.questions.plans import ask_plan
from phusong.gaps.pupils.measures import MEASURES
from phusong.store import read_table
from phusong.vocabulary.book import Role
from phusong.vocabulary.pupils import CountedUnit

OUTSIDE, INSIDE = 10, 5
KEY = ["unit", "unit_code", "edition", "level"]


def test_offices_see_in_finer_steps_and_more_than_the_public(desk, play):
    public = read_table(desk.folder, "pupil_counts_public").set_index(KEY)[list(MEASURES)]
    inside = ask_counts(play(Role.PLANNER), desk).set_index(KEY)[list(MEASURES)]
    for table, k in ((inside, INSIDE), (public, OUTSIDE)):
        assert (table.fillna(0) % k == 0).all(axis=None)
    assert inside.index.equals(public.index)
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
