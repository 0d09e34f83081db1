"""Each of the 34 provinces runs from lists of hamlets, masts, cabinets and pupils to map, plan and report."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from tests.pipeline.test_any_province import JULY, REGISTER, TODAY, draw_communes, write_province

from phusong.pipeline.planning import Money
from phusong.pipeline.reports.writing import write_reports
from phusong.pipeline.rollout import plan_province
from phusong.pipeline.run import run_province
from phusong.store import read_table


def add_pupils(province: Path, units: pd.DataFrame, name: str) -> Path:
    """Add a list of pupils to a province file: one at each hamlet, by the address of both maps' form."""
    rows = ["Mã học sinh,Họ và tên,Ngày sinh,Lớp,Tên trường,Địa chỉ"]
    for n, row in enumerate(units.to_dict("records"), start=1):
        address = f"Thôn {n}; {row['kind']} {row['name']}; tỉnh {name}".replace(";", " -")
        rows.append(f"HS{n},Nguyễn Văn {'ABC'[n % 3]},0{n}/02/2013,7A,THCS Một,{address}")
    (province.parent / "hoc_sinh.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    with province.open("a", encoding="utf-8") as text:
        text.write('[[source]]\nkind = "students"\nfile = "hoc_sinh.csv"\n')
    return province


def add_fibre(province: Path, outlines: gpd.GeoDataFrame) -> Path:
    """Add a cabinet in the first commune, and a road from it to the next one, to a province file."""
    inside = outlines.geometry.representative_point()
    roads = gpd.GeoDataFrame(
        {"ten_duong": ["ĐT 1"]}, geometry=[shapely.LineString(inside)], crs=4326
    )
    roads.to_file(province.parent / "duong.geojson", driver="GeoJSON")
    row = f"N1,VNPT,{inside.x.iloc[0]},{inside.y.iloc[0]}"
    text = f"Mã tủ,Doanh nghiệp,Kinh độ,Vĩ độ\n{row}\n"
    (province.parent / "tu.csv").write_text(text, encoding="utf-8")
    with province.open("a", encoding="utf-8") as text:
        text.write('[[source]]\nkind = "roads"\nfile = "duong.geojson"\n')
        text.write('[[source]]\nkind = "fibre_nodes"\nfile = "tu.csv"\n')
    return province


@pytest.mark.long
@pytest.mark.parametrize("code", TODAY)
def test_each_of_the_34_runs_from_hamlets_masts_and_pupils_to_map_plan_and_report(code, tmp_path):
    units = REGISTER.units(JULY, code)
    units = units[~units["name"].duplicated(keep=False)].head(2)
    name = str(REGISTER.describe(code, JULY)["name"])
    outlines, out = draw_communes(units), tmp_path / "out"
    path = write_province(tmp_path, code, outlines, head="as_of = 2026-03-01")
    run_province(add_fibre(add_pupils(path, units, name), outlines), out)
    placed = read_table(out, "students")
    assert sorted(placed["commune_code"]) == sorted(units["code"])
    assert placed["hamlet_id"].nunique() == 2
    figures = read_table(out, "indicators").query("counted == 'hamlets' and edition == @JULY")
    whole = figures[(figures["area_code"] == code) & (figures["indicator"] == "signal_4g")]
    assert whole["denominator"].tolist() == [2]
    assert (out / "map.html").exists()
    plan_province(out, scenario="baseline", money=Money())
    assert len(read_table(out, "rollout"))
    (written,) = write_reports(out, None, form="weekly", formats=("docx",))
    assert written.stat().st_size > 0
