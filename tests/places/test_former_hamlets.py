"""Former hamlets within the present one: its clusters with their households, and its names in addresses."""

import pandas as pd
import pytest
from tests.places.changes import DAY, LATER, change, changes, hamlet, hamlets

from phusong.places.addresses import make_gazetteer, match_addresses
from phusong.places.former_addresses import add_former_names, carry_matches
from phusong.places.former_hamlets import list_clusters
from phusong.places.hamlet_lineage import trace_hamlets
from phusong.places.hamlet_lists import HamletList, bring_to_day

MERGED = [change("H1", "H9", to_hamlet="Đông Tây"), change("H2", "H9", to_hamlet="Đông Tây")]
CLUSTERS = {
    "clusters": "MULTIPOINT ((105.5 21.4), (105.51 21.41))",
    "cluster_names": "Xóm 1|Xóm 2",
    "cluster_households": "20|30",
}


def list_present(*lists, lineage=MERGED):
    listed = [HamletList(rows, day) for rows, day in lists]
    row = bring_to_day(listed, changes(*lineage), as_of=LATER).hamlets.set_index("hamlet_id")
    return [(name, count) for _, _, name, count in list_clusters(row.loc["H9"].to_dict())]


def test_households_of_a_former_hamlet_stand_in_its_own_clusters_or_in_its_place_and_never_in_both():
    old = hamlets(hamlet("H1", "Đông", 50, **CLUSTERS), hamlet("H2", "Tây", 30, at=(105.49, 21.4)))
    assert list_present((old, None)) == [
        ("thôn Đông, Xóm 1", "20"), ("thôn Đông, Xóm 2", "30"), ("thôn Tây", "30"),
    ]  # fmt: skip


def test_a_later_list_that_counts_its_clusters_stands_alone():
    old = hamlets(hamlet("H1", "Đông", 50), hamlet("H2", "Tây", 30, at=(105.49, 21.4)))
    new = hamlets(hamlet("H9", "Đông Tây", 50, **CLUSTERS))
    assert list_present((old, None), (new, DAY)) == [("Xóm 1", "20"), ("Xóm 2", "30")]


def test_former_households_never_exceed_those_of_the_present_hamlet():
    old = hamlets(hamlet("H1", "Đông", 50), hamlet("H2", "Tây", 30, at=(105.49, 21.4)))
    new = hamlets(hamlet("H9", "Đông Tây", 79, at=(105.495, 21.4)))
    assert list_present((old, None), (new, DAY)) == [("thôn Đông", "49"), ("thôn Tây", "30")]


def test_a_list_without_a_day_that_lacks_a_part_is_from_before_the_split():
    old = hamlets(hamlet("H1", "Đông", 50))
    split = [
        change("H1", "H1", 0.2, to_hamlet="Đông"),
        change("H1", "H9", 0.8, to_hamlet="Đông Tây"),
    ]
    found = bring_to_day([HamletList(old)], changes(*split), as_of=LATER)
    counts = found.hamlets.set_index("hamlet_id")["households"].to_dict()
    assert counts == {"H1": 10, "H9": 40} and found.unknown.empty
    after = hamlets(hamlet("H1", "Đông", 10), hamlet("H9", "Đông Tây", 41))
    found = bring_to_day([HamletList(after)], changes(*split), as_of=LATER)
    assert found.hamlets["households"].tolist() == [10, 41]


WRITTEN = ["xóm Lũng Sâu, xã Đạo Trù", "xoms Lungx Saau, xax DDaoj Truf, huyeenj Tam DDaor"]


@pytest.mark.parametrize(
    "lineage",
    [
        [change("H1", "H1"), change("H2", "H1")],
        [change("H1", "H5", day=DAY - pd.Timedelta(days=9)), change("H5", "H1"), change("H2", "H1")],
    ],
    ids=["stays", "comes-back"],
)  # fmt: skip
def test_a_hamlet_that_keeps_its_name_is_no_rival_of_itself(lineage):
    names = {"H1": "Lũng Sâu", "H2": "Hạ Lộc", "H5": "Lũng Sâu"}
    end = {"commune_code": "08914", "kind": "xóm"}
    stated = [
        {
            **row,
            **{f"{e}_{n}": v for e in ("from", "to") for n, v in end.items()},
            **{f"{e}_hamlet": names[row[f"{e}_hamlet_id"]] for e in ("from", "to")},
        }
        for row in lineage
    ]
    traced = trace_hamlets(changes(*stated), LATER)
    present = hamlets(hamlet("H1", "Lũng Sâu", kind="xóm"), hamlet("H3", "Đồng Giếng"))
    gazetteer = add_former_names(pd.DataFrame(present).assign(aliases=""), traced)
    addresses = pd.DataFrame({"row_id": range(2), "address": WRITTEN})
    found = carry_matches(match_addresses(addresses, make_gazetteer(gazetteer)), traced, present)
    assert found["status"].tolist() == ["MATCHED", "MATCHED"]
    assert found["hamlet_id"].tolist() == ["H1", "H1"]
    assert gazetteer["name"].value_counts()["Hạ Lộc"] == 1
