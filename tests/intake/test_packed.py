"""Packed files: whatever is read unpacked is read packed, and a cure that is obeyed leads on."""

import bz2
import gzip
import shutil
import zipfile

import numpy as np
import pytest
import shapely
from tests.intake.offices import check, rules, write_csv, write_xlsx
from tests.intake.surveyors import feature, homes, write_json

from phusong.intake.terrain import read_terrain
from phusong.vocabulary.parameters import load_parameters

SCHOOLS = [["Mã trường", "Tên trường"], ["26001", "TH Thử"], ["26002", "THCS Thử"]]
AREA = shapely.geometry.mapping(shapely.box(105.55, 21.35, 105.56, 21.36))
INTAKE = load_parameters().intake


def tile(path):
    """A tile of SRTM over the province, rough ground everywhere."""
    heights = np.random.default_rng(7).integers(0, 1500, (1201, 1201))
    heights.astype(">i2").tofile(path)
    return path


def ascii_grid(path, *, west=105.3, south=21.1, cell=0.01, side=50, cells=None):
    head = f"ncols {side}\nnrows {side}\nxllcorner {west}\nyllcorner {south}\ncellsize {cell}\nNODATA_value -9999\n"
    body = cells or " ".join(str(float(n)) for n in range(side * side))
    path.write_text(head + body)
    return path


DELIVERED = {
    "schools.csv": ("schools", lambda path: write_csv(path, SCHOOLS), 2),
    "schools.xlsx": ("schools", lambda path: write_xlsx(path, SCHOOLS), 2),
    "vung.geojson": ("coverage", lambda path: write_json(path, [feature(AREA, cong_nghe="4G")]), 1),
    "N21E105.hgt": ("terrain", tile, 1),
}


def squeeze(path):
    packed = path.with_name(f"{path.name}.gz")
    with path.open("rb") as source, gzip.open(packed, "wb") as sink:
        shutil.copyfileobj(source, sink)
    return packed


def pack(path, *more):
    packed = path.with_name(f"{path.name}.zip")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in (path, *more):
            archive.write(one, one.name)
    return packed


@pytest.mark.parametrize("wrap", [squeeze, pack])
@pytest.mark.parametrize("name", DELIVERED)
def test_one_packed_file_is_read_as_the_file_itself(tmp_path, name, wrap):
    kind, make, rows = DELIVERED[name]
    path = wrap(make(tmp_path / name))
    checked = check(kind, path)
    assert (checked.diagnosis.status, checked.diagnosis.rows_in) == ("accepted", rows)
    assert checked.diagnosis.file == str(path)


def test_terrain_is_read_packed_where_a_province_is_made(tmp_path):
    plain = tile(tmp_path / "N21E105.hgt")
    box = (560_000.0, 2_330_000.0, 561_000.0, 2_331_000.0)
    whole, _ = read_terrain([plain], crs=5897, bounds=box)
    packed, table = read_terrain([pack(plain)], crs=5897, bounds=box, intake=INTAKE)
    assert np.array_equal(whole.elevation, packed.elevation)
    assert table["tile"].tolist() == ["N21E105.hgt"]


def test_a_readme_beside_the_data_is_left_alone(tmp_path):
    note = tmp_path / "doc.txt"
    note.write_text("hãy đọc")
    assert (
        check("schools", pack(write_csv(tmp_path / "a.csv", SCHOOLS), note)).diagnosis.rows_in == 2
    )


def test_a_grid_in_text_is_terrain_once_its_system_is_stated(tmp_path):
    path = ascii_grid(tmp_path / "dem.asc")
    asked = check("terrain", path).diagnosis
    assert (asked.question.about, asked.question.choices) == ("crs", ["4326"])
    assert check("terrain", path, crs=4326).diagnosis.rows_accepted == 1
    described = tmp_path / "dem.prj"
    described.write_text(
        'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]]'
    )
    assert check("terrain", path).diagnosis.status == "needs_answer", (
        "nothing beside a file is read"
    )
    assert check("terrain", pack(path, described)).diagnosis.rows_accepted == 1


@pytest.mark.parametrize("cells", ["1 2 3", "1,5 " * 2500, "x " * 2500])
def test_a_grid_that_is_cut_short_is_reported(tmp_path, cells):
    assert rules(check("terrain", ascii_grid(tmp_path / "dem.asc", cells=cells), crs=4326)) == [
        "raster_cut"
    ]


def test_a_gzip_is_held_to_the_caps_of_an_archive(tmp_path):
    bomb = tmp_path / "a.csv.gz"
    bomb.write_bytes(gzip.compress(b"0" * 5_000_000))
    assert rules(check("schools", bomb)) == ["archive_ratio"]
    cut = squeeze(write_csv(tmp_path / "b.csv", SCHOOLS))
    cut.write_bytes(cut.read_bytes()[:-12])
    assert rules(check("schools", cut)) == ["damaged_file"]
    nested = tmp_path / "c.zip.gz"
    nested.write_bytes(gzip.compress(b"PK"))
    assert rules(check("schools", nested)) == ["archive_nested"]
    tape = tmp_path / "d.tar.gz"
    tape.write_bytes(gzip.compress(bytes(range(256)) * 4))
    assert rules(check("schools", tape)) == ["archive_nested"]


# --- MapInfo

MAPINFO = {"tab": (".dat", ".map", ".id"), "mif": (".mid",)}


def mapinfo(folder, ending, *, names=("Đạo Trù", "Tích Sơn")):
    frame = homes(TEN_XA=list(names))
    frame.to_file(folder / f"xa.{ending}", driver="MapInfo File", encoding="UTF-8")
    return folder / f"xa.{ending}"


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("ending", MAPINFO)
def test_a_table_of_mapinfo_is_read_once_its_system_is_stated(tmp_path, ending, packed):
    path = mapinfo(tmp_path, ending)
    if packed:
        path = pack(path, *(path.with_suffix(part) for part in MAPINFO[ending]))
    asked = check("communes", path).diagnosis
    assert (asked.question.about, asked.question.choices[0]) == ("crs", "5897")
    assert "105°, k 0.9999" in asked.question.why
    checked = check("communes", path, crs=5897)
    assert sorted(checked.accepted["name"]) == ["Tích Sơn", "Đạo Trù"]


def test_a_table_of_mapinfo_alone_names_what_it_lacks_and_the_cure_leads_on(tmp_path):
    whole = mapinfo(tmp_path, "tab")
    lone = tmp_path / "lone"
    lone.mkdir()
    shutil.copyfile(whole, lone / "xa.tab")
    refused = check("communes", lone / "xa.tab")
    assert rules(refused) == ["mapinfo_part"]
    assert ".dat, .map, .id" in refused.diagnosis.faults[0].suggestion
    packed = pack(whole, *(whole.with_suffix(part) for part in MAPINFO["tab"]))
    assert check("communes", packed, crs=5897).diagnosis.rows_accepted == 2


# --- folders and files of KML

SPOT = "<Placemark><name>{name}</name><Point><coordinates>{lon},21.5,0</coordinates></Point></Placemark>"


def kml(*folders):
    body = "".join(f"<Folder><name>{name}</name>{inside}</Folder>" for name, inside in folders)
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>'


def test_a_folder_of_a_map_is_chosen_as_a_layer(tmp_path):
    path = tmp_path / "doc.kml"
    spots = [SPOT.format(name=f"ODF{i}", lon=105.5 + i / 100) for i in range(3)]
    path.write_text(kml(("TỦ QUANG", "".join(spots[:2])), ("Khác", spots[2])), "utf-8")
    packed = pack(path)
    checked = check("fibre_nodes", packed, layer="tủ quang")
    assert checked.accepted["node_id"].tolist() == ["ODF0", "ODF1"]
    refused = check("fibre_nodes", packed, layer="Không có")
    assert rules(refused) == ["no_such_layer"]
    assert "TỦ QUANG, Khác" in refused.diagnosis.faults[0].suggestion


def test_of_two_maps_in_an_archive_one_is_chosen(tmp_path):
    for name in ("a.kml", "b.kml"):
        (tmp_path / name).write_text(kml(("T", SPOT.format(name=name, lon=105.5))), "utf-8")
    packed = pack(tmp_path / "a.kml", tmp_path / "b.kml")
    asked = check("fibre_nodes", packed).diagnosis.question
    assert (asked.about, asked.choices) == ("layer", ["a.kml", "b.kml"])
    assert check("fibre_nodes", packed, layer="b.kml").accepted["node_id"].tolist() == ["b.kml"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            kml(("T", "<NetworkLink><Link><href>http://127.0.0.1:9/x</href></Link></NetworkLink>")),
            "kml_links",
        ),
        ("<html><body>see <kml> here</body></html>", "form_page"),
        ("<table><tr><td><kml></td></tr></table>", "form_page"),
        ("<!DOCTYPE html>\n<html><head></head></html>", "form_page"),
        ("<?xml version='1.0'?><!-- <kml> --><Workbook/>", "form_markup"),
    ],
)
def test_the_root_of_markup_decides_its_form(tmp_path, text, rule):
    path = tmp_path / "a.kml"
    path.write_text(text, "utf-8")
    assert rules(check("fibre_nodes", path)) == [rule]


@pytest.mark.parametrize(
    "inside", ["<![CDATA[<html><table><tr><td>1</td></tr></table></html>]]>", "<table/>"]
)
def test_a_map_with_a_page_in_its_descriptions_is_a_map(tmp_path, inside):
    spot = SPOT.format(name="ODF1", lon=105.5).replace(
        "<Point>", f"<description>{inside}</description><Point>"
    )
    path = tmp_path / "a.kml"
    path.write_text(f"<?xml version='1.0'?>\n<!-- ArcGIS -->\n{kml(('T', spot))}", "utf-8")
    assert check("fibre_nodes", path).accepted["node_id"].tolist() == ["ODF1"]


# --- a cure that is obeyed leads on


def test_a_kind_of_archive_that_is_not_read_is_refused_with_those_that_are(tmp_path):
    table = write_csv(tmp_path / "a.csv", SCHOOLS)
    other = tmp_path / "a.csv.bz2"
    other.write_bytes(bz2.compress(table.read_bytes()))
    refused = check("schools", other)
    assert rules(refused) == ["form_archive"]
    for obeyed in (pack(table), squeeze(table), table):
        assert check("schools", obeyed).diagnosis.exit_code == 0


def test_a_form_that_a_kind_cannot_have_is_named_in_good_english(tmp_path):
    refused = check("schools", tile(tmp_path / "N21E105.hgt")).diagnosis.faults[0]
    assert "this file is an elevation grid" in refused.suggestion
