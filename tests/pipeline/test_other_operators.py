"""Two foreign operators stay two, from the file to tables, map, plan and accounts."""

import json
import re

import pandas as pd
import pytest
from tests.pipeline.test_any_province import choose, write_province

from phusong.access.desk import open_desk
from phusong.access.networks import read_network
from phusong.access.operators import list_operators
from phusong.access.principals import Principal
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.door import check_source
from phusong.pipeline.run import run_province
from phusong.plans.devices.air import list_served_operators, read_carriers
from phusong.store import read_table
from phusong.vocabulary.book import Role
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.terms import Operator

TWO = ["Econet", "Vodacom Lesotho"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A run of two communes, the mast of one Econet's, of the other Vodacom's; both are expected."""
    place = tmp_path_factory.mktemp("two")
    path = write_province(
        place,
        "08",
        choose("2025-07-01", "08", ["00691", "00694"]),
        head='as_of = 2026-03-01\noperators = ["ECONET", "Vodacom Lesotho"]',
    )
    cells = pd.read_csv(place / "tram.csv")
    assert len(cells) == 2
    cells.assign(operator=["econet", "Vodacom Lesotho"]).to_csv(place / "tram.csv", index=False)
    run_province(path, place / "out")
    return place / "out"


def test_two_names_of_a_file_are_two_operators_and_warned_of_each(folder):
    checked = check_source(
        "cells", folder.parent / "tram.csv", ReadOptions(province="08"), load_parameters()
    )
    assert sorted(checked.accepted["operator"]) == TWO
    faults = [f.value for f in checked.diagnosis.faults if f.rule == "unknown_operator"]
    assert sorted(faults) == ["Vodacom Lesotho", "econet"]


def test_tables_and_map_hold_both(folder):
    for table, column in (("carriers", "operator"), ("sites", "operators"), ("reach", "operator")):
        assert set(TWO) <= set(read_table(folder, table)[column]), table
    page = (folder / "map.html").read_text(encoding="utf-8")
    marks = {name: re.search(rf'"{name}":\["(#[0-9a-f]+)","(\w+)"\]', page) for name in TWO}
    assert all(marks.values()) and len({m.groups() for m in marks.values()}) == 2
    for name in TWO:
        label = json.dumps({"vi": name, "en": name}, separators=(",", ":"))
        assert f'"{name}":{label}' in page


def test_an_account_of_either_sees_its_own_network_alone(folder):
    desk = open_desk(folder)
    assert list_operators(desk)[-2:] == TWO
    for name, other in (TWO, TWO[::-1]):
        asker = Principal("tk", Role.OPERATOR, name, operator=Operator.of(name.upper()))
        assert asker.operator == name
        own = read_network(folder, desk.stamp, "reach", asker.operator)
        assert set(own["operator"]) == {name} and other not in own.to_string()


def test_packages_of_both_have_a_bit_each():
    packages = pd.DataFrame(
        {
            "operator": [*TWO, "VIETTEL"],
            "install_waiver_vnd": None,
            "subsidy_vnd_month": None,
            "gb_per_day": 4.0,
            "hotspot": False,
        }
    )
    operators = list_served_operators(packages, None)
    bits, _, _ = read_carriers(packages, operators)
    assert len(set(bits.tolist())) == 3 and all(bit & (bit - 1) == 0 for bit in bits.tolist())
