"""A file is opened once, its form is detected once, and its headings are sought once a sheet."""

import json
from collections import Counter

import pytest
from tests.intake.offices import PLACES, check, write_csv, write_xlsx

from phusong.intake import headings, registry, source_file, vectors

HEAD = ["Họ và tên", "Ngày sinh", "Trường", "Lớp", "Xã", "Hộ nghèo"]
ROWS = [["Nguyễn Văn Mẫu", "12/03/2011", "TH Mẫu", "5A", "Đạo Trù", "x"]]
MASTS = ["Mã trạm", "Doanh nghiệp", "Kinh độ", "Vĩ độ", "Công nghệ"]
MAST = ["A1", "Viettel", *PLACES[0], "4G"]
#: What is counted: who opens (a workbook, a text, a layer), who detects the form, who seeks headings.
STEPS = {
    "open": [(source_file, "open_workbook"), (registry, "decode_bytes"), (vectors, "open_layer")],
    "sniff": [(source_file, "sniff_form")],
    "search": [(headings, "_search_header")],
}


@pytest.fixture
def counts(monkeypatch):
    counted = Counter()

    def _put(step, module, name):
        real = getattr(module, name)

        def _count(*args, **named):
            counted[step] += 1
            return real(*args, **named)

        monkeypatch.setattr(module, name, _count)

    for step, places in STEPS.items():
        for module, name in places:
            _put(step, module, name)
    return counted


@pytest.mark.parametrize("sheets", [1, 3])
def test_a_workbook_of_pupils(tmp_path, counts, sheets):
    more = [(f"Trang {i}", [HEAD, *ROWS]) for i in range(2, sheets + 1)]
    path = write_xlsx(tmp_path / "a.xlsx", [HEAD, *ROWS], more=more)
    assert check("students", path).diagnosis.rows_accepted == sheets
    assert counts == {"open": 1, "sniff": 1, "search": sheets}


def test_a_workbook_of_masts_beside_other_sheets(tmp_path, counts):
    more = [("Ghi chú", [["Lưu ý"], ["a"]]), ("Khác", [["b"]])]
    path = write_xlsx(tmp_path / "a.xlsx", [MASTS, MAST], more=more)
    assert check("cells", path).diagnosis.rows_accepted == 1
    assert counts == {"open": 1, "sniff": 1, "search": 3}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_text_table(tmp_path, counts, separator):
    path = write_csv(tmp_path / "a.csv", [["DANH SÁCH"], HEAD, *ROWS], separator=separator)
    assert check("students", path).diagnosis.rows_accepted == 1
    assert counts == {"open": 1, "sniff": 1, "search": 1}


def test_a_layer(tmp_path, counts):
    feature = {
        "type": "Feature",
        "properties": dict(zip(MASTS[:2], MAST[:2], strict=True)),
        "geometry": {"type": "Point", "coordinates": PLACES[0]},
    }
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert check("fibre_nodes", path).diagnosis.rows_accepted == 1
    assert counts == {"open": 1, "sniff": 1, "search": 1}
