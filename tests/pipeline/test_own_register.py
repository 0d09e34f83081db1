"""A province with a list of units of its own, and ground without any register, run from files to the map."""

import json
import shutil
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from tests.pipeline.test_any_province import draw_communes, write_province

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.door import check_source
from phusong.pipeline.planning import Money
from phusong.pipeline.province import read_head, read_province
from phusong.pipeline.reports.writing import write_reports
from phusong.pipeline.rollout import plan_province
from phusong.pipeline.run import run_province, stale_parts
from phusong.pipeline.settings import read_settings
from phusong.places.registers import UNASSIGNED, read_register
from phusong.store import read_manifest, read_table
from phusong.views.summary import summary_lines
from phusong.vocabulary.errors import ParameterFault, SourceFault
from phusong.vocabulary.parameters import load_parameters

REAL = Path(__file__).parents[3] / "shared" / "real"
JULY, MADE_UP = "2025-07-01", "2026-02-01"
EXAMPLE = "Mã,Tên,Loại,Cấp trên\n98001,Một,xã,98\n98002,Hai,xã,98\n98003,Ba,phường,98\n"
SPLIT = (
    "code,name,kind,parent,from,to,made of\n"
    f"08914,Đạo Trù,xã,25,{MADE_UP},,08914\n09990,Đạo Trù Thượng,xã,25,{MADE_UP},,08914\n"
)


def write_example(folder):
    """Write the province 98, of three communes that no register holds."""
    (folder / "dm.csv").write_text(EXAMPLE, encoding="utf-8")
    units = pd.DataFrame({"code": ["98001", "98002", "98003"], "name": ["Một", "Hai", "Ba"]})
    outlines = draw_communes(units.assign(lon=[105.5, 105.51, 105.52], lat=21.3))
    head = 'register = "dm.csv"\ncrs = 3405\nas_of = 2026-03-01'
    return write_province(folder, "98", outlines, head=head)


def write_split(folder):
    """Write two communes of the merged Phú Thọ, one of which is split on a made-up day."""
    (folder / "dm.csv").write_text(SPLIT, encoding="utf-8")
    units = read_register().units(JULY, "25")
    outlines = draw_communes(units[units["code"].isin(["08914", "05200"])])
    head = f'register = "dm.csv"\nedition = "{JULY}"\nas_of = 2026-03-01'
    return write_province(folder, "25", outlines, head=head)


def count_areas(folder, edition):
    """Return the hamlets of each area in an edition."""
    table = read_table(folder, "indicators")
    rows = table[(table["indicator"] == "signal_4g") & (table["counted"] == "hamlets")]
    return rows[rows["edition"] == edition].set_index("area")["denominator"].to_dict()


@pytest.mark.long
def test_a_province_that_no_register_holds_runs_to_map_and_report_and_may_be_moved(tmp_path):
    path = write_example(tmp_path)
    run_province(path, tmp_path / "out")
    summary = json.loads((tmp_path / "out/summary.json").read_text(encoding="utf-8"))
    label = "Danh mục 1/3/2026 (3 xã, phường)"
    assert summary["editions"]["2026-03-01"]["vi"] == label
    assert label in (tmp_path / "out/map.html").read_text(encoding="utf-8")
    named = count_areas(tmp_path / "out", "2026-03-01")
    assert named == {"xã Một": 1, "xã Hai": 1, "phường Ba": 1, "Tỉnh": 3}
    assert "dm.csv" in read_manifest(tmp_path / "out").inputs

    (tmp_path / "dm.csv").write_text(EXAMPLE.replace("Một", "Nhất"), encoding="utf-8")
    stale = {name for name, parts in stale_parts(path, tmp_path / "out").items() if parts}
    assert {"intake_communes", "intake_hamlets", "indicators", "map"} <= stale

    moved = shutil.copytree(tmp_path / "out", tmp_path / "elsewhere" / "out")
    (tmp_path / "dm.csv").unlink()
    path.unlink()
    register = read_settings(moved)[1].province.unit_register
    assert register.units("2026-03-01", "98")["name"].tolist() == ["Một", "Hai", "Ba"]
    written = write_reports(moved, None, form="weekly", formats=("docx",))
    assert [p.name for p in written] == ["bao_cao_tuan_2026-03-01_2026.docx"]


@pytest.mark.long
def test_a_later_edition_of_one_province_is_told_beside_that_of_its_sources(tmp_path):
    run_province(write_split(tmp_path), tmp_path / "out")
    assert count_areas(tmp_path / "out", JULY) == {"xã Mai Châu": 1, "xã Đạo Trù": 1, "Tỉnh": 2}
    later = count_areas(tmp_path / "out", MADE_UP)
    assert later["xã Mai Châu"] == 1 and later["Tỉnh"] == 2 and len(later) == 3
    table = read_table(tmp_path / "out", "indicators")
    assert UNASSIGNED in set(table.loc[table["edition"] == MADE_UP, "area_code"])
    written = write_reports(tmp_path / "out", None, form="weekly", formats=("docx",))
    assert [p.name for p in written] == ["bao_cao_tuan_2026-03-01_2026.docx"]


def test_the_edition_in_force_is_that_of_the_own_list_where_none_is_stated(tmp_path):
    path = write_split(tmp_path)
    text = path.read_text(encoding="utf-8").replace(f'edition = "{JULY}"\n', "")
    path.write_text(text, encoding="utf-8")
    assert read_head(path).edition == MADE_UP
    options = ReadOptions(province="25", edition=MADE_UP, units=read_head(path).units)
    (tmp_path / "t.csv").write_text(
        "Tên thôn,Loại,Mã xã\nMột,thôn,09990\nHai,thôn,09992\n", encoding="utf-8"
    )
    checked = check_source("hamlets", tmp_path / "t.csv", options, load_parameters())
    assert checked.accepted["commune_code"].tolist() == ["09990"]
    assert [f.rule for f in checked.diagnosis.faults] == ["unknown_commune"]


@pytest.mark.parametrize(
    ("text", "row", "column"),
    [
        (EXAMPLE + "98003,Bốn,xã,98\n", 5, "Mã"),
        (EXAMPLE + ",Bốn,xã,98\n", 5, "Mã"),
        (EXAMPLE + "98004,Bốn,buôn,98\n", 5, "Loại"),
        (EXAMPLE + "98004,Bốn,xã,12\n", 5, "Cấp trên"),
    ],
)
def test_a_wrong_row_refuses_the_run_with_file_row_column_and_cure(tmp_path, text, row, column):
    path = write_example(tmp_path)
    (tmp_path / "dm.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SourceFault, match="dm.csv") as refused:
        read_province(path)
    assert (refused.value.row, refused.value.column) == (row, column)
    assert refused.value.exit_code == 2 and len(refused.value.message) > 10


def test_a_list_that_is_not_there_and_ground_with_a_list_are_refused(tmp_path):
    path = write_example(tmp_path)
    (tmp_path / "dm.csv").unlink()
    with pytest.raises(ParameterFault, match="no such list of units"):
        read_province(path)
    path.write_text(path.read_text().replace('"98"', '"none"'), encoding="utf-8")
    (tmp_path / "dm.csv").write_text(EXAMPLE, encoding="utf-8")
    with pytest.raises((ParameterFault, SourceFault)):
        read_province(path)


def test_three_right_hamlets_of_an_unknown_province_are_accepted_with_a_warning(tmp_path):
    path = tmp_path / "thon.csv"
    path.write_text(
        "Tên thôn,Loại,Mã xã,Kinh độ,Vĩ độ\nMột,thôn,X01,107.10123,16.50123\n"
        "Hai,thôn,X01,107.11234,16.50234\nBa,thôn,X02,107.12345,16.51345\n",
        encoding="utf-8",
    )
    checked = check_source("hamlets", path, ReadOptions(province="none"), load_parameters())
    assert checked.accepted["commune_code"].tolist() == ["X01", "X01", "X02"]
    faults = [(f.rule, f.severity) for f in checked.diagnosis.faults]
    assert faults == [("commune_unchecked", "warning")]


#: Metric system of the made-up island.
ISLAND_CRS = 25831


def write_island(folder):
    """Write an island of two areas under one, four villages, cells, cabinets and a road between them."""
    boxes = [shapely.box(1.40, 39.0, 1.42, 39.02), shapely.box(1.42, 39.0, 1.44, 39.02)]
    areas = {"code": ["A1", "A2"], "name": ["Oest", "Est"], "parent_code": "A", "parent": "Illa"}
    gpd.GeoDataFrame(areas, geometry=boxes, crs=4326).to_file(
        folder / "areas.geojson", driver="GeoJSON"
    )
    lon = [1.405, 1.415, 1.425, 1.435]
    places = {"Longitude": lon, "Latitude": 39.01}
    villages = {"Village code": [f"V{n}" for n in range(4)], "Village name": ["P", "Q", "R", "S"]}
    own = {"Commune code": ["A1", "A1", "A2", "A2"], "Households": 50}
    pd.DataFrame(villages | own | places).to_csv(folder / "villages.csv", index=False)
    cells = {
        "radio": "LTE",
        "mcc": 214,
        "net": 1,
        "area": 1,
        "cell": [1],
        "lon": 1.405,
        "lat": 39.01,
    }
    pd.DataFrame(cells | {"range": 1000, "samples": 9}).to_csv(folder / "cells.csv", index=False)
    node = {"Node ID": ["N1"], "Longitude": [1.405], "Latitude": [39.01], "Owner": ["Telco"]}
    pd.DataFrame(node).to_csv(folder / "nodes.csv", index=False)
    road = shapely.LineString([(x, 39.01) for x in lon])
    gpd.GeoDataFrame(
        {"road_id": ["R1"], "highway": ["tertiary"]}, geometry=[road], crs=4326
    ).to_file(folder / "roads.geojson", driver="GeoJSON")
    files = {
        "communes": "areas.geojson",
        "hamlets": "villages.csv",
        "cells": "cells.csv",
        "fibre_nodes": "nodes.csv",
        "roads": "roads.geojson",
    }
    sources = "".join(f'[[source]]\nkind = "{k}"\nfile = "{f}"\n' for k, f in files.items())
    path = folder / "island.toml"
    head = f'[province]\ncode = "none"\nname = "Illa"\ncrs = {ISLAND_CRS}\nas_of = 2024-01-01\n'
    path.write_text(head + sources, encoding="utf-8")
    return path


@pytest.mark.long
def test_an_island_of_two_levels_runs_to_map_report_and_plan(tmp_path):
    path = write_island(tmp_path)
    out = tmp_path / "out"
    run_province(path, out)
    communes = read_table(out, "communes")
    assert communes["name"].tolist() == ["Oest", "Est"] and set(communes["district"]) == {"Illa"}
    assert count_areas(out, "2024-01-01") == {"Oest": 2, "Est": 2, "Illa": 4}
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    told = "\n".join(summary_lines(summary, "en"))
    assert "taken as written" in told and "Addresses are not searched" in told
    assert write_reports(out, None, form="weekly", formats=("docx",))
    plan_province(out, scenario="baseline", money=Money())
    assert len(read_table(out, "rollout"))
    assert run_province(path, out).ran == []


@pytest.mark.long
@pytest.mark.real
@pytest.mark.skipif(not REAL.exists(), reason="the real files do not lie beside the project")
def test_ibiza_runs_from_the_itus_files_to_the_map(tmp_path):
    files = {
        "hamlets": "itu/ibiza/points-of-interest.csv",
        "cells": "itu/ibiza/cell-sites.csv",
        "coverage": "itu/ibiza/mobile-coverage.gpkg",
    }
    out = run_foreign(tmp_path, files, crs=25831, day="2024-01-01")
    assert len(read_table(out, "gaps")) == 100 and (out / "map.html").exists()
    assert set(read_table(out, "hamlets")["commune_code"]) == {UNASSIGNED}


@pytest.mark.long
@pytest.mark.real
@pytest.mark.skipif(not REAL.exists(), reason="the real files do not lie beside the project")
def test_lesothos_cells_light_villages_of_lesotho(tmp_path):
    (tmp_path / "villages.csv").write_text(
        "geonameid,name,latitude,longitude,admin1\n1,Maseru,-29.3167,27.4833,14\n2,Roma,-29.45,27.72,14\n",
        encoding="utf-8",
    )
    files = {"hamlets": "villages.csv", "cells": "cells/opencellid_lesotho_651.csv"}
    out = run_foreign(tmp_path, files, crs=32735, day="2024-01-01")
    gaps = read_table(out, "gaps").set_index("hamlet_id")
    assert gaps.loc["1", "mobile_3g"] == "FULL" and (out / "map.html").exists()


def run_foreign(folder, files, *, crs, day):
    """Run ground without a register made of real files, copied beside its file."""
    text = f'[province]\ncode = "none"\nname = "Nơi khác"\ncrs = {crs}\nas_of = {day}\n'
    for kind, file in files.items():
        if (REAL / file).exists():
            shutil.copyfile(REAL / file, folder / Path(file).name)
        text += f'[[source]]\nkind = "{kind}"\nfile = "{Path(file).name}"\n'
        text += 'technology = "4G"\n' if kind == "coverage" else ""
    (folder / "p.toml").write_text(text, encoding="utf-8")
    run_province(folder / "p.toml", folder / "out")
    return folder / "out"
