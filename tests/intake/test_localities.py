"""Communes by code, by name, by both: in every kind, told of the edition in which they are one commune's."""

import pytest
from tests.intake.offices import check, fixes, matched, write_csv

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.localities import read_communes
from phusong.vocabulary.terms import Severity


def read(rows, severity=Severity.ERROR, edition="2021-01-01"):
    table, findings = matched(rows, "schools")
    codes = read_communes(table, findings, ReadOptions(edition=edition), severity=severity)
    return codes.where(codes.notna(), None).tolist(), findings


def test_a_code_is_taken_and_its_lost_zero_put_back():
    codes, findings = read([["Mã xã"], ["08914"], ["8914"], ["8914.0"], [""]])
    assert codes == ["08914", "08914", "08914", None]
    assert fixes(findings) == {"leading_zero": 2}
    assert not findings.faults


def test_a_name_is_enough_with_or_without_kind_and_accents():
    assert read([["Xã"], ["Đạo Trù"], ["xã Đạo Trù"], ["dao tru"], ["Phường Tích Sơn"]])[0] == [
        "08914",
        "08914",
        "08914",
        "08707",
    ]


def test_a_name_that_two_communes_carry_is_faulted_with_both():
    codes, findings = read([["Xã"], ["Xuân Hòa"]])
    (fault,) = findings.faults
    assert codes == [None]
    assert (fault.rule, fault.column, fault.row, fault.severity) == (
        "ambiguous_commune",
        "Xã",
        2,
        "error",
    )
    assert "08746" in fault.suggestion
    assert "08794" in fault.suggestion


def test_the_district_decides_between_homonyms():
    assert read([["Xã", "Huyện"], ["Xuân Hòa", "Lập Thạch"], ["Xuân Hoà", "TP Phúc Yên"]])[0] == [
        "08794",
        "08746",
    ]


def test_code_and_name_must_be_one_communes():
    rows = [["Mã xã", "Xã"], ["08914", "Xuân Hòa"], ["", "Hồ Sơn"], ["08929", "xã Hồ Sơn"]]
    codes, findings = read(rows)
    assert codes == [None, "08929", "08929"]
    described = [(f.rule, f.row, f.severity) for f in findings.faults]
    assert described == [("name_disagrees", 2, "error")]


def test_a_slip_in_the_name_beside_a_code_is_warned_of():
    codes, findings = read([["Mã xã", "Xã"], ["08914", "Đạo Chù"], ["08914", "UBND xã Đạo Trù"]])
    assert codes == ["08914", "08914"]
    assert [(f.rule, f.severity) for f in findings.faults] == [("name_disagrees", "warning")] * 2


def test_the_district_beside_code_and_name_must_be_theirs_where_it_is_any():
    rows = [["Mã xã", "Xã", "Huyện"], ["08794", "Xuân Hòa", "Phúc Yên"], ["08794", "Xuân Hòa", "?"]]
    codes, findings = read(rows)
    assert codes == [None, "08794"]
    assert [(f.rule, f.row) for f in findings.faults] == [("name_disagrees", 2)]


def test_a_district_that_is_no_more_does_not_hide_a_commune():
    rows = [["Xã", "Huyện"], ["Tam Đảo", "Tam Đảo"]]
    assert read(rows, edition="2025-07-01")[0] == ["08911"]


def test_what_the_edition_does_not_know_is_faulted():
    codes, findings = read([["Mã xã", "Xã"], ["99999", ""], ["", "Xã Không Có"]])
    assert codes == [None, None]
    assert [(f.rule, f.row, f.column) for f in findings.faults] == [
        ("unknown_commune", 2, "Mã xã"),
        ("unknown_commune", 3, "Xã"),
    ]


def test_a_milder_severity_is_kept():
    findings = read([["Xã"], ["Xã Không Có"]], severity=Severity.WARNING)[1]
    assert findings.faults[0].severity == "warning"


def test_codes_are_judged_by_their_edition():
    assert read([["Xã"], ["Trưng Trắc"]])[0] == ["08734"]
    assert read([["Xã"], ["Trưng Trắc"]], edition="2025-07-01")[0] == [None]


# --- every kind against every way in which a commune may be stated

#: kind → the other columns that it needs, and what each of its rows has in them.
KINDS = {
    "hamlets": (["Tên thôn"], lambda i: [f"Thôn Thử {i}"]),
    "schools": (["Mã trường", "Tên trường"], lambda i: [f"2600{i}", f"TH Thử {i}"]),
    "claims": (["Thôn", "Đã có", "Nhà mạng"], lambda i: [f"Thôn Thử {i}", "x", "VNPT"]),
    "commitments": (["Thôn", "Doanh nghiệp", "Công nghệ"], lambda i: [f"Thử {i}", "VNPT", "4G"]),
    "measurements": (
        ["Thôn", "Nhà mạng", "Công nghệ", "RSRP", "Ngày đo", "Kinh độ", "Vĩ độ"],
        lambda i: [f"Thử {i}", "VNPT", "4G", "-95", "01/02/2021", f"105.60{i}", f"21.30{i}"],
    ),
    "cells": (
        ["Mã trạm", "Công nghệ", "Nhà mạng", "Kinh độ", "Vĩ độ"],
        lambda i: [f"T{i}", "4G", "VNPT", f"105.60{i}", f"21.30{i}"],
    ),
    "fibre_nodes": (
        ["Mã tủ", "Nhà mạng", "Kinh độ", "Vĩ độ"],
        lambda i: [f"ODF{i}", "VNPT", f"105.60{i}", f"21.30{i}"],
    ),
    "students": (
        ["Họ và tên", "Ngày sinh", "Thôn", "Trường", "Lớp"],
        lambda i: [f"Nguyễn Văn Thử {i}", f"1{i}/02/2012", "Thôn Thử", "TH Thử", "4A"],
    ),
    "poverty": (
        ["Họ tên chủ hộ", "Phân loại", "Thôn"],
        lambda i: [f"Nguyễn Văn Thử {i}", "Hộ nghèo", "Thôn Thử"],
    ),
}
#: Kinds of which no row hangs on its commune: a warning is enough, and must be there.
MILD = ("measurements", "cells", "fibre_nodes", "students", "poverty")
#: What is stated → rows of code and name, beside two that are right in the list of 2021.
STATED = {
    "code of another edition": [
        ("08911", "Xã Tam Đảo"),
        ("08914", "Đạo Trù"),
        ("08917", "Yên Dương"),
    ],
    "name of another edition": [("", "Phường Vĩnh Yên"), ("", "Đạo Trù"), ("", "Yên Dương")],
    "contradiction": [("08920", "Xã Kim Long"), ("08914", "Đạo Trù"), ("08917", "Yên Dương")],
    "unknown code": [("99999", "Xã Không Có"), ("08914", "Đạo Trù"), ("08917", "Yên Dương")],
}
ALL_OF_2025 = [("08707", "Phường Vĩnh Yên"), ("08950", "Xã Bình Xuyên"), ("08905", "Xã Hội Thịnh")]


def deliver(folder, kind, rows, **options):
    columns, fill = KINDS[kind]
    head = ["Mã xã", "Xã", *columns]
    lines = [head, *([*row, *fill(i)] for i, row in enumerate(rows))]
    return check(kind, write_csv(folder / "a.csv", lines), **options).diagnosis


@pytest.mark.parametrize("stated", STATED)
@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_takes_a_commune_in_silence_that_does_not_fit(tmp_path, kind, stated):
    if kind in ("students", "poverty") and stated == "name of another edition":
        pytest.skip("the address of a person is read in every edition")
    described = deliver(tmp_path, kind, STATED[stated])
    faults = [f for f in described.faults if f.rule in ("name_disagrees", "unknown_commune")]
    assert [f.row for f in faults] == [2]
    assert faults[0].severity == ("warning" if kind in MILD else "error")
    assert described.rows_quarantined == (0 if kind in MILD else 1)
    if "another edition" in stated:
        assert "--edition 2025-07-01" in faults[0].suggestion


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_derives_the_edition_from_code_and_name(tmp_path, kind):
    described = deliver(tmp_path, kind, ALL_OF_2025)
    (fix,) = (f for f in described.fixes if f.rule == "edition_told")
    assert (fix.rows, fix.example_after) == (3, "2025-07-01")
    assert described.rows_accepted == 3
    assert not [f for f in described.faults if f.rule in ("name_disagrees", "other_commune")]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in MILD])
def test_names_of_another_edition_alone_are_asked_about_and_the_answer_helps(tmp_path, kind):
    rows = [("", name) for _, name in ALL_OF_2025]
    asked = deliver(tmp_path, kind, rows)
    assert asked.question.about == "edition"
    assert asked.question.choices[0] == "2025-07-01"
    assert deliver(tmp_path, kind, rows, edition="2025-07-01").rows_accepted == 3


@pytest.mark.parametrize("kind", ["students", "poverty"])
def test_a_code_alone_names_the_commune_of_a_person(tmp_path, kind):
    described = deliver(tmp_path, kind, [("8914", ""), ("08917", "Yên Dương")])
    assert {"leading_zero", "commune_from_code"} <= {f.rule for f in described.fixes}
    assert not described.faults
