"""Packed files: whatever is read unpacked is read packed, and a cure that is obeyed leads on."""

import gzip
import shutil
import zipfile

import numpy as np
import pytest
import shapely
from tests.intake.offices import check, rules, write_csv, write_xlsx
from tests.intake.surveyors import feature, write_json

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


def test_a_grid_in_text_is_terrain_once_its_system_is_told(tmp_path):
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
def test_a_grid_that_is_cut_short_says_so(tmp_path, cells):
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
