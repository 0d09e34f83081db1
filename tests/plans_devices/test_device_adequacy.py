"""What a lot is fit for."""

import pandas as pd
import pytest
from tests.plans_devices.worlds import (
    LAPTOP,
    NUMBERS,
    PHONE,
    TABLET,
    make_lots,
    make_pupils,
    plan,
    told,
)

from phusong.plans.devices import judge_lots


def judge_one(**lot):
    """Return adequacy, lacks and levels of one lot."""
    row = judge_lots(make_lots(lot), devices=NUMBERS).iloc[0]
    return row["adequacy"], None if pd.isna(row["lacks"]) else row["lacks"], row["levels"]


def test_the_second_day_of_the_campaign():
    used = LAPTOP | {"condition": "used"}
    lots = make_lots(
        TABLET | {"quantity": 300},
        used | {"quantity": 70},
        used | {"quantity": 30, "ram_gb": 2.0},
        used | {"quantity": 20, "camera": False},
    )
    judged = judge_lots(lots, devices=NUMBERS)
    assert judged["adequacy"].tolist() == ["adequate", "adequate", "inadequate", "to_complete"]
    assert judged["allocable"].tolist() == [300, 70, 0, 0]
    assert judged["lacks"].astype("object").where(judged["lacks"].notna(), None).tolist() == [
        None, None, "ram", "camera",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lot", "answer"),
    [
        (TABLET | {"screen_in": 7.0}, ("inadequate", "screen", "")),
        (TABLET | {"ram_gb": 1.0, "battery_mah": 2000.0}, ("inadequate", "ram|battery", "")),
        (TABLET | {"camera": False}, ("inadequate", "camera", "")),
        (TABLET | {"modem": False}, ("adequate", None, "TH|THCS|THPT")),
        (PHONE | {"modem": False}, ("inadequate", "modem", "")),
        (PHONE | {"modem": None}, ("adequate", None, "TH|THCS|THPT")),
        (LAPTOP | {"camera": False, "microphone": False}, ("to_complete", "camera|microphone", "TH|THCS|THPT")),
        (LAPTOP | {"camera": False, "ram_gb": 1.0}, ("inadequate", "ram|camera", "")),
        (LAPTOP | {"kind": "desktop", "camera": None}, ("unknown", "camera", "TH|THCS|THPT")),
    ],
)  # fmt: skip
def test_each_lack_is_told(lot, answer):
    assert judge_one(**lot) == answer


def test_what_is_not_stated_must_be_asked_for_unless_every_new_one_has_it():
    bare = {"kind": "tablet", "ram_gb": 3.0, "storage_gb": 32.0, "screen_in": 9.0, "quantity": 5}
    assert judge_one(**bare, condition="new")[0] == "adequate"
    assert judge_one(**bare, condition="used")[:2] == ("unknown", "camera|microphone|battery")
    assert judge_one(**bare)[0] == "unknown"
    assert judge_one(**(bare | {"ram_gb": None}), condition="new")[:2] == ("unknown", "ram")


def test_a_smaller_tablet_that_an_office_lets_pass_still_is_not_for_primary_pupils():
    small = NUMBERS.model_copy(
        update={"tablet_screen_in": NUMBERS.tablet_screen_in.model_copy(update={"value": 7.0})}
    )
    lots = make_lots(TABLET | {"screen_in": 7.5, "quantity": 5})
    assert judge_lots(lots, devices=small)["levels"].tolist() == ["THCS|THPT"]
    pupils = make_pupils({"level": "TH", "grade": 3}, {})
    made = plan(pupils, lots, devices=small)
    assert told(made, "outcome") == {"p1": "no_fit", "p2": "awarded"}
    assert told(made, "reason")["p1"] == "none_fits|level_misfit"


def test_unfit_lots_are_received_and_not_given():
    made = plan(make_pupils({}), make_lots(TABLET | {"ram_gb": 1.0}, LAPTOP | {"camera": False}))
    assert made.surplus["why"].tolist() == ["unfit", "unfit"]
    assert made.surplus["received"].tolist() == [1, 1] and made.surplus["given"].sum() == 0
    assert told(made, "outcome") == {"p1": "out_of_stock"}


def test_no_lots_at_all():
    made = plan(make_pupils({}, {}), make_lots())
    assert set(told(made, "outcome").values()) == {"out_of_stock"}
    assert made.gap == 0 and made.surplus.empty and made.mismatches.empty


def test_no_pupils_at_all():
    made = plan(make_pupils(), make_lots(TABLET))
    assert made.devices.empty and made.surplus["why"].tolist() == ["nobody_waits"]
