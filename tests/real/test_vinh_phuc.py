"""The whole flow on the real ground: 136 communes, 307 villages, SRTM terrain, roads of 2018."""

import json

import pytest
from tests.real.network import HERE, REAL, make_network

from phusong.pipeline.explanation import explain_hamlet
from phusong.pipeline.planning import Money
from phusong.pipeline.rollout import plan_province
from phusong.pipeline.run import run_province
from phusong.store import read_table

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.exists(), reason="the real files are not beside the project"),
]


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    make_network()
    folder = tmp_path_factory.mktemp("vinh_phuc")
    run_province(HERE / "vinh_phuc.toml", folder)
    return folder


@pytest.fixture(scope="module")
def summary(out):
    return json.loads((out / "summary.json").read_text(encoding="utf-8"))


def test_every_village_is_classed_and_placed_or_listed(out, summary):
    hamlets, gaps, placement = (read_table(out, n) for n in ("hamlets", "gaps", "placement"))
    assert len(hamlets) == len(gaps) == 307 and summary["lines"]["hamlets"] == 307
    well = hamlets[~hamlets["hamlet_id"].isin(placement["hamlet_id"])]
    assert (well["commune_found"] == well["commune_code"]).all() and len(placement) == 3
    assert summary["lines"]["location_quality"]["rounded_point"] == 115


def test_the_dirty_layer_is_repaired(out):
    communes = read_table(out, "communes")
    assert len(communes) == 136
    assert communes["area_km2"].sum() == pytest.approx(1235.8, abs=0.5)
    assert communes["area_delivered_km2"].sum() == pytest.approx(1236.1, abs=0.5)


def test_terrain_shows_what_a_disc_hides(out, summary):
    terrain = summary["lines"]["terrain"]
    assert terrain["compared"] == 307
    assert terrain["disc_yes_model_no"] > 0 and terrain["terrain_shadow"] > 0
    signal = read_table(out, "signal")
    hidden = signal[
        (signal["technology"] == "4G")
        & (signal["disc_share"] >= 0.95)
        & (signal["served_share"] <= 0.05)
    ]
    assert len(hidden) > 0
    heights = read_table(out, "reach")
    assert heights["terrain_loss_db"].max() > 20


def test_totals_agree_in_both_editions(summary):
    by_edition = {}
    for row in summary["indicators"]:
        by_edition.setdefault((row["indicator"], row["counted"]), set()).add(
            (row["numerator"], row["denominator"])
        )
    assert all(len(v) == 1 for v in by_edition.values())
    assert {r["edition"] for r in summary["indicators"]} == {"2021-01-01", "2025-07-01"}


def test_a_gap_can_be_explained(out):
    gaps = read_table(out, "gaps")
    worst = gaps.sort_values("class", ascending=False)["hamlet_id"].iloc[0]
    text = "\n".join(explain_hamlet(out, worst))
    assert "margin" in text and "terrain takes" in text and "class: K" in text


def test_the_map_is_there_and_says_that_masts_are_made_up(out):
    page = (out / "map.html").read_text(encoding="utf-8")
    assert "MÔ PHỎNG" in page and len(page) < 6_000_000


def test_a_rollout_reaches_every_village_and_says_where_no_road_is_mapped(out):
    (told,) = plan_province(out, scenario="baseline", money=Money(waves=3))
    gaps, rollout, trenches = (read_table(out, n) for n in ("gaps", "rollout", "trenches"))
    lacking = gaps["class"].isin(["K2", "K3", "K4", "K5"]).sum()
    assert len(rollout) + len(told["unplaced"]) == lacking > 30
    assert rollout["wave"].notna().sum() + len(told["unreachable"]) == len(rollout)
    assert all(proof["gap"] <= 0.02 for proof in told["proofs"])
    assert (trenches["off_road_m"] > 0).any() and (
        trenches["off_road_m"] <= trenches["length_m"] + 1e-6
    ).all()
    assert all(t["lower_bound_vnd"] >= 0.98 * t["cost_vnd"] for t in told["trenches"])
