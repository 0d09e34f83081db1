"""The judge: how far outside, and in which commune."""

import numpy as np
import pandas as pd
import pytest
from tests.intake.offices import judge_of

from phusong.intake.judge import distance_m
from phusong.vocabulary.errors import ParameterFault

INSIDE = ([105.58], [21.31])


def test_distance_is_that_of_the_globe():
    assert distance_m([105.0], [21.0], [105.0], [22.0])[0] == pytest.approx(111_195, rel=1e-3)
    assert distance_m([105.0], [60.0], [106.0], [60.0])[0] == pytest.approx(55_597, rel=1e-3)


def test_inside_is_no_distance_and_outside_is_one():
    judge = judge_of()
    away = judge.outside_m([105.58, 106.58, np.nan], [21.31, 21.31, 21.31])
    assert away[0] == 0
    assert away[1] == pytest.approx(81_800, rel=0.02)
    assert np.isnan(away[2])
    assert judge.outside([105.58, 105.9, 106.58], [21.31, 21.31, 21.31]).tolist() == [
        False,
        False,
        True,
    ]


def test_nobody_is_outside_where_no_province_is_judged():
    assert not judge_of("none").outside([0.0, 179.0], [0.0, -89.0]).any()


def test_the_own_commune_is_known_by_its_rough_place():
    judge = judge_of()
    codes = pd.Series(["08707", "08914", "99999"])
    found = judge.in_own_commune(np.array([105.58] * 3), np.array([21.31] * 3), codes)
    assert found[:2].tolist() == [1, 0]
    assert np.isnan(found[2])


def test_far_is_counted_in_reaches_of_the_commune():
    judge = judge_of()
    there = judge.reaches_from_own(np.array([105.58]), np.array([21.31]), pd.Series(["08914"]))
    assert there[0] == pytest.approx(2.64, abs=0.02)


def test_the_share_is_by_commune_and_else_by_province():
    judge = judge_of()
    lon, lat = np.array([105.58, 105.58]), np.array([21.31, 21.31])
    assert judge.in_own_commune_share(lon, lat, pd.Series(["08707", "08914"])) == (0.5, "commune")
    assert judge.in_own_commune_share(lon, np.array([21.31, 25.0]), None) == (0.5, "province")
    assert judge.in_own_commune_share(lon, lat, pd.Series(["?", "?"])) == (1.0, "province")
    assert np.isnan(judge_of("none").in_own_commune_share(lon, lat, None)[0])


def test_the_whole_new_province_is_known_too():
    assert judge_of("25", edition="2025-07-01").outside_m(*INSIDE)[0] == 0


@pytest.mark.parametrize("options", [{"province": "99"}, {"edition": "1999-01-01"}])
def test_an_unknown_province_or_edition_is_refused(options):
    with pytest.raises(ParameterFault):
        judge_of(**options)
