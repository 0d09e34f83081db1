"""Every column of a file is listed: read as what, or not read; what may decide something is asked about."""

import csv
import json

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.offices import PLACES, check, fixes, rules, write_csv, write_xlsx

from phusong.cli.answering import answer_lines
from phusong.cli.checking import parse_answers, write_rows
from phusong.intake.aliases import known_headings
from phusong.intake.columns import DECIDING, resolve_answers
from phusong.intake.headings import match_heading
from phusong.intake.likeness import find_near
from phusong.intake.network_aliases import FIBRE_NODES
from phusong.vocabulary.errors import ParameterFault

LON, LAT = PLACES[0]
#: One accepted row of each kind that comes as a table: heading → cell.
ROWS = {
    "cells": {
        "Mã trạm": "A1", "Nhà mạng": "Viettel", "Công nghệ": "4G", "Kinh độ": LON, "Vĩ độ": LAT,
        "Chiều cao anten": "42", "Băng tần": "1800", "Azimuth": "120", "EIRP": "55", "Loại cột": "dây co",
    },
    "fibre_nodes": {
        "Mã tủ": "T1", "Doanh nghiệp": "VNPT", "Loại": "Tủ", "Kinh độ": LON, "Vĩ độ": LAT,
        "Số port": "128", "Port rỗi": "8", "Trạng thái": "hiện có",
    },
    "hamlets": {
        "Tên thôn": "Đồng Mẫu", "Loại": "Thôn", "Mã xã": "08914", "Số hộ": "100", "Số nhân khẩu": "400",
        "Thôn ĐBKK (x)": "x", "Kinh độ": PLACES[1][0], "Vĩ độ": PLACES[1][1],
    },
    "schools": {
        "Mã trường": "260101", "Tên trường": "TH Mẫu", "Cấp học": "TH", "Mã xã": "08914", "Số HS": "300",
        "Có Internet": "x",
    },
    "claims": {
        "Doanh nghiệp": "VNPT", "Thôn": "Đồng Mẫu", "Mã xã": "08914", "Dịch vụ": "Cáp quang", "Đã có": "x",
        "Số hộ có thể lắp": "20",
    },
    "students": {
        "Họ và tên": "Nguyễn Văn Mẫu", "Ngày sinh": "12/03/2011", "Lớp": "5A", "Trường": "TH Mẫu",
        "Xã": "Đạo Trù", "Thôn": "Đồng Mẫu", "SĐT": "0900000123", "Diện chính sách": "Hộ nghèo",
        "Có thiết bị": "không", "Kết nối Internet": "4G",
    },
    "poverty": {
        "Họ tên chủ hộ": "Trần Văn Mẫu", "Năm sinh": "1980", "Thôn": "Đồng Mẫu", "Xã": "Đạo Trù",
        "Phân loại": "nghèo", "Số khẩu": "4",
    },
    "commitments": {
        "Doanh nghiệp": "VNPT", "Thôn": "Đồng Mẫu", "Mã xã": "08914", "Công nghệ": "Cáp quang",
        "Ngày cam kết": "30/12/2021", "Tiến độ": "đang thi công",
    },
    "contributions": {
        "Số phiếu": "PT-1", "Ngày": "01/10/2021", "Đơn vị ủng hộ": "Công ty Mẫu", "Loại": "Doanh nghiệp",
        "Hình thức": "Tiền", "Đã nhận (đ)": "5000000",
    },
    "lots": {"Mã lô": "L1", "Loại": "Máy tính bảng", "Số lượng": "10", "Tình trạng": "Mới"},
    "packages": {"Mã gói": "G1", "Nhà mạng": "Viettel", "Tên gói": "ST", "Số lượng": "10", "Số tháng": "3"},
}  # fmt: skip


def write(path, row, *more):
    return write_csv(path, [list(row), list(row.values()), *more])


def read_as(checked):
    return {c.heading: c.read_as for c in checked.diagnosis.columns}


@pytest.mark.parametrize("kind", ROWS)
def test_every_column_of_a_good_file_is_listed_as_read(tmp_path, kind):
    checked = check(kind, write(tmp_path / "a.csv", ROWS[kind]))
    assert checked.diagnosis.exit_code == 0, checked.diagnosis
    assert read_as(checked) == {h: match_heading(h, kind)[0] for h in ROWS[kind]}
    assert {c.filled_share for c in checked.diagnosis.columns} == {1.0}


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_columns_in_are_columns_read_and_not_read(tmp_path, data):
    """Whatever headings are renamed to, and whatever stands beside them, the report names each column."""
    kind = data.draw(st.sampled_from(sorted(ROWS)))
    row = ROWS[kind]
    names = st.text("abcdeghikvxyzăâêôơưđạảồ 0123456789()/.:", min_size=1, max_size=20)
    renamed = {h: data.draw(st.one_of(st.just(h), names.map(str.strip))) for h in row}
    headings = [new or old for old, new in renamed.items()]
    checked = check(kind, write_csv(tmp_path / "a.csv", [headings, list(row.values())]))
    columns = checked.diagnosis.columns
    if columns:  # nothing is listed where no heading is known, or one stands twice
        assert len(columns) == len(headings)
        assert [c.heading for c in columns if c.heading in headings]
        assert all(
            c.read_as is None or c.read_as in dict(known_headings(kind).values()) for c in columns
        )
    else:
        assert checked.diagnosis.status == "refused"


@pytest.mark.parametrize("kind", ROWS)
def test_an_optional_heading_under_a_nonsense_word_is_named(tmp_path, kind):
    for heading in ROWS[kind]:
        row = {("Zxqvbn" if h == heading else h): cell for h, cell in ROWS[kind].items()}
        checked = check(kind, write(tmp_path / "a.csv", row))
        assert read_as(checked)["Zxqvbn"] is None


def test_a_share_states_how_much_of_a_column_is_filled(tmp_path):
    row = ROWS["fibre_nodes"]
    more = [cell if heading != "Port rỗi" else " " for heading, cell in row.items()]
    more[0] = "T2"
    checked = check("fibre_nodes", write(tmp_path / "a.csv", row, more))
    assert next(c.filled_share for c in checked.diagnosis.columns if c.heading == "Port rỗi") == 0.5


def test_each_sheet_of_a_workbook_lists_its_own_columns(tmp_path):
    row = ROWS["students"]
    other = [*row, "Ghi chú của lớp"]
    path = write_xlsx(
        tmp_path / "a.xlsx",
        [list(row), list(row.values())],
        sheet="TH",
        more=[("THCS", [other, [*row.values(), "x"]])],
    )
    columns = check("students", path).diagnosis.as_dict()["columns"]
    assert [(c["sheet"], c["heading"]) for c in columns] == [
        *(("TH", h) for h in row),
        *(("THCS", h) for h in other),
    ]
    assert [c["heading"] for c in columns if c["read_as"] is None] == ["Ghi chú của lớp"]


def test_attributes_of_a_layer_are_its_columns(tmp_path):
    features = [
        {
            "type": "Feature",
            "properties": {"Mã tủ": f"T{i}", "Doanh nghiệp": "VNPT", "màu": "xanh", "Port rỗi": i},
            "geometry": {"type": "Point", "coordinates": PLACES[i]},
        }
        for i in range(2)
    ]
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert read_as(check("fibre_nodes", path)) == {
        "Mã tủ": "node_id", "Doanh nghiệp": "operator", "màu": None, "Port rỗi": "ports_free",
    }  # fmt: skip


def test_one_column_in_the_report_is_heading_name_and_share(tmp_path):
    columns = check("lots", write(tmp_path / "a.csv", ROWS["lots"])).diagnosis.as_dict()["columns"]
    assert columns[0] == {"heading": "Mã lô", "read_as": "lot_id", "filled_share": 1.0}


@pytest.mark.parametrize(
    ("kind", "heading", "name"),
    [
        ("cells", "Cao độ treo anten (m)", "height_m"),
        ("cells", "Tần số làm việc", "band"),
        ("cells", "Công suất phát (W)", "eirp_dbm"),
        ("cells", "Góc phương vị của anten chính", "azimuth"),
        ("fibre_nodes", "SL port trống", "ports_free"),
        ("fibre_nodes", "Số cổng còn lại có thể cung cấp", "ports_free"),
        ("students", "TB để học trực tuyến", "device"),
        ("students", "Hộ nghèo năm 2021", "poor"),
        ("students", "Ket noi mang o nha", "connection"),
        ("schools", "Tong so hs toan truong", "pupils"),
        ("cells", "Antenna heigth", "height_m"),
    ],
)
def test_what_shares_the_distinctive_words_is_near(kind, heading, name):
    assert match_heading(heading, kind) is None
    assert find_near(heading, kind).name == name


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("hamlets", "Số hộ nghèo"),
        ("cells", "Nguồn điện"),
        ("cells", "Zxqvbn"),
        ("students", "Cân nặng"),
    ],
)
def test_what_is_of_no_use_or_quite_different_is_near_to_nothing(kind, heading):
    near = find_near(heading, kind)
    assert near is None or not near.name


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("fibre_nodes", "Số port còn lại"),
        ("cells", "Độ cao treo anten so với mặt đất (m)"),
        ("cells", "Băng tần sử dụng"),
        ("cells", "Góc hướng búp sóng chính"),
        ("cells", "Công suất phát EIRP"),
        ("students", "Hộ nghèo/cận nghèo"),
        ("students", "Diện CS"),
        ("students", "Thiết bị học online"),
        ("students", "Điện thoại LH"),
    ],
)
def test_headings_that_offices_write_are_known(kind, heading):
    assert match_heading(heading, kind) is not None


def rename(kind, old, new):
    return {(new if h == old else h): cell for h, cell in ROWS[kind].items()}


def test_a_column_near_a_known_one_is_warned_of_with_an_example(tmp_path):
    row = rename("cells", "EIRP", "Công suất phát (dBm)")
    checked = check("cells", write(tmp_path / "a.csv", row))
    assert checked.diagnosis.exit_code == 0
    fault = next(f for f in checked.diagnosis.faults if f.rule == "column_unread")
    assert (fault.row, fault.column, fault.value, fault.severity) == (
        0, "Công suất phát (dBm)", "55", "warning",
    )  # fmt: skip
    assert "eirp_dbm" in fault.suggestion


@pytest.mark.parametrize(
    ("kind", "old", "new", "name"),
    [
        ("fibre_nodes", "Port rỗi", "Port thực tế còn dư lại", "ports_free"),
        ("cells", "Băng tần", "Tần số làm việc", "band"),
        ("cells", "Chiều cao anten", "Cao độ treo anten", "height_m"),
        ("students", "Có thiết bị", "TB để học trực tuyến", "device"),
        ("students", "Diện chính sách", "Hộ nghèo năm 2021", "poor"),
        ("students", "SĐT", "Điện thoại của bố mẹ HS", "phone"),
        ("claims", "Đã có", "Có cáp quang chưa", "ready"),
    ],
)
def test_what_decides_something_is_asked_and_answered(tmp_path, kind, old, new, name):
    assert name in DECIDING[kind]
    path = write(tmp_path / "a.csv", rename(kind, old, new))
    asked = check(kind, path).diagnosis
    assert (asked.status, asked.exit_code, asked.question.about) == ("needs_answer", 3, "column")
    assert any(choice.startswith(f"{new}=") for choice in asked.question.choices)
    assert all(new in "\n".join(answer_lines(asked, lang)) for lang in ("vi", "en"))
    answered = check(kind, path, read={new: name})
    assert answered.diagnosis.exit_code == 0
    assert read_as(answered)[new] == name
    assert fixes(answered)["column_answered"] == 1
    if kind != "claims":  # without it, a claim says nothing
        assert read_as(check(kind, path, read={new: ""}))[new] is None


def test_a_value_of_a_pupil_is_never_an_example(tmp_path):
    row = rename("students", "SĐT", "Điện thoại của bố mẹ HS")
    report = json.dumps(check("students", write(tmp_path / "a.csv", row)).diagnosis.as_dict())
    assert "0900000123" not in report


def test_pupils_without_any_stated_need_are_asked_about(tmp_path):
    needs = ("Diện chính sách", "Có thiết bị", "Kết nối Internet")
    row = {h: c for h, c in ROWS["students"].items() if h not in needs}
    assert check("students", write(tmp_path / "a.csv", row)).diagnosis.exit_code == 0
    noted = {**row, "Ghi chú": "hoàn cảnh khó khăn", "STT": "1"}
    path = write(tmp_path / "b.csv", noted)
    question = check("students", path).diagnosis.question
    assert question.about == "column"
    assert {"Ghi chú=", "Ghi chú=classes", "*="} <= set(question.choices)
    assert not any(choice.startswith("STT") for choice in question.choices)
    for answer in ({"Ghi chú": ""}, {"*": ""}, {"Ghi chú": "classes"}):
        assert check("students", path, read=answer).diagnosis.exit_code == 0


def test_free_ports_are_what_is_left_of_all_without_those_in_use(tmp_path):
    for used in FIBRE_NODES["ports_used"]:
        row = rename("fibre_nodes", "Port rỗi", used)
        checked = check("fibre_nodes", write(tmp_path / "a.csv", row))
        assert checked.accepted["ports_free"].tolist() == [120]
        assert fixes(checked)["ports_subtracted"] == 1


def test_ports_that_do_not_add_up_are_reported(tmp_path):
    row = {**ROWS["fibre_nodes"], "Cổng đã dùng": "128"}
    checked = check("fibre_nodes", write(tmp_path / "a.csv", row))
    assert rules(checked) == ["ports_disagree"]
    assert checked.accepted["ports_free"].tolist() == [8]
    row = {**rename("fibre_nodes", "Port rỗi", "Cổng đã dùng"), "Cổng đã dùng": "200"}
    checked = check("fibre_nodes", write(tmp_path / "a.csv", row))
    assert rules(checked) == ["more_used_than_ports"]
    assert checked.accepted["ports_free"].isna().all()


@pytest.mark.parametrize("kind", ["cells", "students"])
def test_an_answer_about_a_column_that_is_not_there_lists_the_columns(tmp_path, kind):
    checked = check(kind, write(tmp_path / "a.csv", ROWS[kind]), read={"Không có": ""})
    assert checked.diagnosis.exit_code == 2
    fault = checked.diagnosis.faults[0]
    assert (fault.rule, fault.column) == ("no_such_heading", "Không có")
    assert all(heading in fault.suggestion for heading in ROWS[kind])
    before = check(kind, write(tmp_path / "a.csv", ROWS[kind]), read_before={"Không có": ""})
    assert before.diagnosis.exit_code == 0


def test_an_answer_that_names_no_column_of_the_kind_lists_them():
    assert resolve_answers("fibre_nodes", {"A": "Cổng rỗi", "B": ""}) == {
        "A": "ports_free",
        "B": "",
    }
    with pytest.raises(ParameterFault, match="ports_free"):
        resolve_answers("fibre_nodes", {"A": "cổng hậu"})
    with pytest.raises(ParameterFault, match="another heading"):
        resolve_answers("fibre_nodes", {"A": "ports_free", "B": "Port rỗi"})
    with pytest.raises(ParameterFault, match="HEADING=COLUMN"):
        parse_answers(["Port còn"])
    assert parse_answers(["a=b=ports", "Ghi chú="]) == {"a=b": "ports", "Ghi chú": ""}


def test_a_donor_under_an_answered_heading_is_hidden_as_any_other(tmp_path):
    row = {("Bên tặng" if h == "Đơn vị ủng hộ" else h): c for h, c in ROWS["contributions"].items()}
    row |= {"Bên tặng": "Nguyễn Văn Mẫu", "Loại": "Cá nhân"}
    path = write(tmp_path / "a.csv", row)
    checked = check("contributions", path, read={"Bên tặng": "donor"})
    assert fixes(checked)["name_hidden"] == 1
    assert "Nguyễn Văn Mẫu" not in str(checked)


def test_a_missing_column_that_another_resembles_is_asked_about(tmp_path):
    row = rename("cells", "Công nghệ", "Công nghệ đang phát tại trạm")
    question = check("cells", write(tmp_path / "a.csv", row)).diagnosis.question
    assert question.choices == ["Công nghệ đang phát tại trạm=technology"]


def test_a_list_without_any_position_names_every_way_to_give_one(tmp_path):
    row = {h: c for h, c in ROWS["cells"].items() if h not in ("Kinh độ", "Vĩ độ")}
    fault = check("cells", write(tmp_path / "a.csv", row)).diagnosis.faults[0]
    assert fault.rule == "missing_position"
    assert "Kinh độ và Vĩ độ, hoặc một cột Tọa độ, hoặc X và Y" in fault.suggestion


def crowd_row(i, radio="LTE"):
    lon, lat = PLACES[i % len(PLACES)]
    return [radio, 452, 4, 25000 + i, 30000 + i, -1, lon, lat, 900, 3, 1, 1451606400, 1609459200, 0]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_an_export_of_opencellid_needs_no_headings(tmp_path, separator):
    rows = [crowd_row(i, radio) for i, radio in enumerate(("LTE", "GSM", "UMTS", "NR"))]
    checked = check("cells", write_csv(tmp_path / "452.csv", rows, separator=separator))
    assert (checked.diagnosis.rows_in, checked.diagnosis.rows_accepted) == (4, 4)
    assert fixes(checked)["headings_added"] == 4
    assert checked.accepted["technology"].tolist() == ["4G", "2G", "3G", "5G"]


@pytest.mark.parametrize("kind", ["cells", "students", "fibre_nodes", "schools"])
def test_a_row_of_data_where_headings_should_stand_is_named_as_such(tmp_path, kind):
    row = {
        "cells": ["VPC1", "Viettel", "LTE", 105.61, 21.31],
        "students": [1, "Nguyễn Văn Mẫu", "12/03/2011", "2600000001", "5A", "Nam"],
        "fibre_nodes": ["ODF-1", "VNPT", "105.61", "21.31", 128],
        "schools": ["26010203", "TH Mẫu", "TH", "105.61", "21.31"],
    }[kind]
    checked = check(kind, write_csv(tmp_path / "a.csv", [row, row]))
    assert rules(checked) == ["headings_are_data"]
    assert "Mẫu" not in json.dumps(checked.diagnosis.as_dict(), ensure_ascii=False)


def test_headings_read_in_a_wrong_encoding_are_repaired_before_columns_are_sought(tmp_path):
    text = "\n".join(",".join(map(str, r)) for r in (ROWS["cells"], ROWS["cells"].values()))
    path = tmp_path / "a.csv"
    path.write_text(text.encode().decode("cp1252", "ignore"), encoding="utf-8")
    checked = check("cells", path)
    assert read_as(checked)["Chiều cao anten"] == "height_m"
    assert fixes(checked)["headings_mended"] > 1
    described = [(f.rule, f.column) for f in checked.diagnosis.fixes if f.rule.endswith("_mended")]
    assert described[0] == ("headings_mended", "")
    assert all(column in ROWS["cells"] for rule, column in described if rule == "letters_mended")


def test_the_console_lists_columns_read_and_not_read(tmp_path):
    row = {**ROWS["fibre_nodes"], "Zxqvbn": "1"}
    described = check("fibre_nodes", write(tmp_path / "a.csv", row)).diagnosis
    text = " ".join("\n".join(answer_lines(described, "vi")).split())
    assert "Port rỗi → Cổng rỗi (100 %)" in text
    assert "Cột không đọc - Zxqvbn" in text
    assert "Port rỗi → Free ports (100 %)" in " ".join(
        "\n".join(answer_lines(described, "en")).split()
    )


def test_a_column_is_read_as_a_person_answers_whatever_else_is_known(tmp_path):
    row = {**ROWS["fibre_nodes"], "Thực đo": "3"}
    checked = check("fibre_nodes", write(tmp_path / "a.csv", row), read={"Thực đo": "ports_free"})
    assert checked.accepted["ports_free"].tolist() == [3]
    assert "heading_preferred" in rules(checked)
    with (tmp_path / "a.csv").open(encoding="utf-8") as stream:
        assert len(next(csv.reader(stream))) == len(checked.diagnosis.columns)


@pytest.mark.parametrize("kind", ROWS)
def test_the_accepted_table_is_read_back_as_it_was_written(tmp_path, kind):
    first = check(kind, write(tmp_path / "a.csv", ROWS[kind]))
    write_rows(first, tmp_path / "b.csv")
    again = check(kind, tmp_path / "b.csv")
    plain = [c for c in first.accepted.columns if c != "geometry"]
    pd.testing.assert_frame_equal(
        pd.DataFrame(again.accepted)[plain], pd.DataFrame(first.accepted)[plain], check_dtype=False
    )


@pytest.mark.parametrize(
    ("kind", "stated"),
    [
        ("cells", {"complete": "False", "samples": "3", "range_m": "900.0"}),
        ("fibre_nodes", {"complete": "False", "access": "False"}),
        (
            "students",
            {"record_id": "TH!7", "poverty": "near_poor", "hardships": "orphan_one|minority"},
        ),
        ("students", {"device": "shared", "device_kind": "smartphone", "connection": "mobile_4g"}),
        ("poverty", {"entry_id": "DS!9", "poverty": "near_poor"}),
    ],
)
def test_columns_added_by_intake_are_accepted_in_its_own_table(tmp_path, kind, stated):
    first = check(kind, write(tmp_path / "a.csv", ROWS[kind]))
    frame = first.accepted.assign(**stated)
    frame.to_csv(tmp_path / "b.csv", index=False)
    again = check(kind, tmp_path / "b.csv").accepted
    assert (
        again[list(stated)].astype("str").to_numpy().tolist()
        == frame[list(stated)].astype("str").to_numpy().tolist()
    )
