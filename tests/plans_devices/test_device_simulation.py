"""The made-up allocation: it is what a benchmark may rest on."""

import pandas as pd
from tests.plans_devices.worlds import DAY, NUMBERS, POLICY

from phusong.plans.devices import allocate_devices
from phusong.simulate.allocation import make_allocation
from phusong.vocabulary.book import SurplusWhy
from phusong.vocabulary.schema import check_table, conform_table
from phusong.vocabulary.tables.book import DEVICES, LOTS, PACKAGES


def run(world):
    """Return the plan of a made-up world."""
    return allocate_devices(
        world.students, world.lots, world.packages, world.awards, world.rollout,
        policy=POLICY, devices=NUMBERS, as_of=DAY, communes=world.communes,
    )  # fmt: skip


def test_a_made_up_world_keeps_the_schemas_and_gives_a_plan_that_is_proved():
    world = make_allocation(3_000, 60, seed=7)
    check_table(world.lots, LOTS)
    check_table(world.packages, PACKAGES)
    made = run(world)
    assert conform_table(made.devices, DEVICES).equals(made.devices)
    assert made.gap == 0 and made.proof["aim"].is_unique
    assert set(made.surplus["why"]) <= {str(why) for why in SurplusWhy}
    assert {"awarded", "awarded_offline", "out_of_stock"} <= set(made.devices["outcome"])


def test_the_same_seed_makes_the_same_world():
    one, two = (make_allocation(500, 10, seed=3) for _ in range(2))
    for name in ("students", "lots", "packages", "rollout", "communes"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name))
