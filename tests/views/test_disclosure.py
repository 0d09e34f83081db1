"""No group of fewer than k can be told from what is published, by whatever sums anybody combines."""

from functools import lru_cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.gaps_pupils.worlds import CIRCULAR, PUPILS, judge
from tests.views.disclosure_attack import KEY, Attack, count_small_differences, list_sums
from tests.views.disclosure_worlds import COMMUNES, EDITION, HAMLETS, count, make_pupils

from phusong.gaps.pupils.measures import MEASURES, NESTINGS, measure_pupils
from phusong.views.disclosure import Rounded, hide_zeros, round_counts

pytestmark = pytest.mark.long

SECRET = b"a key of the tests"
NAMES = list(MEASURES)
#: A failing world is not made smaller: each takes a second.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
#: What a reader may take for granted of a first release, and of any: see decision 0024.
TIGHT, STATED = 1, 3


@lru_cache
def world(seed, number):
    """Return the exact counts of a small province, counted once for all tests."""
    return count(make_pupils(seed, number))


@lru_cache
def released(seed, number, k):
    """Return what is published first of a small province."""
    return publish(world(seed, number), k)


def publish(counts, k, *, before=None, secret=SECRET):
    return round_counts(counts, HAMLETS, k=k, secret=secret, before=before)


def shown(rounded):
    return hide_zeros(rounded.table)


@given(st.integers(0, 2**32 - 1), st.integers(50, 300), st.sampled_from([5, 10]))
@settings(max_examples=8, deadline=None, phases=PHASES)
def test_no_group_of_fewer_than_k_follows_from_anything_that_is_published(seed, number, k):
    """The last by linear programming, as who takes it for granted that each count lies within k−1."""
    exact = count(make_pupils(seed, number))
    table = publish(exact, k).table
    check_sums(exact, table, k)
    check_distance(exact, table, k)
    assert count_small_differences(hide_zeros(table), k) == 0
    attack = Attack(exact, HAMLETS, (hide_zeros(table), TIGHT * k - 1))
    check_reach(attack, attack.list_small(k, rng=np.random.default_rng(seed), number=5), k)


def check_sums(exact, table, k):
    """Everything is a multiple of k, and everything adds up."""
    value = table[NAMES].to_numpy()
    assert (value % k == 0).all() and (value >= 0).all()
    for total, parts in list_sums(exact, HAMLETS, EDITION):
        rest = value[total] - value[parts].sum(axis=0)
        truly = exact.loc[total, NAMES] - exact.loc[parts, NAMES].sum()
        assert (rest >= 0).all() and (truly.any() or not rest.any())
    for whole, parts in NESTINGS:
        assert (table[whole] >= table[list(parts)].sum(axis=1)).all()


def check_distance(exact, table, k):
    """Every count lies near; no k more pupils anywhere would make a line lie farther than is stated.

    So whatever lines an insider knows exactly, k more pupils elsewhere would be published alike.
    """
    off = (table[NAMES] - exact[NAMES])[exact["edition"] == EDITION]
    assert (off.abs() < k).to_numpy().mean() > 0.95  # sums of a small world may lie further off
    assert ((off - k).abs() < STATED * k).all(axis=None)


def check_reach(attack, groups, k):
    """No group is held within fewer than k values, and the truth is one of them."""
    for name, weights, size in groups:
        low, high = attack.reach(weights)
        assert high - low >= k - 1 - 1e-6, (
            attack.exact.loc[name[0], KEY].tolist(),
            name,
            size,
            low,
            high,
        )


def test_what_nobody_is_is_never_published_as_somebody():
    exact = world(11, 260)
    out = released(11, 260, 10).table
    own = exact["edition"] == EDITION
    assert (out.loc[own, NAMES].to_numpy()[(exact.loc[own, NAMES] == 0).to_numpy()] == 0).all()


def test_the_attack_finds_what_is_to_be_found():
    """A table of exact counts, however full of holes, does not withstand it."""
    exact = world(11, 260)
    holed = exact.assign(**{n: exact[n].astype("Int64").mask(exact[n] < 10) for n in NAMES})
    attack = Attack(exact, HAMLETS, (exact, 0))
    _, weights, size = attack.list_small(10, rng=np.random.default_rng(0), number=1)[0]
    assert attack.reach(weights) == (size, size)
    assert count_small_differences(holed, 10) > 0


@given(PUPILS, st.sampled_from([None, CIRCULAR]))
@settings(max_examples=60, deadline=None)
def test_nestings_hold_for_all_pupils_under_every_policy(pupils, policy):
    flags = measure_pupils(judge(*pupils, **({"policy": policy} if policy else {})))
    for whole, parts in NESTINGS:
        assert (flags[list(parts)].sum(axis=1) <= flags[whole]).all(), (whole, parts)


def test_no_count_lies_in_another_without_standing_in_the_list():
    """So a new count cannot be forgotten: on thousands of random pupils, whatever is contained is listed."""
    rng = np.random.default_rng(0)
    pupils = make_wild_pupils(rng, 4000)
    flags = pd.concat(
        [measure_pupils(judge(*pupils)), measure_pupils(judge(*pupils, policy=CIRCULAR))]
    )
    listed = {(part, whole) for whole, parts in NESTINGS for part in parts}
    for _ in NESTINGS:
        listed |= {(a, d) for a, b in listed for c, d in listed if b == c}
    held = {
        (part, whole)
        for part in NAMES
        for whole in NAMES
        if part != whole and not (flags[part] > flags[whole]).any()
    }
    assert held == listed
    assert (flags.sum() > 0).all()


def make_wild_pupils(rng, number):
    """Pupils in every state that a record can be in, independently of each other."""
    states = {
        "device": ["own", "shared", "none", None],
        "device_kind": ["desktop", "smartphone", None],
        "device_sharers": [None, 1, 2, 3],
        "connection": ["fixed", "mobile_4g", "mobile_3g", "unspecified", "none", None],
        "hamlet_id": ["K1", "K3", "K4", "K4p", "K5", "KU", None],
        "household_key": [*(f"ho-{n}" for n in range(number // 3)), None],
        "poverty": ["poor", "near_poor", "neither", None],
        "hardships": ["", "orphan_both", "disability", "meritorious", "income_loss", None],
        "grade": [1, 5, 9, 12, None],
        "level": ["TH", "THCS", None],
        "status": ["studying", None],
    }
    return [
        {name: words[rng.integers(len(words))] for name, words in states.items()}
        for _ in range(number)
    ]


# --- whoever knows their own


def own_rows(exact, communes, schools=()):
    """Return which lines an account knows exactly: communes with hamlets and unplaced, and schools."""
    hamlets = set(HAMLETS.loc[HAMLETS["commune_code"].isin(communes), "hamlet_id"])
    own = exact["unit_code"].isin({*communes, *hamlets, *schools})
    return (own & (exact["edition"] == EDITION)).to_numpy()


def foreign_rows(exact, communes, schools=()):
    """Return the lines that hold none of the account's own pupils."""
    inside = HAMLETS.loc[HAMLETS["commune_code"].isin(communes), "hamlet_id"]
    small = exact["unit"].isin(["commune", "hamlet", "unplaced", "school"])
    own = exact["unit_code"].isin({*communes, *inside, *schools})
    return (small & ~own & (exact["edition"] == EDITION)).to_numpy()


ACCOUNTS = {
    **{f"commune {c}": ((c,), ()) for c in COMMUNES},
    **{f"school {s}": ((), (s,)) for s in ("S1", "S2", "S3", "S4")},
    "all of Tam Đảo but one": (COMMUNES[:2], ()),
    "all of Lập Thạch but one": (COMMUNES[3:4], ("S1", "S2")),
    "all communes but one": (COMMUNES[:4], ()),
}


@pytest.mark.parametrize("k", [5, 10])
@pytest.mark.parametrize("account", ACCOUNTS)
def test_whoever_knows_their_own_works_out_nobody_elses(account, k):
    communes, schools = ACCOUNTS[account]
    exact, table = world(11, 260), shown(released(11, 260, k))
    attack = Attack(
        exact, HAMLETS, (table, STATED * k - 1), known=own_rows(exact, communes, schools)
    )
    foreign = foreign_rows(exact, communes, schools)
    small = attack.list_small(k, rng=np.random.default_rng(1), number=4, foreign=foreign)
    assert small
    check_reach(attack, small, k)


# --- offices beside the public, and one release after another


@given(st.integers(0, 2**32 - 1), st.integers(100, 300))
@settings(max_examples=3, deadline=None, phases=PHASES)
def test_whoever_holds_the_offices_table_and_the_publics_tells_no_group_of_fewer_than_five(
    seed, number
):
    exact = count(make_pupils(seed, number))
    both = [(shown(publish(exact, k, secret=bytes([k]))), STATED * k - 1) for k in (5, 10)]
    attack = Attack(exact, HAMLETS, *both)
    check_reach(attack, attack.list_small(5, rng=np.random.default_rng(seed), number=8), 5)


def change(pupils, how):
    """Return the pupils of the next day."""
    after = [dict(p) for p in pupils]
    if how == "one leaves":
        del after[17]
    elif how == "twins leave":
        del after[17:19]
    elif how == "one moves":
        after[17].update(
            hamlet_id="H3", commune_code=COMMUNES[1], match_status="MATCHED", placed_by="address"
        )
    elif how == "one gets a device":
        place = next(n for n, p in enumerate(after) if p["device"] == "none")
        after[place]["device"] = "own"
    elif how == "nine get a device":
        for place in [n for n, p in enumerate(after) if p["device"] == "none"][:4]:
            after[place]["device"] = "own"
    return after


@pytest.mark.parametrize("k", [5, 10])
@pytest.mark.parametrize(
    "how", ["one leaves", "twins leave", "one moves", "one gets a device", "nine get a device"]
)
def test_fewer_than_k_changes_change_nothing_that_is_published(how, k):
    """So the two releases together are the first, and tell of nobody what it does not."""
    first = released(11, 260, k)
    after = count(change(make_pupils(11, 260), how))
    second = publish(after, k, before=first)
    assert not after[NAMES].equals(world(11, 260)[NAMES])
    pd.testing.assert_frame_equal(second.table[[*KEY, *NAMES]], first.table[[*KEY, *NAMES]])


@pytest.mark.parametrize("k", [5, 10])
@pytest.mark.parametrize("seed", [1])
def test_a_published_count_changes_by_k_or_more_and_where_as_many_have_come_or_gone(seed, k):
    """Release after release, each a few pupils on: no step is smaller than k, and none is left behind."""
    rng = np.random.default_rng(seed)
    pupils = make_pupils(seed, 250)
    last = publish(count(pupils), k)
    changed = 0
    for _ in range(8):
        for place in rng.choice(len(pupils), 9, replace=False):
            pupils[place]["device"] = str(rng.choice(["own", "none"]))
        exact = count(pupils)
        now = publish(exact, k, before=last)
        moved = (now.table[NAMES] - last.table[NAMES]).abs()
        assert (moved[moved > 0].min(axis=None) >= k) if (moved > 0).any(axis=None) else True
        grown = (exact[NAMES] - last.reference[NAMES]).abs()
        assert (grown >= k).any(axis=None) or not moved.any(axis=None)
        own = exact["edition"] == EDITION
        assert ((now.table[NAMES] - exact[NAMES]).abs()[own] < STATED * k).all(axis=None)
        changed += int((moved > 0).any(axis=None))
        last = now
    assert changed


@pytest.mark.parametrize("seed", [1, 2])
def test_two_releases_with_many_changes_between_them_hold_no_group_within_fewer_than_k(seed):
    """Whoever is sure that nobody came or went in most places gains nothing by laying one upon the other."""
    k, pupils = 10, make_pupils(seed, 250)
    exact = count(pupils)
    first = publish(exact, k)
    leaving = [n for n, p in enumerate(pupils) if p["hamlet_id"] == "H4"]
    after = count([p for n, p in enumerate(pupils) if n not in leaving])
    second = publish(after, k, before=first)
    still = (exact[NAMES] == after[NAMES]).all(axis=1).to_numpy()
    frozen = shown(second).where(pd.Series(still), other=shown(first))
    attack = Attack(exact, HAMLETS, (shown(first), STATED * k - 1), (frozen, STATED * k - 1))
    check_reach(attack, attack.list_small(k, rng=np.random.default_rng(seed), number=8), k)


def test_the_same_counts_and_key_give_the_same_table_and_another_key_another():
    exact = world(11, 260)
    first, again = released(11, 260, 10), publish(exact, 10)
    pd.testing.assert_frame_equal(first.table, again.table)
    assert not first.table.equals(publish(exact, 10, secret=b"another").table)


def test_a_line_that_is_new_is_rounded_and_one_that_is_gone_is_forgotten():
    exact, before = world(11, 260), released(11, 260, 10)
    fewer = Rounded(
        before.table.drop(index=exact.index[exact["unit_code"] == "H3"]), before.reference
    )
    out = publish(exact, 10, before=fewer)
    assert len(out.table) == len(exact)
    gone = exact[exact["unit_code"] != "H3"].reset_index(drop=True)
    assert len(publish(gone, 10, before=before).table) == len(gone)


def test_a_table_without_rows_stays_one():
    empty = count(make_pupils(1, 50)).head(0)
    assert publish(empty, 10).table.empty


def test_schools_are_no_persons_and_a_zero_is_empty():
    exact = world(11, 260)
    out = shown(released(11, 260, 10))
    assert (out["schools"] == exact["schools"]).all()
    assert out[NAMES].isna().any(axis=None) and not (out[NAMES] == 0).any(axis=None)
    listed = out["hidden"].str.split("|")
    assert all(
        set(filter(None, names)) == {n for n in NAMES if pd.isna(row[n])}
        for names, (_, row) in zip(listed, out.iterrows(), strict=True)
    )


def test_the_input_is_left_alone():
    exact = world(11, 260)
    copy = exact.copy()
    publish(exact, 5)
    pd.testing.assert_frame_equal(exact, copy)
