"""Terrain that lies elsewhere stops a run with a sentence; what misses a part is unknown, and counted."""

import json
import shutil
import subprocess
import sys

import numpy as np
import pytest
import rasterio
from rasterio.transform import Affine

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.door import check_source
from phusong.pipeline.province import read_province
from phusong.pipeline.run import run_province
from phusong.store import read_manifest, read_table
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.parameters import load_parameters


@pytest.fixture
def copy(finished, raw, tmp_path):
    """A finished run that a test may change: province file, its tile of terrain, output folder."""
    shutil.copytree(raw.parent, tmp_path / "raw")
    shutil.copytree(finished, tmp_path / "out")
    province = tmp_path / "raw" / raw.name
    tile = next(s.file for s in read_province(province).source if s.kind == "terrain")
    return province, tmp_path / "raw" / tile, tmp_path / "out"


def rewrite(tile, change):
    """Change heights and corner of a tile where it lies."""
    with rasterio.open(tile) as raster:
        heights, profile = raster.read(1), raster.profile
    heights, profile["transform"] = change(heights, profile["transform"])
    profile["height"], profile["width"] = heights.shape
    with rasterio.open(tile, "w", **profile) as raster:
        raster.write(heights, 1)


def shift(degrees):
    """South by some degrees."""
    return lambda heights, corner: (heights, Affine.translation(0.0, -degrees) * corner)


def western_part(share):
    def cut(heights, corner):
        return heights[:, : int(heights.shape[1] * share)], corner

    return cut


def diagnose(tile):
    checked = check_source("terrain", tile, ReadOptions(), load_parameters())
    return checked.diagnosis.status, [(f.rule, f.severity) for f in checked.diagnosis.faults]


def test_a_tile_that_lies_a_degree_off_is_refused_with_a_sentence(copy):
    province, tile, out = copy
    before = {p: p.read_bytes() for p in out.rglob("*.json")}
    rewrite(tile, shift(1.0))
    assert diagnose(tile)[0] == "refused"
    command = [sys.executable, "-m", "phusong", "run", str(province), "--out", str(out)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert result.returncode == 2 and "Traceback" not in result.stderr
    assert tile.name in result.stderr and "·" in result.stderr
    assert {p: p.read_bytes() for p in out.rglob("*.json") if ".next" not in p.parts} == before


def test_a_tile_within_the_margin_that_touches_nothing_of_the_province_is_refused(copy):
    province, tile, out = copy
    rewrite(tile, shift(0.5))
    assert diagnose(tile) == ("refused", [("tile_elsewhere", "error")])
    with pytest.raises(SourceFault, match="covers any commune"):
        run_province(province, out)


def test_what_a_part_of_the_terrain_leaves_open_is_unknown_and_counted(copy):
    province, tile, out = copy
    whole = read_table(out, "reach").set_index(["hamlet_id", "technology", "operator"])
    rewrite(tile, western_part(0.5))
    run_province(province, out)
    reach = read_table(out, "reach").set_index(["hamlet_id", "technology", "operator"])
    hanging = reach["unknown_paths"].fillna(0) > 0
    assert hanging.any() and not hanging.all()
    assert not ((reach["status"] == "FULL") & (whole["status"] == "NONE")).any()
    assert not ((reach["status"] == "NONE") & (whole["status"] == "FULL")).any()
    silent = reach[hanging & (reach["served_share"].fillna(0.0) == 0.0)]
    assert set(silent["status"]) <= {"NONE", "UNKNOWN"} and "UNKNOWN" in set(silent["status"])
    # Fields never vote: where every house has its answer, a path to the fields that hangs changes nothing.
    dark = silent.index[silent["status"] == "NONE"]
    assert (whole.loc[dark, "status"] == "NONE").all()
    houses = read_table(out, "points").query("kind != 'ground'").groupby("hamlet_id").size()
    known = reach.loc[dark, "paths"] - reach.loc[dark, "unknown_paths"]
    assert (known.to_numpy() >= houses.loc[dark.get_level_values("hamlet_id")].to_numpy()).all()

    described = json.loads((out / "summary.json").read_text(encoding="utf-8"))["lines"]["paths"]
    assert described["unknown_paths"] == int(reach["unknown_paths"].fillna(0).sum()) > 0
    assert 0 < described["hamlets_unknown_paths"] <= described["hamlets"]
    manifest = read_manifest(out)
    assert manifest.stages["reach"].counts == described
    ground = manifest.stages["intake_terrain"].counts
    assert 0 < ground["ground_cells_without_terrain"] < ground["ground_cells"]
    lines = subprocess.run(
        [sys.executable, "-m", "phusong", "explain", str(out), "reach", reach.index[hanging][0][0]],
        capture_output=True, text=True, check=True, encoding="utf-8",
    ).stdout  # fmt: skip
    assert "paths over ground without terrain" in lines


def test_the_whole_terrain_leaves_no_path_open(finished):
    manifest = read_manifest(finished)
    assert manifest.stages["reach"].counts["paths"] > 0
    assert manifest.stages["reach"].counts["unknown_paths"] == 0
    assert manifest.stages["intake_terrain"].counts["ground_cells_without_terrain"] == 0


def test_a_part_of_a_tile_is_accepted_with_the_share_that_it_covers(copy):
    _, tile, _ = copy
    rewrite(tile, western_part(0.5))
    checked = check_source("terrain", tile, ReadOptions(), load_parameters())
    assert checked.diagnosis.status == "accepted"
    described = [f for f in checked.diagnosis.faults if f.rule == "tile_part"]
    assert [f.severity for f in described] == ["warning"] and "%" in described[0].suggestion
    assert np.isfinite(checked.accepted["lowest_m"]).all()
