"""Any province of the country runs from communes, hamlets and cells to the map, in any of its editions."""

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.door import check_source
from phusong.pipeline.run import run_province
from phusong.places.registers import UNASSIGNED, read_register
from phusong.store import read_table
from phusong.vocabulary.editions import Edition
from phusong.vocabulary.parameters import load_parameters

REGISTER = read_register()
JUNE, JULY, APRIL = "2025-06-30", "2025-07-01", "2026-04-30"
TODAY = REGISTER.provinces(JULY)["code"].tolist()
OUTLINES = Path(__file__).parents[3] / "shared/real/admin/communes_2025_vietnam_simplified.parquet"
#: Half the side of a made-up commune [°].
HALF = 0.005


def draw_communes(units: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return a square around each unit's position; squares of equal positions stand side by side."""
    east = units.groupby(["lon", "lat"]).cumcount().to_numpy() * 2 * HALF
    lon, lat = units["lon"].to_numpy() + east, units["lat"].to_numpy()
    squares = shapely.box(lon - HALF, lat - HALF, lon + HALF, lat + HALF)
    words = {"ma_xa": units["code"].to_numpy(), "ten_xa": units["name"].to_numpy()}
    return gpd.GeoDataFrame(words, geometry=squares, crs=4326)


def write_province(folder: Path, code: str, outlines: gpd.GeoDataFrame, *, head: str) -> Path:
    """Write a province of these communes, with a hamlet and a cell in each."""
    outlines.to_file(folder / "xa.geojson", driver="GeoJSON")
    inside = outlines.geometry.representative_point()
    number = range(1, len(outlines) + 1)
    places = {"kinh_do": inside.x.to_numpy(), "vi_do": inside.y.to_numpy()}
    hamlets = {
        "ma_thon": [f"T{n}" for n in number],
        "ten_thon": [f"Thôn {n}" for n in number],
        "loai": "thôn",
        "ma_xa": outlines["ma_xa"].to_numpy(),
        "dan_so": 120,
    }
    cells = {"cell_id": [f"C{n}" for n in number], "operator": "VIETTEL", "technology": "4G"}
    pd.DataFrame(hamlets | places).to_csv(folder / "thon.csv", index=False)
    pd.DataFrame(cells | places).to_csv(folder / "tram.csv", index=False)
    sources = {"communes": "xa.geojson", "hamlets": "thon.csv", "cells": "tram.csv"}
    described = "".join(f'[[source]]\nkind = "{k}"\nfile = "{f}"\n' for k, f in sources.items())
    path = folder / "tinh.toml"
    path.write_text(
        f'[province]\ncode = "{code}"\nname = "Tỉnh"\n{head}\n{described}', encoding="utf-8"
    )
    return path


def run(folder: Path, code: str, outlines: gpd.GeoDataFrame, head: str) -> Path:
    """Run a province and return its results."""
    out = folder / "out"
    run_province(write_province(folder, code, outlines, head=head), out)
    assert (out / "map.html").exists()
    return out


def choose(edition: str, code: str, codes: list[str]) -> gpd.GeoDataFrame:
    """Return made-up outlines of some communes of a province."""
    units = REGISTER.units(edition, code)
    return draw_communes(units[units["code"].isin(codes)])


@pytest.mark.parametrize("code", TODAY)
def test_communes_of_each_of_the_34_are_accepted_by_code_and_by_name(code, tmp_path):
    units = REGISTER.units(JULY, code)
    for columns in (["ma_xa"], ["ten_xa"]):
        drawn = draw_communes(units[~units["name"].duplicated(keep=False)].head(2))
        path = tmp_path / f"{columns[0]}.geojson"
        drawn[[*columns, "geometry"]].to_file(path, driver="GeoJSON")
        options = ReadOptions(province=code, edition=JULY)
        checked = check_source("communes", path, options, load_parameters())
        assert checked.diagnosis.status == "accepted", checked.diagnosis.faults
        assert checked.accepted["commune_code"].tolist() == units["code"][drawn.index].tolist()
        assert checked.accepted[["name", "kind"]].notna().to_numpy().all()


@pytest.mark.long
def test_merged_phu_tho_runs_with_communes_of_all_its_parts(tmp_path):
    outlines = choose(JULY, "25", ["05200", "05089", "08914"])
    out = run(tmp_path, "25", outlines, "as_of = 2026-03-01")
    communes = read_table(out, "communes")
    assert communes["name"].tolist() == ["Cao Phong", "Mai Châu", "Đạo Trù"]
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert summary["edition"] == JULY and Edition.of(JULY, "25").vi in (
        (out / "map.html").read_text(encoding="utf-8")
    )


@pytest.mark.long
def test_tuyen_quang_and_dong_nai_run_in_their_newest_edition(tmp_path):
    for code, editions in (("08", {JULY}), ("75", {JULY, APRIL})):
        folder = tmp_path / code
        folder.mkdir()
        codes = ["25270", *REGISTER.units(JULY, code)["code"].head(2)]
        out = run(folder, code, choose(JULY, code, codes), "as_of = 2026-03-01")
        described = read_table(out, "indicators")
        assert set(described["edition"]) == editions
        if code == "75":
            kinds = described[described["area_code"] == "25270"].groupby("edition")["area"].first()
            assert kinds.to_dict() == {JULY: "xã Lộc Ninh", APRIL: "phường Lộc Ninh"}


@pytest.mark.long
def test_a_commune_that_went_to_several_keeps_its_hamlets_on_a_line_of_its_own(tmp_path):
    trace = REGISTER.lineage(JUNE, JULY, "01")
    split = trace.loc[trace["share"].isna(), "from_code"].iloc[0]
    whole = trace.loc[trace["share"] == 1, "from_code"].head(2).tolist()
    out = run(tmp_path, "01", choose(JUNE, "01", [split, *whole]), "as_of = 2025-06-30")
    described = read_table(out, "indicators")
    described = described[
        (described["indicator"] == "signal_4g") & (described["counted"] == "hamlets")
    ]
    later = described[described["edition"] == JULY].set_index("area_code")["denominator"]
    assert later[UNASSIGNED] == 1 and later.drop("01").sum() == later["01"] == 3
    now = described[described["edition"] == JUNE].set_index("area_code")["denominator"]
    assert now["01"] == 3


@pytest.mark.long
@pytest.mark.real
@pytest.mark.skipif(
    not OUTLINES.exists(), reason="the country's outlines are not beside the project"
)
def test_phu_tho_runs_with_its_148_outlines(tmp_path):
    outlines = gpd.read_parquet(OUTLINES).query("province_code == '25'")
    outlines = outlines.rename(columns={"code": "ma_xa", "name": "ten_xa"}).reset_index(drop=True)
    out = run(tmp_path, "25", outlines[["ma_xa", "ten_xa", "geometry"]], "as_of = 2026-03-01")
    communes = read_table(out, "communes")
    assert len(communes) == 148 == len(read_table(out, "gaps"))
    assert communes[["name", "kind"]].notna().to_numpy().all()
