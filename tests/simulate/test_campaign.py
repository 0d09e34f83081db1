"""The survey of the campaign: the published numbers of pupils, some of them on the lists twice."""

import pandas as pd
import pytest

from phusong.simulate.campaign import (
    NEW_MASTS_FILE,
    deliver_new_masts,
    deliver_survey,
    repeat_records,
    survey_pupils,
)
from phusong.simulate.province import simulate_province
from phusong.vocabulary.pupils import HomeDevice


@pytest.fixture(scope="module")
def world():
    return simulate_province(size="hamlet", seed=242)


def test_the_survey_holds_whoever_has_no_device_and_says_so(world):
    survey = survey_pupils(world)
    first = survey.records[survey.records["duplicate_of"] < 0]
    every = world.pupils.pupils
    lacking = every[(every["device"] == HomeDevice.NONE) & (every["status"] == "studying")]
    assert len(first) == len(lacking)
    assert first["poverty"].value_counts().to_dict() == lacking["poverty"].value_counts().to_dict()
    assert (survey.records["stated_device"] == HomeDevice.NONE).all()
    assert (survey.records["stated_poverty"] == survey.records["poverty"]).all()


def test_second_records_are_of_poor_pupils_under_another_name_or_school(world):
    records = survey_pupils(world).records
    second = records[records["duplicate_of"] >= 0]
    first = records.loc[second["duplicate_of"]]
    assert len(second) and (second["poverty"] != "neither").all()
    assert (second["personal_id"].to_numpy() == first["personal_id"].to_numpy()).all()
    other = second["school"].to_numpy() != first["school"].to_numpy()
    renamed = second["full_name"].to_numpy() != first["full_name"].to_numpy()
    assert (other | renamed | (second["variant"] == "").to_numpy()).all()


def test_the_same_seed_makes_the_same_survey(world):
    once, again = survey_pupils(world).records, survey_pupils(world).records
    pd.testing.assert_frame_equal(once, again)
    whole = once[once["duplicate_of"] < 0]
    assert len(repeat_records(whole, world)) > len(whole)


def test_files_are_written_for_every_list_and_three_rows_of_masts_are_wrong(world, tmp_path):
    delivered = deliver_survey(survey_pupils(world), tmp_path)
    assert {p.name for p in tmp_path.iterdir()} >= set(delivered["file"])
    masts = deliver_new_masts(world, world.hamlets["hamlet_id"].head(5).tolist(), tmp_path)
    assert masts["wrong"].tolist() == ["", "", "lone_swapped", "lone_comma", "metres_among_degrees"]
    rows = pd.read_csv(tmp_path / NEW_MASTS_FILE, sep=";", dtype=str)
    assert len(rows) == 5 and float(rows["Kinh độ"].iloc[2]) < 30 and "," in rows["Vĩ độ"].iloc[3]
