"""No small count can be read off a published table, nor worked out from what stands around it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests.gaps_pupils.worlds import HAMLETS as PLACES
from tests.gaps_pupils.worlds import SCHOOLS, students_of

from phusong.gaps.pupils.counts import count_pupils
from phusong.gaps.pupils.measures import MEASURES
from phusong.views.disclosure import bound_cells, find_determined, suppress_counts
from phusong.views.disclosure_sums import tie_cells
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.pupils import PUPIL_COUNTS_PUBLIC

EDITION, LATER = "2021-01-01", "2025-07-01"
#: Đạo Trù and Yên Dương of Tam Đảo become one commune in 2025; Hợp Châu stays out of it.
COMMUNES = ("08914", "08917")
HAMLETS = pd.DataFrame(
    {
        "hamlet_id": ["H1", "H2", "H3", "H4", "H5"],
        "commune_code": ["08914", "08914", "08914", "08917", "08917"],
        "edition": EDITION,
    }
)


def world(numbers, *, measure="pupils", level="all"):
    """Counts of one measure: five hamlets, two communes, a district and the province, in 2021."""
    h = dict(zip(HAMLETS["hamlet_id"], numbers, strict=True))
    first, second = h["H1"] + h["H2"] + h["H3"], h["H4"] + h["H5"]
    rows = [
        ("province", "26", first + second),
        ("district", "248", first + second),
        ("commune", "08914", first),
        ("commune", "08917", second),
        *(("hamlet", name, n) for name, n in h.items()),
    ]
    table = pd.DataFrame(rows, columns=["unit", "unit_code", measure])
    return blank(table.assign(edition=EDITION, level=level))


def blank(table):
    return table.reindex(
        columns=["unit", "unit_code", "edition", "level", *MEASURES], fill_value=0
    ).reset_index(drop=True)


def shown(table, measure="pupils"):
    return dict(zip(table["unit_code"], table[measure].astype(object), strict=True))


def test_nothing_is_hidden_where_everything_is_large():
    out = suppress_counts(world([20, 30, 40, 10, 10]), HAMLETS, k=5)
    assert not out[list(MEASURES)].isna().any(axis=None) and (out["hidden"] == "").all()


def test_a_small_count_takes_its_smallest_neighbour_with_it():
    out = shown(suppress_counts(world([3, 30, 40, 10, 10]), HAMLETS, k=5))
    assert out["H1"] is pd.NA and out["H2"] is pd.NA
    assert (out["H3"], out["08914"], out["H4"]) == (40, 73, 10)


def test_zero_stays_unless_it_is_asked_to_go():
    counts = world([0, 30, 40, 10, 10])
    assert shown(suppress_counts(counts, HAMLETS, k=5))["H1"] == 0
    assert shown(suppress_counts(counts, HAMLETS, k=5, hide_zero=True))["H1"] is pd.NA


def test_two_hidden_counts_that_leave_each_other_no_room_take_a_third():
    """1 and 1 of a total of 42 with 40 shown would be told by their sum."""
    out = shown(suppress_counts(world([1, 1, 40, 10, 10]), HAMLETS, k=5))
    assert out["H3"] is pd.NA and out["08914"] == 42


def test_a_total_without_large_parts_is_hidden_too():
    out = shown(suppress_counts(world([3, 0, 0, 20, 30]), HAMLETS, k=5))
    assert out["H1"] is pd.NA and out["08914"] is pd.NA and out["08917"] is pd.NA


def test_a_hidden_tier_hides_another_of_the_same_row():
    table = world([0, 0, 0, 0, 0])
    table.loc[table["unit"] == "province", ["pupils", "eligible", "tier_1", "tier_5", "tier_6"]] = (
        90, 50, 2, 18, 30,
    )  # fmt: skip
    out = suppress_counts(table.head(1), HAMLETS, k=5)
    assert out["hidden"].iloc[0] == "tier_1|tier_5"


def test_a_hidden_level_hides_another():
    parts = {"TH": 3, "THCS": 30, "THPT": 40}
    table = pd.concat(
        [world([n, 0, 0, 0, 0], level=level).head(1) for level, n in parts.items()]
        + [world([73, 0, 0, 0, 0]).head(1)]
    )
    out = suppress_counts(table, HAMLETS, k=5).set_index("level")["pupils"]
    assert out[["TH", "THCS"]].isna().all() and out["THPT"] == 40 and out["all"] == 73


def test_what_is_hidden_in_one_edition_is_hidden_in_the_other():
    """In 2025 the two communes are one; its total less the other commune would tell the first."""
    now = world([3, 0, 0, 20, 30])
    later = now[now["unit"].isin(["province", "hamlet"])].assign(edition=LATER)
    merged = blank(
        pd.DataFrame(
            {
                "unit": "commune",
                "unit_code": "08914",
                "pupils": [53],
                "level": "all",
                "edition": LATER,
            }
        )
    )
    out = suppress_counts(pd.concat([now, later, merged]), HAMLETS, k=5)
    hidden = out[out["pupils"].isna()]
    for edition in (EDITION, LATER):
        assert "H1" in set(hidden.loc[hidden["edition"] == edition, "unit_code"])
    by_edition = out.set_index(["edition", "unit", "unit_code"])["pupils"]
    assert by_edition[(LATER, "commune", "08914")] == 53
    assert by_edition[EDITION][["commune"]].isna().all()


def test_a_table_without_rows_stays_one():
    out = suppress_counts(world([1, 2, 3, 4, 5]).head(0), HAMLETS, k=5)
    assert out.empty and "hidden" in out


def test_schools_are_no_persons():
    table = world([20, 30, 40, 10, 10]).assign(schools=1)
    assert (suppress_counts(table, HAMLETS, k=5)["schools"] == 1).all()


def test_rounding_to_five_halves_upwards():
    out = shown(suppress_counts(world([22, 33, 48, 17, 12]), HAMLETS, k=5, base=5))
    assert [out[n] for n in HAMLETS["hamlet_id"]] == [20, 35, 50, 15, 10]


@pytest.mark.parametrize("k", [3, 5, 10])
def test_the_input_is_left_alone(k):
    counts = world([3, 30, 40, 10, 10])
    before = counts.copy()
    suppress_counts(counts, HAMLETS, k=k)
    pd.testing.assert_frame_equal(counts, before)


def test_a_bridge_between_two_sums_is_found():
    """Each sum has two hidden counts or more, and still one follows: (a+b+c) − (a+b)."""
    table = world([6, 7, 8, 9, 10])
    cells = tie_cells(table, HAMLETS)
    hidden = np.zeros(len(cells.value), dtype=bool)
    width = len(MEASURES)
    for code in ("H1", "H2", "08914", "08917", "H4"):
        hidden[cells.row[table.index[table["unit_code"] == code][0]] * width] = True
    assert not find_determined(cells, hidden, hidden).any()
    hidden[cells.row[table.index[table["unit_code"] == "08914"][0]] * width] = False
    told = find_determined(cells, hidden, hidden)
    assert {int(c) // width for c in np.flatnonzero(told)} == {
        int(cells.row[table.index[table["unit_code"] == code][0]]) for code in ("08917", "H4")
    }


def bounds_of(table, out, k):
    """For each small count the least and the most it can be, by linear programming over all sums."""
    cells = tie_cells(table, HAMLETS)
    mask = np.zeros(len(cells.value), dtype=bool)
    for row, line in zip(cells.row, out[list(MEASURES)].isna().to_numpy(), strict=True):
        mask[row * len(MEASURES) : (row + 1) * len(MEASURES)] |= line
    place = np.flatnonzero(mask)
    sums, slack = cells.sums.toarray(), cells.slack
    touched = (sums[:, place] != 0).any(axis=1)
    exact, loose = sums[touched & ~slack], sums[touched & slack]
    rest = cells.value * ~mask
    limits = {"A_eq": exact[:, place], "b_eq": -(exact @ rest)}
    if len(loose):
        limits |= {"A_ub": loose[:, place], "b_ub": -(loose @ rest)}
    for i in np.flatnonzero(cells.value[place] < k):
        aim = np.eye(len(place))[i]
        least = linprog(aim, **limits, bounds=(1, None))
        most = linprog(-aim, **limits, bounds=(1, None))
        high = np.inf if most.status == 3 else -most.fun
        yield int(cells.value[place[i]]), least.fun, high


def levelled(draw_numbers):
    """A table of two levels and `all`, five hamlets each."""
    lower, upper = draw_numbers[:5], draw_numbers[5:]
    both = [a + b for a, b in zip(lower, upper, strict=True)]
    return pd.concat(
        [world(lower, level="TH"), world(upper, level="THCS"), world(both)], ignore_index=True
    )


@pytest.mark.long
@given(st.lists(st.integers(0, 14), min_size=10, max_size=10), st.sampled_from([3, 5]))
@settings(max_examples=40, deadline=None)
def test_no_hidden_count_can_be_worked_out(numbers, k):
    table = levelled(numbers)
    out = suppress_counts(table, HAMLETS, k=k)
    for value, low, high in bounds_of(table, out, k):
        assert low <= value <= high and high - low >= k - 1 - 1e-6
    shown_values = out["pupils"].dropna()
    assert not ((shown_values > 0) & (shown_values < k)).any()


@pytest.mark.parametrize(("seed", "k"), [(0, 3), (1, 5), (2, 5), (3, 10)])
def test_counts_of_two_editions_by_place_school_and_level_tell_no_small_group(seed, k):
    rng = np.random.default_rng(seed)

    def _pick(*words):
        return [None if w == "-" else str(w) for w in rng.choice(words, 400)]

    places = _pick("K1", "K1", "K1", "K2", "K2", "K3", "K3", "K4", "K5", "-")
    changes = [
        {
            "hamlet_id": place,
            "match_status": "MATCHED"
            if place
            else "COMMUNE_ONLY"
            if rng.random() < 0.7
            else "EMPTY",
            "placed_by": "address" if place else "nothing",
            "commune_code": commune,
            "school_id": school,
            "device": device,
            "poverty": poverty,
            "hardships": hardship,
            "level": level,
            "grade": None,
        }
        for place, commune, school, device, poverty, hardship, level in zip(
            places,
            _pick("08914", "08917"),
            _pick("S1", "S2", "S3"),
            _pick("own", "own", "own", "own", "shared", "none", "-"),
            _pick("poor", *["near_poor"] * 2, *["neither"] * 20),
            _pick("orphan_both", *[""] * 15, "disability"),
            _pick("TH", "TH", "THCS", "THPT"),
            strict=True,
        )
    ]
    counts = count_pupils(
        students_of(*changes),
        SCHOOLS,
        PLACES,
        editions=[EDITION, LATER],
        province=("26", "Vĩnh Phúc"),
    )
    out = conform_table(suppress_counts(counts, PLACES, k=k), PUPIL_COUNTS_PUBLIC)
    shown_values = out[list(MEASURES)].melt()["value"].dropna()
    assert not ((shown_values > 0) & (shown_values < k)).any() and (shown_values > 0).any()
    cells = tie_cells(counts, PLACES)
    hidden = np.zeros((len(cells.value) // len(MEASURES), len(MEASURES)), dtype=bool)
    hidden[cells.row] = out[list(MEASURES)].isna().to_numpy()
    hidden, small = hidden.ravel(), (cells.value > 0) & (cells.value < k)
    assert small.any() and not (find_determined(cells, hidden, small) & small).any()
    low, high = bound_cells(cells, hidden, hide_zero=False)
    assert (high - low)[small].min() >= k - 1
    same = out.groupby(["unit", "unit_code", "level"])
    lasting = out["unit"].isin(["hamlet", "school", "province"])
    assert (
        same["hidden"].nunique()[out[lasting].groupby(["unit", "unit_code", "level"]).size().index]
        == 1
    ).all()
