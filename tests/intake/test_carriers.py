"""Technologies, bands and directions of a mast."""

import pytest
from tests.intake.offices import fixes, matched

from phusong.intake.carriers import (
    match_bands,
    parse_azimuths,
    parse_layers,
    parse_ports,
    read_azimuths,
    read_layers,
)
from phusong.intake.diagnosis import ReadOptions
from phusong.vocabulary.terms import Technology

G2, G3, G4, G5 = Technology.G2, Technology.G3, Technology.G4, Technology.G5


@pytest.mark.parametrize(
    ("text", "layers"),
    [
        ("4G", {G4: ()}),
        ("3G/4G", {G3: (), G4: ()}),
        ("2G, 3G, 4G", {G2: (), G3: (), G4: ()}),
        ("LTE", {G4: ()}),
        ("4G LTE 1800", {G4: (1800,)}),
        ("GSM/UMTS", {G2: (), G3: ()}),
        ("NR", {G5: ()}),
        ("5GNR", {G5: ()}),
        ("3G 2100; 4G 1800", {G3: (2100,), G4: (1800,)}),
        ("3G2100, 4G1800, 4G2600", {G3: (2100,), G4: (1800, 2600)}),
        ("G900/U2100/L1800", {G2: (900,), G3: (2100,), G4: (1800,)}),
        ("4G 1.800", {G4: (1800,)}),
        ("Macro", {}),
        ("", {}),
    ],
)
def test_a_text_names_its_technologies_and_their_bands(text, layers):
    assert parse_layers(text) == layers


def layers(rows, **options):
    table, findings = matched(rows)
    return read_layers(table, findings, ReadOptions(**options)).tolist(), findings


def test_crosses_name_technologies():
    found, findings = layers(
        [["2G", "3G", "4G"], ["", "x", "X"], ["1", "0", "3"], ["x", "không", ""]]
    )
    assert found == [((G3, ()), (G4, ())), ((G2, ()), (G4, ())), ((G2, ()),)]
    assert not findings.faults


def test_a_mark_that_is_no_cross_is_faulted():
    findings = layers([["4G"], ["có thể"]])[1]
    assert [(f.rule, f.row, f.column) for f in findings.faults if f.row][0] == (
        "not_a_flag",
        2,
        "4G",
    )


def test_a_row_without_technology_is_faulted():
    findings = layers([["Công nghệ"], [""], ["Macro"], ["4G"]])[1]
    assert [(f.rule, f.row) for f in findings.faults] == [
        ("unknown_term", 3),
        ("required_empty", 2),
    ]


def test_the_technology_of_the_file_fills_what_is_empty():
    assert layers([["Mã trạm"], ["A"]], technology="4G")[0] == [((G4, ()),)]


def test_bands_of_a_single_technology_all_belong_to_it():
    assert layers([["Công nghệ", "Băng tần"], ["4G", "900;1800"]])[0] == [((G4, (900, 1800)),)]


def test_bands_that_name_their_technology_are_matched_as_stated():
    found, findings = layers([["Công nghệ", "Băng tần"], ["3G/4G", "3G: 900; 4G: 1800, 2100"]])
    assert found == [((G3, (900,)), (G4, (1800, 2100)))]
    assert not findings.fixes


def test_bands_of_several_technologies_are_matched_and_listed():
    found, findings = layers([["2G", "3G", "4G", "Băng tần"], ["x", "x", "x", "900;1800;2100"]])
    assert found == [((G2, (900,)), (G3, (2100,)), (G4, (1800,)))]
    (fix,) = findings.fixes
    assert (fix.rule, fix.example_after) == ("band_matched", "2G 900, 3G 2100, 4G 1800")


@pytest.mark.parametrize(
    ("technologies", "bands", "expected", "how"),
    [
        ([G3, G4], [1800, 2100], ((G3, (2100,)), (G4, (1800,))), "band_matched"),
        ([G3, G4], [900, 1800], ((G3, (900,)), (G4, (1800,))), "band_matched"),
        ([G3, G4], [1800, 2100, 2600], ((G3, (2100,)), (G4, (1800, 2600))), "band_matched"),
        ([G3, G4], [900, 1800, 2100], ((G3, (2100,)), (G4, (1800,))), "band_unmatched"),
        ([G4, G5], [1800, 3500], ((G4, (1800,)), (G5, (3500,))), "band_matched"),
        (
            [G2, G3, G4],
            [900, 900, 1800],
            ((G2, (900,)), (G3, (900,)), (G4, (1800,))),
            "band_matched",
        ),
        ([G4, G3], [2100, 900], ((G3, (900,)), (G4, (2100,))), "band_matched"),
        ([G2, G3], [450], ((G2, ()), (G3, ())), "band_unmatched"),
    ],
)
def test_a_band_goes_to_the_one_technology_that_may_hold_it(technologies, bands, expected, how):
    assert match_bands(technologies, [float(b) for b in bands]) == (expected, how)


def test_a_band_that_nothing_decides_is_warned_of():
    findings = layers([["Công nghệ", "Băng tần"], ["3G/4G", "900/1800/2100"]])[1]
    assert [(f.rule, f.severity, f.row) for f in findings.faults] == [
        ("band_unmatched", "warning", 2)
    ]
    assert fixes(findings) == {}


@pytest.mark.parametrize(
    ("text", "azimuths"),
    [
        ("0/120/240", (0, 120, 240)),
        ("0; 120; 240", (0, 120, 240)),
        ("0,120,240", (0, 120, 240)),
        ("0°-120°-240°", (0, 120, 240)),
        ("45", (45,)),
        ("60/60", (60,)),
        ("omni", ()),
        ("vô hướng", ()),
        ("", ()),
    ],
)
def test_directions_are_read_in_order(text, azimuths):
    assert parse_azimuths(text) == azimuths


def test_a_direction_beyond_the_circle_is_left_out_and_warned_of():
    table, findings = matched([["Azimuth"], ["0/120/400"], ["360"]])
    assert read_azimuths(table, findings).tolist() == [(0, 120), (360,)]
    assert [(f.rule, f.row, f.severity) for f in findings.faults] == [
        ("out_of_bounds", 2, "warning")
    ]


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("2", 2),
        (" 4 ", 4),
        ("2.0", 2),
        ("2T2R", 2),
        ("4T4R", 4),
        ("2T4R", 2),
        ("4x4", 4),
        ("2 × 2", 2),
        ("2 cổng", 2),
        ("64T64R", 64),
        ("000", 0),
        ("9" * 40, 999_999_999),
        ("9223372036854775808", 922_337_203),
        ("", None),
        ("MIMO", None),
        ("2.5", None),
    ],
)
def test_a_text_names_its_transmit_ports(text, ports):
    assert parse_ports(text) == ports
