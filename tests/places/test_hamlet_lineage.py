"""Hamlets that are merged, split, renamed and moved: who they are at present, and that nobody is lost."""

import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.places.changes import DAY, LATER, change, changes, hamlet, hamlets, square

from phusong.places.former_hamlets import list_clusters, write_clusters
from phusong.places.hamlet_lineage import (
    FormerHamlets,
    carry_rows,
    divide_whole,
    find_cycles,
    trace_hamlets,
)
from phusong.places.hamlet_lists import HamletList, bring_to_day

JULY = pd.Timestamp("2026-07-01")


def trace(*rows, as_of=LATER):
    traced = trace_hamlets(changes(*rows), as_of)
    return {
        (r.from_hamlet_id, r.to_hamlet_id): round(r.share, 6)
        for r in traced.itertuples(index=False)
    }


def present(*lists, lineage, as_of=LATER, days=None):
    days = days or [None] * len(lists)
    given_lists = [HamletList(rows, day) for rows, day in zip(lists, days, strict=True)]
    return bring_to_day(given_lists, changes(*lineage), as_of=as_of)


def test_a_chain_of_changes_leads_to_the_hamlet_of_the_day():
    rows = [change("A", "B"), change("B", "C", day=JULY), change("D", "C", day=JULY)]
    assert trace(*rows) == {("A", "C"): 1, ("B", "C"): 1, ("D", "C"): 1}
    assert trace(*rows, as_of=DAY) == {("A", "B"): 1}
    assert trace(*rows, as_of=DAY - pd.Timedelta(days=1)) == {}


def test_a_split_multiplies_along_the_way_and_unites_again():
    rows = [change("A", "B", 0.6), change("A", "C", 0.4), change("B", "D", 0.5, JULY),
            change("B", "E", 0.5, JULY)]  # fmt: skip
    assert trace(*rows)[("A", "D")] == 0.3 and trace(*rows)[("A", "C")] == 0.4
    united = [change("A", "B", None), change("A", "C", None), change("B", "D", day=JULY),
              change("C", "D", day=JULY)]  # fmt: skip
    assert trace(*united)[("A", "D")] == 1


def test_on_one_day_a_hamlet_is_passed_through_unless_it_stays():
    assert trace(change("A", "B"), change("B", "C"))[("A", "C")] == 1
    stays = trace(change("A", "B"), change("B", "B", 0.5), change("B", "C", 0.5))
    assert stays[("A", "B")] == 1 and stays[("B", "C")] == 0.5


def test_a_circle_of_one_day_is_found_and_a_change_of_borders_is_none():
    swap = changes(change("A", "B"), change("B", "A"), change("C", "D"))
    assert find_cycles(swap).tolist() == [True, True, False]
    border = changes(change("A", "A", 0.9), change("A", "B", 0.1), change("B", "B", 0.8),
                     change("B", "A", 0.2))  # fmt: skip
    assert not find_cycles(border).any()


def test_an_id_means_what_it_meant_on_the_day_it_was_named():
    former = FormerHamlets(
        trace_hamlets(changes(change("A", "A", 0.7), change("A", "B", 0.3)), LATER)
    )
    assert former.find("A", DAY - pd.Timedelta(days=1)) == {"A": 0.7, "B": 0.3}
    assert former.find("A", DAY) == {} == former.find("A")
    ended = FormerHamlets(trace_hamlets(changes(change("A", "B")), LATER))
    assert ended.find("A", LATER) == ended.find("A") == {"B": 1.0}


@given(st.integers(0, 10_000), st.lists(st.integers(1, 100), min_size=1, max_size=9))
def test_a_number_is_divided_without_rest(whole, weights):
    parts = divide_whole(whole, np.array(weights) / sum(weights))
    assert sum(parts) == whole and min(parts) >= 0


def test_two_hamlets_become_one_with_both_as_its_clusters():
    old = hamlets(hamlet("H1", "Đông", 50, at=(105.50, 21.40), geometry=square(105.5, 21.4)),
                  hamlet("H2", "Tây", 30, at=(105.49, 21.40), geometry=square(105.49, 21.4)),
                  hamlet("H3", "Nam", 20))  # fmt: skip
    lineage = [change("H1", "H9", to_hamlet="Đông Tây"), change("H2", "H9", to_hamlet="Đông Tây")]
    found = present(old, lineage=lineage)
    rows = found.hamlets.set_index("hamlet_id")
    assert sorted(rows.index) == ["H3", "H9"]
    merged = rows.loc["H9"]
    assert (merged["name"], merged["households"], merged["population"]) == ("Đông Tây", 80, 320)
    assert merged["former_names"] == "Đông|Tây" and (merged["lon"], merged["lat"]) == (105.5, 21.4)
    assert abs(merged["geometry"].area - 2e-4) < 1e-12
    assert list_clusters(merged.to_dict()) == [
        (105.50, 21.40, "thôn Đông", "50"), (105.49, 21.40, "thôn Tây", "30"),
    ]  # fmt: skip
    assert set(found.traced["change"]) == {"merged"}


def test_the_new_list_alone_or_beside_the_old_one_stands_before_what_was_summed():
    old = hamlets(hamlet("H1", "Đông", 50), hamlet("H2", "Tây", 30, at=(105.49, 21.4)))
    new = hamlets(hamlet("H9", "Đông", 85, at=(105.495, 21.4)))
    lineage = [change("H1", "H9"), change("H2", "H9")]
    for lists in ((new,), (old, new), (new, old)):
        row = present(*lists, lineage=lineage).hamlets.iloc[0]
        assert (row["hamlet_id"], row["households"], row["lon"]) == ("H9", 85, 105.495), len(lists)
        assert pd.notna(row["clusters"]) == (len(lists) == 2)
    assert present(new, lineage=lineage).unknown.empty


def test_a_hamlet_that_takes_in_another_keeps_its_own_people():
    old = hamlets(hamlet("H1", "Đông", 50), hamlet("H2", "Tây", 30, at=(105.49, 21.4)))
    found = present(old, lineage=[change("H2", "H1")])
    row = found.hamlets.iloc[0]
    assert (row["hamlet_id"], row["households"], row["former_names"]) == ("H1", 80, "Tây")
    assert [c[2] for c in list_clusters(row.to_dict())] == ["thôn Đông", "thôn Tây"]
    after = hamlets(hamlet("H1", "Đông", 82))
    both = present(old, after, lineage=[change("H2", "H1")]).hamlets
    assert both["households"].tolist() == [82]


def test_a_split_divides_by_shares_and_leaves_no_place_to_guess():
    old = hamlets(hamlet("H1", "Đông", 51))
    lineage = [
        change("H1", "H8", 0.5, to_hamlet="Đông 1"),
        change("H1", "H9", 0.5, to_hamlet="Đông 2"),
    ]
    rows = present(old, lineage=lineage).hamlets
    assert rows["households"].sum() == 51 and rows["population"].sum() == 204
    assert rows["lon"].isna().all() and set(rows["former_names"]) == {"Đông"}
    unstated = [{**c, "share": None} for c in lineage]
    assert present(old, lineage=unstated).hamlets["households"].isna().all()


def test_before_the_day_of_a_change_the_old_hamlets_hold():
    old = hamlets(hamlet("H1", "Đông", 50), hamlet("H2", "Tây", 30))
    new = hamlets(hamlet("H9", "Đông Tây", 85))
    rows = present(old, new, lineage=[change("H1", "H9"), change("H2", "H9")],
                   as_of=DAY - pd.Timedelta(days=1)).hamlets  # fmt: skip
    assert rows["hamlet_id"].tolist() == ["H1", "H2"]


def test_hamlets_are_found_by_commune_and_name_and_unknown_ones_set_aside():
    old = hamlets(hamlet("H1", "Đông"), hamlet("H2", "Tây"))
    place = {"from_commune_code": "08914", "to_commune_code": "08914"}
    rows = [
        change(None, None, from_hamlet="Dong", to_hamlet="Đông Tây", lineage_id="a", **place),
        change("H2", None, to_hamlet="Đông Tây", lineage_id="b", **place),
        change("X1", "X2", lineage_id="c", to_hamlet="Mới"),
        change("H2", "X3", day=JULY, lineage_id="d"),
    ]
    found = present(old, lineage=rows)
    assert found.unknown["lineage_id"].tolist() == ["c", "d"]
    assert found.hamlets["name"].tolist() == ["Đông Tây"]
    assert found.hamlets["households"].tolist() == [100]


def test_a_chain_that_leads_to_no_listed_hamlet_is_set_aside():
    rows = [change("X1", "X2", to_hamlet="Mới"), change("X2", "X3", day=JULY, to_hamlet="Mới hơn")]
    found = present(hamlets(hamlet("H1", "Đông")), lineage=rows)
    assert sorted(found.unknown["from_hamlet_id"]) == ["X1", "X2"] and found.traced.empty


def test_a_hamlet_that_ended_is_not_in_the_list_of_the_day_after():
    new = hamlets(hamlet("H1", "Đông", 50), hamlet("H9", "Đông Tây", 85))
    found = present(new, lineage=[change("H1", "H9")], days=[DAY])
    assert found.ended["hamlet_id"].tolist() == ["H1"]
    assert found.hamlets["hamlet_id"].tolist() == ["H9"]


def test_rows_follow_their_hamlet_and_a_promise_for_a_split_one_is_not_guessed():
    traced = trace_hamlets(changes(
        change("H1", "H9"), change("H2", "H9"), change("H3", "H7", 0.6), change("H3", "H8", 0.4)), LATER)  # fmt: skip
    rows = pd.DataFrame({
        "claim_id": ["a", "b", "c"], "hamlet_id": ["H1", "H3", "H5"], "households_passed": [10, 11, 12],
        "as_of": [DAY - pd.Timedelta(days=9)] * 3,
    })  # fmt: skip
    stated = carry_rows(rows, traced, key="claim_id", repeat=True, counts=("households_passed",))
    assert stated["hamlet_id"].tolist() == ["H9", "H7", "H8", "H5"]
    assert stated["former_hamlet_id"].fillna("").tolist() == ["H1", "H3", "H3", ""]
    assert stated["households_passed"].tolist() == [10, 7, 4, 12] and stated["claim_id"].is_unique
    promised = carry_rows(rows, traced, key="claim_id")
    assert promised["hamlet_id"].fillna("").tolist() == ["H9", "", "H5"]


def test_a_name_leads_to_the_former_hamlet_only_as_long_as_nobody_else_bears_it():
    rows = [change("H1", "H9", from_hamlet="Đông", to_hamlet="Đông", from_commune_code="1", to_commune_code="1"),
            change("H2", "H9", from_hamlet="Tây", to_hamlet="Đông", from_commune_code="1", to_commune_code="1")]  # fmt: skip
    former = FormerHamlets(trace_hamlets(changes(*rows), LATER))
    before = DAY - pd.Timedelta(days=1)
    assert former.find_named("1", "Thôn Tây", None) is None  # its kind was not stated
    assert former.find_named("1", "Tay", None) == "H2" == former.find_named("1", "Tây", LATER)
    assert (
        former.find_named("1", "Đông", before) == "H1"
        and former.find_named("1", "Đông", DAY) is None
    )
    assert former.find_named("2", "Tây", before) is None


def draw_history(draw, count, steps):
    """Hamlets with households, random changes day by day of those that then are, and who is left."""
    alive = [f"H{i}" for i in range(count)]
    counts = {i: draw(0, 300) for i in alive}
    listed = {i: write_clusters([(105, 21, "Xóm 1", str(counts[i]))]) for i in alive if draw(0, 1)}
    old = [
        hamlet(i, None, counts[i], at=(105 + n / 1000, 21), **listed.get(i, {}))
        for n, i in enumerate(alive)
    ]
    rows = []
    for step in range(steps):
        day, kind = DAY + pd.Timedelta(days=step), draw(0, 4)
        picked = [alive.pop(draw(0, len(alive) - 1)) for _ in range(min(len(alive), draw(1, 4)))]
        first, rest = picked[0], picked[1:]
        goals = [f"N{step}a"] if kind < 3 else [first if draw(0, 1) else f"N{step}a", f"N{step}b"]
        if kind == 0:  # merged into a new one, or, if need be, taken in by one that stays
            goals = [first] if draw(0, 1) and rest else goals
            rows += [change(p, goals[0], day=day) for p in picked]
        else:  # renamed, moved, or split
            weights = np.array([draw(1, 50) for _ in goals], dtype=float)
            more = {"to_commune_code": "08911"} if kind == 2 else {}
            rows += [
                change(first, g, w / weights.sum(), day, **more)
                for g, w in zip(goals, weights, strict=True)
            ]
            alive += rest
        alive += goals
    for row in rows:
        row["to_hamlet"] = row["to_hamlet_id"]
    return hamlets(*old), rows, set(alive)


def check_clusters(found):
    """No household is in two clusters."""
    for row in found.to_dict("records"):
        counted = sum(int(count) for *_, count in list_clusters(row) if count)
        assert counted <= row["households"], row["hamlet_id"]


def check_nobody_is_lost(old, rows, alive):
    """Nobody is lost in the list of the day, in shares, in promises or in counts of statements."""
    as_of = DAY + pd.Timedelta(days=2_000)
    found = present(old, lineage=rows, as_of=as_of)
    assert found.unknown.empty and set(found.hamlets["hamlet_id"]) == alive
    for count in ("households", "population"):
        assert found.hamlets[count].sum() == old[count].sum(), count
    check_clusters(found.hamlets)
    traced = found.traced
    sums = traced.groupby(["from_hamlet_id", "changed_on"])["share"].sum()
    assert np.allclose(sums, 1) and set(traced["to_hamlet_id"]) <= alive
    promises = pd.DataFrame({
        "claim_id": old["hamlet_id"], "hamlet_id": old["hamlet_id"],
        "as_of": DAY - pd.Timedelta(days=1), "households_passed": old["households"],
    })  # fmt: skip
    carried = carry_rows(promises, traced, key="claim_id")
    assert sorted(carried["claim_id"]) == sorted(promises["claim_id"])
    assert set(carried["hamlet_id"].dropna()) <= alive
    stated = carry_rows(
        promises, traced, key="claim_id", repeat=True, counts=("households_passed",)
    )
    assert set(stated["hamlet_id"]) <= alive and stated["claim_id"].is_unique
    assert stated["households_passed"].sum() == old["households"].sum()


@settings(max_examples=15, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.data(), st.integers(2, 12), st.integers(0, 8))
def test_merged_split_renamed_and_moved_nobody_is_lost(data, count, steps):
    old, rows, alive = draw_history(lambda a, b: data.draw(st.integers(a, b)), count, steps)
    check_nobody_is_lost(old, data.draw(st.permutations(rows)), alive)


@pytest.mark.long
def test_a_thousand_changes_lose_nobody():
    old, rows, alive = draw_history(random.Random(40).randint, 600, 1_000)
    check_nobody_is_lost(old, rows, alive)
