"""Crowd-sourced rows in the manner of OpenCelliD."""

import pandas as pd
import pytest
from tests.intake.offices import PLACES, check, fault, rules, write_csv

HEAD = [
    "radio",
    "mcc",
    "net",
    "area",
    "cell",
    "unit",
    "lon",
    "lat",
    "range",
    "samples",
    "changeable",
    "created",
    "updated",
    "averageSignal",
]
FOREIGN = [
    "Unnamed: 0",
    "radio",
    "MCC",
    "MNC",
    "TAC",
    "CID",
    "unit",
    "LON",
    "LAT",
    "RANGE",
    "SAM",
    "changeable",
    "created",
    "updated",
    "averageSignal",
]


def row(
    radio="LTE",
    mcc=452,
    net=4,
    area=100,
    cell=1,
    place=PLACES[0],
    range_m=1200,
    samples=9,
    signal=-90,
):
    return [
        radio,
        mcc,
        net,
        area,
        cell,
        0,
        *place,
        range_m,
        samples,
        1,
        1369925573,
        1443966345,
        signal,
    ]


def cells(tmp_path, *rows, head=HEAD, **options):
    return check("cells", write_csv(tmp_path / "452.csv", [head, *rows]), **options)


def test_a_row_is_a_cell_whose_absence_elsewhere_proves_nothing(tmp_path):
    table = cells(tmp_path, row()).accepted
    found = table.loc[
        0, ["cell_id", "operator", "technology", "status", "complete", "samples", "range_m"]
    ]
    assert found.tolist() == ["LTE-452-4-100-1", "VIETTEL", "4G", "live", False, 9, 1200]
    assert table["as_of"].tolist() == [pd.Timestamp("2015-10-04")]
    assert table["height_m"].isna().all()


@pytest.mark.parametrize(
    ("radio", "technology"), [("GSM", "2G"), ("UMTS", "3G"), ("LTE", "4G"), ("NR", "5G")]
)
def test_radios_are_technologies(tmp_path, radio, technology):
    assert cells(tmp_path, row(radio)).accepted["technology"].tolist() == [technology]


@pytest.mark.parametrize(
    ("net", "operator"),
    [
        (1, "MOBIFONE"),
        ("01", "MOBIFONE"),
        (2, "VNPT"),
        (4, "VIETTEL"),
        (5, "VIETNAMOBILE"),
        (7, "GMOBILE"),
    ],
)
def test_networks_are_operators(tmp_path, net, operator):
    assert cells(tmp_path, row(net=net)).accepted["operator"].tolist() == [operator]


def test_an_unknown_network_is_kept_and_warned_of(tmp_path):
    checked = cells(tmp_path, row(net=99))
    assert checked.accepted["operator"].tolist() == ["452-99"]
    assert (
        fault(checked, "unknown_operator").value,
        fault(checked, "unknown_operator").severity,
    ) == ("452-99", "warning")


def test_weak_rows_are_warned_of_and_kept(tmp_path):
    checked = cells(
        tmp_path,
        row(samples=1),
        row(cell=2, place=PLACES[1], range_m=16000),
        row(cell=3, place=PLACES[1], signal=0),
    )
    assert checked.diagnosis.rows_accepted == 3
    assert sorted(rules(checked)) == ["implausible_range", "one_sample", "shared_positions"]
    assert [(f.row, f.rule) for f in checked.diagnosis.faults if f.row] == [
        (2, "one_sample"),
        (3, "implausible_range"),
    ]


def test_a_signal_that_is_always_zero_is_warned_of_once(tmp_path):
    checked = cells(tmp_path, row(signal=0), row(cell=2, place=PLACES[1], signal=0))
    assert rules(checked) == ["no_signal"]
    assert fault(checked, "no_signal").row == 0


def test_an_unknown_radio_is_quarantined(tmp_path):
    checked = cells(tmp_path, row("CDMA"), row(place=PLACES[1]))
    assert [(f.row, f.rule) for f in checked.diagnosis.faults] == [(2, "unknown_term")]


def test_a_repeated_cell_at_another_place_is_only_warned_of_since_places_are_estimates(tmp_path):
    checked = cells(tmp_path, row(), row(place=PLACES[1]))
    assert checked.diagnosis.rows_accepted == 2
    assert rules(checked) == ["duplicate_id"]
    assert checked.accepted["cell_id"].is_unique


def test_headings_of_other_copies_are_known(tmp_path):
    checked = cells(tmp_path, [7, *row()], head=FOREIGN)
    assert checked.diagnosis.status == "accepted"
    assert checked.accepted["cell_id"].tolist() == ["LTE-452-4-100-1"]


def test_another_country_is_named_by_its_code(tmp_path):
    checked = cells(
        tmp_path,
        row(mcc=651, place=(27.5, -29.3)),
        row(mcc=651, cell=2, place=(27.6, -29.4), samples=1),
    )
    d = checked.diagnosis
    assert (d.status, d.rows_in, d.rows_accepted) == ("refused", 2, 0)
    assert (d.faults[0].rule, d.faults[0].row, d.faults[0].value) == ("other_country", 0, "651")
    assert "one_sample" in rules(checked)


def test_completeness_may_be_stated(tmp_path):
    assert cells(tmp_path, row(), complete=True).accepted["complete"].all()
