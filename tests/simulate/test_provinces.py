"""A demonstration of any province: what is real comes from the register, and every sheet is of its day."""

import json
import re
import zipfile
from datetime import date

import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from phusong.pipeline.run import run_province
from phusong.places.editions import province_box
from phusong.places.registers import read_register
from phusong.simulate.addresses.customs import describe_customs
from phusong.simulate.addresses.places import list_former
from phusong.simulate.demonstration import open_demonstration
from phusong.simulate.demonstration_file import list_demonstration_files
from phusong.simulate.extent import choose_units
from phusong.simulate.fitting import fit_config
from phusong.simulate.offices.letter import NOTICE_FILE
from phusong.simulate.province import simulate_province, write_province
from phusong.simulate.recipe import Recipe, recipe_of
from phusong.store import read_table
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.offices import OfficeWord

REGISTER = read_register()
TODAY = REGISTER.days[-1]
#: Of the two-level map, and those that are no more on it.
PRESENT = REGISTER.provinces(TODAY)["code"].tolist()
GONE = sorted(set(REGISTER.province_rows["code"]) - set(PRESENT))
#: What stands in the made-up files of one province alone.
OF_ONE = re.compile(
    r"Vĩnh Phúc|VĨNH PHÚC|vinh-phuc|VPC|VNPT-VP\b|học 202[01]|ngày \d+/\d+/2021|huyện|Huyện|HUYỆN"
)


def count_units(code):
    return choose_units(open_demonstration(code), corner=False, hamlets=14, seed=1)


@pytest.mark.parametrize("code", [*PRESENT, *GONE])
def test_every_province_of_the_register_can_be_shown_on_a_day_of_its_own(code):
    model = open_demonstration(code)
    units = REGISTER.units(model.edition, code)
    assert len(units) and set(units["province_code"]) == {code}, "its units, under its own code"
    assert (code in PRESENT) == (model.day == date(2026, 9, 21)) == (not model.has_districts)
    west, south, east, north = province_box(code, model.edition)
    for far in model.list_far():
        assert not (west <= far.lon <= east and south <= far.lat <= north)
    assert len(model.list_far()) == 2
    assert set(units["kind"]) <= set(model.persons_of())
    assert model.head_other("poverty").endswith("(MÔ PHỎNG)")


@pytest.mark.parametrize("code", [*PRESENT, *GONE])
def test_the_smallest_size_is_of_two_neighbours_with_people_in_both(code):
    model = open_demonstration(code)
    units = choose_units(model, corner=True, hamlets=14, seed=1).units
    listed = REGISTER.units(model.edition, code).set_index("code")
    assert len(units) == 2 and units["district"].nunique() == 1
    assert (units["name"] == listed["name"].reindex(units["code"]).to_numpy()).all()
    assert (units["population"] > 0).all()


@pytest.mark.parametrize("code", PRESENT)
def test_all_communes_are_shown_but_islands_far_away(code):
    extent, listed = count_units(code), REGISTER.units(open_demonstration(code).edition, code)
    assert len(extent.units) + len(extent.left_out) == len(listed)
    assert len(extent.left_out) <= 2
    assert all(name.startswith("đặc khu ") for name in extent.left_out)


def test_people_of_the_register_are_kept_and_others_made_up():
    model = open_demonstration("25")
    units, listed = count_units("25").units, REGISTER.units(model.edition, "25")
    known = listed["population"].notna().to_numpy()
    assert 0 < known.sum() < len(known)
    assert (units["population"].to_numpy()[known] == listed["population"].to_numpy()[known]).all()
    assert not choose_units(model, corner=False, hamlets=14, seed=2).units.equals(units)


def test_counts_grow_with_the_people_and_a_file_of_its_own_leaves_them_as_they_are():
    whole = recipe_of("province")
    assert fit_config(whole, open_demonstration(), seed=1) is whole
    small, large = (fit_config(whole, open_demonstration(code), seed=1) for code in ("04", "79"))
    assert small.settlements.hamlets < large.settlements.hamlets
    assert small.schools.pupils_primary < large.schools.pupils_primary
    people = count_units("04").units["population"].sum()
    wanted = whole.settlements.hamlets * people / 972_000
    assert small.settlements.hamlets == pytest.approx(wanted, abs=1)


def test_the_forms_of_2026_ask_for_no_hardship_of_the_epidemic():
    fitted = fit_config(Recipe(corner=True), open_demonstration("08"), seed=1)
    asked = {name for name, _ in fitted.pupils.need.hardships}
    assert "orphan_one" in asked and not asked & {"covid_orphan", "income_loss"}


def test_hamlets_are_dealt_out_to_the_communes_that_went_into_theirs():
    model = open_demonstration("08")
    code = REGISTER.lineage("2025-06-30", model.edition, "08").groupby("to_code").size().idxmax()
    former = list_former([code] * 12, model.edition, describe_customs(model))
    names = [f.unit.name for f in former]
    assert len(set(names)) > 1 and names == sorted(names, key=names.index)
    assert all(f.unit.district and f.province == "tỉnh Tuyên Quang" for f in former)


def test_offices_are_those_of_the_day():
    new, old = open_demonstration("08"), open_demonstration("02")
    assert new.head_office(OfficeWord.PLANNER).startswith("SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH TUYÊN")
    assert old.head_office(OfficeWord.PLANNER).startswith("SỞ THÔNG TIN VÀ TRUYỀN THÔNG TỈNH HÀ")
    assert new.head_other("poverty").startswith("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG")
    assert old.head_other("poverty").startswith("SỞ LAO ĐỘNG")
    assert open_demonstration("79").head_other("home_affairs") == (
        "SỞ NỘI VỤ THÀNH PHỐ HỒ CHÍ MINH (MÔ PHỎNG)"
    )


def test_an_unknown_province_is_refused_with_the_codes_that_there_are():
    with pytest.raises(
        ParameterFault, match=r"no province 99; there are: 01, 02, .* → give a code"
    ):
        simulate_province(size="hamlet", seed=1, province="99")


def test_files_of_demonstrations_name_the_source_of_assumptions():
    country = next(file for file in list_demonstration_files() if not file.provinces)
    assert {form.form for form in country.land} <= {*country.relief, "mixed"}
    assert {form.towards for form in country.land} <= set(country.towards)
    assert all(kinds.source for kinds in country.hamlet_kinds)
    for east, north in country.towards.values():
        assert np.hypot(east, north) == pytest.approx(1, abs=1e-3)
    listed = [code for land in country.land for code in land.provinces]
    assert len(listed) == len(set(listed)), "no province has two forms of land"
    assert set(PRESENT) <= set(listed)


@pytest.mark.long
@pytest.mark.parametrize("code", PRESENT)
def test_every_province_makes_a_world_on_which_people_live_apart(code):
    world = simulate_province(size="hamlet", seed=3, province=code)
    outlines = world.communes.geometry.to_numpy()
    assert len(world.hamlets) == 14 and shapely.coverage_is_valid(outlines)
    whole = shapely.union_all(outlines)
    assert shapely.contains_xy(whole, world.hamlets["x_m"], world.hamlets["y_m"]).all()
    assert world.cells["operator"].nunique() == 4
    assert not world.hamlets.duplicated(["commune_code", "kind", "name"]).any()
    west, south, east, north = province_box(code, world.demonstration.edition)
    lon, lat = world.hamlets["lon"], world.hamlets["lat"]
    assert lon.between(west - 0.1, east + 0.1).all() and lat.between(south - 0.1, north + 0.1).all()


def read_words(path):
    """Return all text of a file; of a workbook, of every sheet."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as parts:
            names = [n for n in parts.namelist() if n.endswith(".xml")]
            return " ".join(parts.read(n).decode("utf-8") for n in names)
    return path.read_bytes().decode("utf-8", errors="replace")


@pytest.fixture(scope="module")
def delivered(tmp_path_factory):
    """The raw files of Tuyên Quang, with its world."""
    folder = tmp_path_factory.mktemp("tuyen_quang")
    world = simulate_province(size="hamlet", seed=5, province="08")
    return world, write_province(world, folder / "raw")


@pytest.mark.long
def test_no_file_of_another_province_bears_a_name_or_a_day_of_the_first(delivered):
    _, province = delivered
    kinds = (".xlsx", ".toml", ".geojson", ".txt", ".json", ".dbf")
    files = [p for p in province.parent.rglob("*") if p.suffix in kinds]
    assert len(files) > 12
    for path in files:
        text = re.sub(r"\b\d{5,}\b", "", read_words(path))
        text = re.sub(r'"?https?://[^" ]+', "", text).replace("schemas", "")
        found = set(OF_ONE.findall(text))
        allowed = {"huyện"} if "hoc_sinh" in path.name else set()  # former districts, in addresses
        assert found <= allowed, path.name
        assert path.suffix == ".dbf" or "MÔ PHỎNG" in text or "mô phỏng" in text, path.name


@pytest.mark.long
def test_the_notice_names_people_and_borders_as_made_up(delivered):
    _, province = delivered
    notice = (province.parent / NOTICE_FILE).read_text(encoding="utf-8")
    assert "dân số là bịa ra" in notice and "2025-07-01" in notice
    assert "Borders, terrain, hamlets" in notice
    columns = pyogrio.read_info(province.parent / "mo_phong_ranh_gioi_xa.shp")["fields"]
    assert "MA_XA" in columns and "MA_HUYEN" not in columns


@pytest.mark.long
def test_islands_left_out_are_named_in_the_notice(tmp_path):
    extent = count_units("79")
    assert extent.left_out == ("đặc khu Côn Đảo",)


@pytest.mark.long
@pytest.mark.parametrize("code", ["08", "79", "02"])
def test_a_run_finds_the_hamlets_of_its_pupils_and_every_planted_fault(code, tmp_path):
    province = write_province(
        simulate_province(size="hamlet", seed=242, province=code), tmp_path / "raw"
    )
    run_province(province, tmp_path / "out", publish=True)
    truth = pd.read_csv(
        province.parent / "truth" / "mo_phong_hoc_sinh_that.csv", dtype="str", keep_default_na=False
    )
    students = read_table(tmp_path / "out", "students")
    matched = (students["match_status"] == "MATCHED").mean()
    assert matched >= (truth["expected_status"] == "MATCHED").mean() - 0.02
    wrong = pd.read_csv(province.parent / "truth" / "mo_phong_dong_sai.csv")
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    quarantined = sum(source["rows_quarantined"] for source in summary["sources"])
    assert quarantined == (wrong["severity"] == "error").sum()
    assert summary["code"] == code and summary["demonstration"]
