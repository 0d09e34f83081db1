"""Lists of a province that others were merged into: communes of all that became it, as their offices still write them."""

import pytest
from tests.intake.offices import check, rules, write_csv

from phusong.places.registers import read_register

JUNE, JULY = "2025-06-30", "2025-07-01"
#: A commune of each province that became one, under the code that it had, with a place in it.
FORMER = {"26": "2021-01-01", "17": JUNE, "25": JUNE}


def choose_commune(province, edition):
    """Return a commune of a former province whose code is no longer used."""
    register = read_register()
    units = register.units(edition, province)
    ended = units[~units["code"].isin(register.units(JULY)["code"])]
    return ended.iloc[0]


def write_list(folder, unit):
    head = ["Mã thôn", "Tên thôn", "Mã xã", "Tên xã", "Kinh độ", "Vĩ độ"]
    place = [f"{unit['lon']:.5f}1", f"{unit['lat']:.5f}1"]
    return write_csv(
        folder / "thon.csv", [head, ["T1", "Thôn Đông", unit["code"], unit["name"], *place]]
    )


@pytest.mark.parametrize(("province", "edition"), FORMER.items())
def test_codes_of_all_that_became_the_province_are_known_with_their_edition(
    tmp_path, province, edition
):
    unit = choose_commune(province, edition)
    file = write_list(tmp_path, unit)
    for stated in ("", edition):
        checked = check("hamlets", file, province="25", edition=stated)
        assert checked.diagnosis.rows_accepted == 1, rules(checked)
        row = checked.accepted.iloc[0]
        assert row["commune_code"] == unit["code"]
        assert unit["code"] in set(read_register().units(row["edition"], province)["code"])


def test_before_the_merger_the_neighbours_communes_are_not_its_own(tmp_path):
    file = write_list(tmp_path, choose_commune("26", JUNE))
    checked = check("hamlets", file, province="25", edition=JUNE, read_in=JUNE)
    assert checked.diagnosis.rows_accepted == 0
    assert check("hamlets", file, province="26", edition=JUNE).diagnosis.rows_accepted == 1
    assert check("hamlets", file, province="01", edition=JUNE).diagnosis.rows_accepted == 0
