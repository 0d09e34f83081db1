"""The commitments of the demonstration: each course of a promise ends as it was meant to, and is read back."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from tests.intake.offices import check

from phusong.places.promised import place_promises
from phusong.plans.commitments import find_promised, judge_commitments
from phusong.simulate.demonstration import open_demonstration
from phusong.simulate.offices.promises import PROMISES_FILE, deliver_promises
from phusong.simulate.promises import COURSES, promise_in_campaign
from phusong.simulate.province import simulate_province, write_province
from phusong.simulate.recipe import recipe_of
from phusong.vocabulary.options import PromiseVerdict

AS_OF = pd.Timestamp("2021-09-21")
#: What must become of each course by the day of the demonstration.
VERDICTS = ("open", "met", "late", "open", "open", "met", "late", "unseen", "late", "open", "undated",
            "withdrawn")  # fmt: skip


@pytest.fixture(scope="module")
def world():
    """Hamlets on a line: every third has fibre, every third is dark, the others have 4G alone."""
    number = np.arange(60)
    hamlets = pd.DataFrame(
        {
            "hamlet_id": [f"T{n:02d}" for n in number], "kind": "thôn",
            "name": [f"Số {n}" for n in number], "commune_code": "08914", "commune": "Đạo Trù",
            "x_m": number * 5_000.0, "y_m": 0.0,
        }
    )  # fmt: skip
    truth = pd.DataFrame(
        {
            "hamlet_id": hamlets["hamlet_id"],
            "hidden": number % 3 == 1,
            "fibre_ready": number % 3 == 0,
        }
    )
    nodes = pd.DataFrame(
        {
            "status": "live", "access": True,
            "operator": np.where(number % 2 == 0, "VNPT", "VIETTEL"),
            "x_m": hamlets["x_m"] + 100.0, "y_m": 0.0, "ports_free": 4,
        }
    )[truth["fibre_ready"]]  # fmt: skip
    return hamlets, truth, nodes


def promise(world, count=24, seed=1):
    return promise_in_campaign(*world, count, open_demonstration(), rng=np.random.default_rng(seed))


def test_each_course_ends_as_it_was_meant_to(world):
    hamlets, truth, nodes = world
    promises = promise(world, len(COURSES))
    names = dict(
        zip(
            hamlets["kind"].str.capitalize() + " " + hamlets["name"],
            hamlets["hamlet_id"],
            strict=True,
        )
    )
    placed = promises.assign(hamlet_id=promises["hamlet"].map(names))
    served = truth.loc[truth["fibre_ready"], "hamlet_id"]
    reach = pd.DataFrame(
        {
            "hamlet_id": served,
            "technology": "FIBRE",
            "operator": nodes["operator"],
            "status": "FULL",
        }
    )
    judged = judge_commitments(placed, reach, as_of=AS_OF).set_index("commitment_id")
    assert tuple(judged.loc[promises["commitment_id"], "verdict"]) == VERDICTS
    assert set(VERDICTS) == {str(v) for v in PromiseVerdict}
    kept = judged[judged["verdict"] == "met"]
    assert (kept["days_late"] > 0).any() and (kept["days_late"] == 0).any()
    classes = truth.assign(gap_class=np.where(truth["hidden"], "K5", "K2"))
    lacking = classes[~truth["fibre_ready"]]
    owed = find_promised(judged.reset_index(), lacking, year=2021)
    assert len(owed) == 8 and (owed["basis"] == "committed").all() and owed["wave"].max() == 1


def test_promises_are_one_a_hamlet_and_the_same_by_seed(world):
    first, second = promise(world), promise(world)
    pd.testing.assert_frame_equal(first, second)
    assert first["hamlet"].is_unique and len(first) == 24
    assert not first["hamlet"].equals(promise(world, seed=2)["hamlet"])
    assert len(promise(world, 1_000)) <= len(world[0])
    assert promise(world, 0).empty


def test_the_list_as_delivered_reads_back(world, tmp_path):
    promises = promise(world)
    wrong = deliver_promises(promises, tmp_path, open_demonstration(), rng=np.random.default_rng(3))
    checked = check("commitments", tmp_path / PROMISES_FILE)
    accepted = checked.accepted.set_index("commitment_id")
    assert checked.diagnosis.rows_quarantined == len(wrong) == 3
    written = promises.set_index("commitment_id")
    for column in ("operator", "technology", "due_on", "state", "on_air_on"):
        pd.testing.assert_series_equal(
            accepted.loc[written.index, column], written[column], check_dtype=False
        )


def test_the_province_delivers_a_list_and_the_small_one_none(tmp_path):
    assert recipe_of("province").promises > 0 == recipe_of("hamlet").promises
    recipe = replace(recipe_of("hamlet"), promises=6)
    world = simulate_province(size="hamlet", seed=242, recipe=recipe)
    plain = simulate_province(size="hamlet", seed=242)
    pd.testing.assert_frame_equal(
        pd.DataFrame(world.hamlets.drop(columns="geometry", errors="ignore")),
        pd.DataFrame(plain.hamlets.drop(columns="geometry", errors="ignore")),
    )
    file = write_province(world, tmp_path / "with")
    assert PROMISES_FILE in file.read_text(encoding="utf-8")
    placed = place_promises(world.promises, world.hamlets.assign(edition="2021-01-01"))
    assert (placed["place_status"] == "MATCHED").all() and len(placed) > 0
    without = write_province(plain, tmp_path / "without")
    assert "commitments" not in without.read_text(encoding="utf-8")
