"""The door: whatever comes is answered, and no row is lost."""

import csv
import json
import pickle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.offices import (
    PARAMETERS,
    PLACES,
    check,
    fixes,
    rules,
    write_csv,
    write_xlsx,
)

from phusong.intake.aliases import TABLES
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.door import check_source
from phusong.intake.quarantine import write_quarantine
from phusong.intake.registry import KINDS
from phusong.vocabulary.errors import ParameterFault, PhusongError
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.schema import check_table
from phusong.vocabulary.tables.accepted import ACCEPTED

HEAD = ["Mã trạm", "Doanh nghiệp", "Kinh độ", "Vĩ độ", "Công nghệ", "Loại cột"]
GOOD = ["A1", "Viettel", *PLACES[0], "4G", "dây co"]


def cells(tmp_path, *rows, **options):
    return check("cells", write_csv(tmp_path / "a.csv", [HEAD, *rows]), **options)


def test_every_source_kind_has_its_table_and_someone_who_reads_it():
    assert set(KINDS) == set(TABLES)


def test_a_good_file_is_accepted_as_the_canonical_table(tmp_path):
    checked = cells(tmp_path, GOOD, ["A2", "VNPT", *PLACES[1], "3G", ""])
    d = checked.diagnosis
    assert (d.status, d.exit_code, d.rows_in, d.rows_accepted, d.question) == (
        "accepted",
        0,
        2,
        2,
        None,
    )
    check_table(checked.accepted, ACCEPTED["cells"])
    assert checked.quarantined.empty


def test_the_report_is_what_the_command_promises(tmp_path):
    report = json.loads(
        json.dumps(cells(tmp_path, GOOD, ["A2", "VNPT", "", "", "3G", ""]).diagnosis.as_dict())
    )
    assert list(report) == [
        "kind",
        "file",
        "status",
        "rows_in",
        "rows_accepted",
        "rows_quarantined",
        "columns",
        "fixes",
        "faults",
        "question",
    ]
    assert list(report["faults"][0]) == ["row", "column", "rule", "severity", "value", "suggestion"]


def test_what_stands_beside_rows_is_listed_and_not_counted(tmp_path):
    rows = [["DANH SÁCH TRẠM"], HEAD, ["", "", "(độ)", "(độ)", "", ""], GOOD, ["Tổng cộng", "1"]]
    checked = check("cells", write_xlsx(tmp_path / "a.xlsx", rows))
    assert checked.diagnosis.rows_in == 1
    assert fixes(checked) == {"title_row": 1, "unit_row": 1, "total_row": 1}


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "empty_file"),
        (b"\n \n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (",".join(HEAD).encode(), "headings_only"),
        (b"a,b\n1,2\n", "no_headings"),
        ("Mã trạm,Công nghệ\nA,4G\n".encode(), "missing_position"),
        ("Mã trạm,Kinh độ,Công nghệ\nA,105.6,4G\n".encode(), "missing_column"),
        (b"A,105.61,21.31,4G\nB,105.62,21.32,4G\n", "headings_are_data"),
        ("Kinh độ,Kinh độ,Vĩ độ,4G\n1,2,3,x\n".encode(), "duplicate_heading"),
        (b"<html><table></table></html>", "form_page"),
        (pickle.dumps([1]), "form_pickle"),
        (b"%PDF-1.4", "form_pdf"),
        (b"<OGRVRTDataSource/>", "form_virtual"),
        (b"II*\0" + bytes(100), "wrong_form"),
        (b"PK\x03\x04" + bytes(40), "damaged_file"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_in_one_sentence(tmp_path, data, rule):
    path = tmp_path / "tram.csv"
    path.write_bytes(data)
    checked = check("cells", path)
    d = checked.diagnosis
    assert (d.status, d.exit_code, d.rows_accepted) == ("refused", 2, 0)
    assert (d.faults[0].row, d.faults[0].rule, d.faults[0].severity) == (0, rule, "error")
    assert "·" in d.faults[0].suggestion
    assert checked.accepted is None


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path):
    assert rules(check("cells", tmp_path / "khong_co.csv")) == ["no_such_file"]
    assert rules(check("cells", tmp_path)) == ["no_such_file"]
    tight = load_parameters({"intake": {"file_cap_mb": 20.0}})
    path = tmp_path / "lon.csv"
    path.write_bytes(b"x" * 20_000_001)
    assert rules(check("cells", path, parameters=tight)) == ["file_too_large"]


def test_a_kind_may_not_come_in_every_form(tmp_path):
    path = write_csv(tmp_path / "a.csv", [HEAD, GOOD])
    assert rules(check("roads", path)) == ["wrong_form"]
    assert rules(check("terrain", path)) == ["wrong_form"]
    with pytest.raises(ParameterFault, match="fibre_nodes"):
        check("trạm", path)


def test_a_library_that_chokes_is_a_refusal_and_our_own_mistake_is_not(tmp_path, monkeypatch):
    path = write_csv(tmp_path / "a.csv", [HEAD, GOOD])

    def choke(*_args, **_kwargs):
        raise KeyError("lạ")

    with monkeypatch.context() as patch:
        patch.setattr("phusong.intake.registry.read_delimited", choke)
        assert rules(check("cells", path)) == ["unreadable"]
    with monkeypatch.context() as patch:
        patch.setattr("phusong.intake.cells.read_layers", choke)
        with pytest.raises(PhusongError, match="at fault") as caught:
            check("cells", path)
    assert caught.value.exit_code == 1


def test_a_file_of_bad_rows_alone_is_refused_with_every_reason(tmp_path):
    checked = cells(
        tmp_path, ["A1", "Viettel", "", "", "4G", ""], ["A2", "Viettel", "x", "y", "4G", ""]
    )
    d = checked.diagnosis
    assert (d.status, d.rows_in, d.rows_quarantined) == ("refused", 2, 2)
    assert d.faults[0].rule == "no_row_left"
    assert checked.quarantined["reasons"].str.len().gt(10).all()


def test_legacy_bytes_need_an_answer_and_are_read_once_it_is_given(tmp_path):
    text = "M· tr¹m,Doanh nghiÖp,Kinh ®é,VÜ ®é,C«ng nghÖ\nA1,Viettel,105.581,21.312,4G\n"
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode("cp1252"))
    asked = check("cells", path).diagnosis
    assert (asked.status, asked.exit_code, asked.question.about) == ("needs_answer", 3, "encoding")
    assert asked.question.choices[0] == "tcvn3"
    assert check("cells", path, encoding="tcvn3").diagnosis.rows_accepted == 1


def test_a_legacy_font_in_a_workbook_needs_an_answer_and_loses_no_row(tmp_path):
    rows = [HEAD, ["Tr¹m §ång GiÕng", "Viettel", *PLACES[0], "4G", "Tù ®øng"]]
    path = write_xlsx(tmp_path / "a.xlsx", rows)
    asked = check("cells", path).diagnosis
    assert (asked.status, asked.question.about, asked.rows_in) == ("needs_answer", "encoding", 1)
    checked = check("cells", path, encoding="tcvn3")
    assert checked.accepted["site_code"].tolist() == ["Trạm Đồng Giếng"]
    assert [f.column for f in checked.diagnosis.fixes] == ["Mã trạm", "Loại cột"]


def test_a_doubtful_thousand_needs_an_answer_where_it_matters(tmp_path):
    head = [*HEAD, "Chi phí thuê"]  # which nothing reads
    path = write_csv(tmp_path / "a.csv", [head, [*GOOD, "1.234"]])
    assert check("cells", path).diagnosis.status == "accepted"
    crowd = ["radio", "mcc", "net", "area", "cell", "lon", "lat", "range", "samples"]
    path = write_csv(tmp_path / "b.csv", [crowd, ["LTE", 452, 4, 1, 2, *PLACES[0], "1.234", 5]])
    assert check("cells", path).diagnosis.question.about == "number"


def test_text_that_could_act_is_made_harmless_and_listed(tmp_path):
    bad = ["=HYPERLINK(1)", "Viettel", *PLACES[0], "4G", "<img onerror=alert(1)>"]
    checked = cells(tmp_path, bad)
    found = checked.accepted.iloc[0]
    assert found["site_code"] == "'=HYPERLINK(1)"
    assert found["structure"] == "‹img onerror=alert(1)›"
    assert {"formula_neutralised", "markup_neutralised"} <= set(fixes(checked))


def test_the_quarantine_can_be_opened_in_a_spreadsheet(tmp_path):
    bad = ["=1+1", "Viettel", "", "", "4G", "dòng một\ndòng hai"]
    write_quarantine(cells(tmp_path, bad, GOOD), tmp_path / "loai.csv")
    assert (tmp_path / "loai.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "loai.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["row"], row["Mã trạm"], row["Loại cột"]) == ("2", "'=1+1", "dòng một\ndòng hai")
    assert "·" in row["reasons"]


def test_broken_rows_cost_themselves_only(tmp_path):
    path = tmp_path / "a.csv"
    lines = [
        ",".join(HEAD),
        "A1,Viettel,105.581,21.312,4G,x",
        "A2,Viettel,105.562",
        "A3,Vi\0ttel,105.591,21.442,4G,x",
    ]
    path.write_text(
        "\n".join([*lines, '"A4,Viettel,105.6,21.4,4G,x', "A5,Viettel,105.623,21.424,4G,x"]) + "\n",
        encoding="utf-8",
    )
    checked = check("cells", path)
    assert checked.diagnosis.rows_in == 5
    assert checked.accepted["site_code"].tolist() == ["A1", "A5"]
    assert [(f.row, f.rule) for f in checked.diagnosis.faults if f.rule != "not_a_coordinate"][
        :3
    ] == [
        (3, "ragged_row"),
        (3, "required_empty"),
        (4, "control_character"),
    ]


MESS = st.one_of(
    st.text(max_size=10),
    st.sampled_from(
        [
            "105.6",
            "21.3",
            "105,6",
            "4G",
            "x",
            "",
            "Viettel",
            "=1",
            "<b>",
            "1.234",
            "21°18'B",
            "0",
            "Tổng cộng",
            '"',
            "\0",
        ]
    ),
)


@pytest.mark.long
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    kind=st.sampled_from(["cells", "schools", "claims", "fibre_nodes", "hamlets"]),
    rows=st.lists(st.lists(MESS, min_size=5, max_size=8), max_size=5),
    separator=st.sampled_from([",", ";", "\t"]),
)
def test_whatever_comes_every_row_is_accounted_for(tmp_path, kind, rows, separator):
    heads = {
        "cells": ["Mã trạm", "Doanh nghiệp", "Kinh độ", "Vĩ độ", "Công nghệ", "Chiều cao"],
        "schools": ["Mã trường", "Tên trường", "Kinh độ", "Vĩ độ", "Xã", "Số HS"],
        "claims": ["Mã thôn", "Thôn", "Xã", "Doanh nghiệp", "Đã có", "Ngày"],
        "fibre_nodes": [
            "Mã tủ",
            "Loại",
            "Tọa độ",
            "Dung lượng port",
            "Trạng thái",
            "Ngày cập nhật",
        ],
        "hamlets": ["Mã thôn", "Tên thôn", "Mã xã", "Số hộ", "Vĩ độ", "Kinh độ"],
    }
    path = write_csv(tmp_path / "mess.csv", [heads[kind], *rows], separator=separator)
    checked = check(kind, path)
    d = checked.diagnosis
    faulty = {f.row for f in d.faults if f.severity == "error" and f.row}
    if d.status == "accepted":
        check_table(checked.accepted, ACCEPTED[kind])
        assert d.rows_quarantined == len(faulty)
        texts = [v for v in checked.accepted.to_numpy().ravel() if isinstance(v, str)]
        assert not [t for t in texts if "<" in t or ">" in t or t.startswith(("=", "@"))]
    else:
        assert d.rows_accepted == 0
        assert d.question or d.faults[0].row == 0


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    data=st.binary(max_size=300),
    kind=st.sampled_from(["cells", "schools", "communes", "roads", "terrain"]),
)
def test_any_bytes_are_answered(tmp_path, data, kind):
    path = tmp_path / "bytes.bin"
    path.write_bytes(data)
    d = check_source(kind, path, ReadOptions(), PARAMETERS).diagnosis
    assert d.status in ("refused", "needs_answer")
    assert d.rows_in == d.rows_quarantined
