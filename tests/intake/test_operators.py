"""Operators under any of their names."""

import pytest
from tests.intake.offices import matched

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.operators import parse_operators, read_operator, read_operators


@pytest.mark.parametrize(
    ("text", "operators"),
    [
        ("Viettel", ["VIETTEL"]),
        ("VTL", ["VIETTEL"]),
        ("Viettel Vĩnh Phúc", ["VIETTEL"]),
        ("VNPT", ["VNPT"]),
        ("Vinaphone", ["VNPT"]),
        ("VINA", ["VNPT"]),
        ("VNPT - VinaPhone", ["VNPT"]),
        ("VNPT VinaPhone", ["VNPT"]),
        ("Mobi", ["MOBIFONE"]),
        ("VMS-MobiFone", ["MOBIFONE"]),
        ("MBF", ["MOBIFONE"]),
        ("VNM", ["VIETNAMOBILE"]),
        ("Vietnamobile", ["VIETNAMOBILE"]),
        ("Gtel Mobile", ["GMOBILE"]),
        ("FPT Telecom", ["FPT"]),
        ("CMC", ["CMC"]),
        ("Viettel, Vina", ["VIETTEL", "VNPT"]),
        ("Viettel/Vina/Mobi", ["VIETTEL", "VNPT", "MOBIFONE"]),
        ("Viettel và VNPT", ["VIETTEL", "VNPT"]),
        ("VNPT; Vinaphone", ["VNPT"]),
        ("SCTV", ["SCTV"]),
        ("Viettel, SCTV", ["VIETTEL", "SCTV"]),
        ("Econet", ["Econet"]),
        ("ECONET", ["Econet"]),
        ("Vodacom  Lesotho", ["Vodacom Lesotho"]),
        ("vodacom lesotho; econet", ["Vodacom Lesotho", "Econet"]),
        ("Econet/Vodacom Lesotho|Viettel", ["Econet", "Vodacom Lesotho", "VIETTEL"]),
        ("AT&T", ["AT&T"]),
        ("MTN - Uganda", ["MTN - Uganda"]),
        ("Viettel & Econet", ["VIETTEL", "Econet"]),
        ("45204", ["VIETTEL"]),
        ("Viettel - Chi nhánh Vĩnh Phúc", ["VIETTEL"]),
        ("=HYPERLINK(Econet)", ["HYPERLINK(Econet)"]),
        ("<b>Econet</b>", ["B Econet", "B"]),
        ("ເທເລຄອມ", ["ເທເລຄອມ"]),
        ("doanh nghiệp khác", ["OTHER"]),
        ("---", []),
        ("", []),
    ],
)
def test_every_name_leads_to_its_operator(text, operators):
    assert [o.value for o in parse_operators(text)] == operators


def read(cells, **options):
    table, findings = matched([["Doanh nghiệp"], *[[c] for c in cells]])
    return [
        [o.value for o in row] for row in read_operators(table, findings, ReadOptions(**options))
    ], findings


def test_an_unknown_name_is_kept_and_warned_of_once():
    named, findings = read(["SCTV", "Viettel", "SCTV"])
    assert named == [["SCTV"], ["VIETTEL"], ["SCTV"]]
    assert [(f.rule, f.row, f.value, f.severity) for f in findings.faults] == [
        ("unknown_operator", 2, "SCTV", "warning")
    ]


def test_the_operator_of_the_file_fills_what_is_empty():
    named, findings = read(["", "Vina"], operator="VIETTEL")
    assert named == [["VIETTEL"], ["VNPT"]]
    assert not findings.faults


def test_nobody_named_is_another_operator_and_warned_of():
    named, findings = read(["", "Vina"])
    assert named == [["OTHER"], ["VNPT"]]
    assert [(f.rule, f.row) for f in findings.faults] == [("operator_unstated", 2)]
    assert read(["", ""])[1].faults[0].row == 0


def test_where_only_one_may_be_named_two_are_a_fault():
    table, findings = matched([["Doanh nghiệp"], ["Viettel, Vina"], ["Mobi"]])
    assert read_operator(table, findings, ReadOptions()).tolist()[1] == "MOBIFONE"
    assert [(f.rule, f.row) for f in findings.faults] == [("several_operators", 2)]
