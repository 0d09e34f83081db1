"""Communes by code, by name, by name and district."""

from tests.intake.offices import fixes, matched

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


def test_the_code_stands_before_the_name():
    codes, findings = read([["Mã xã", "Xã"], ["08914", "Xuân Hòa"], ["", "Hồ Sơn"]])
    assert codes == ["08914", "08929"]
    assert not findings.faults


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
