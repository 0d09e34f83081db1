"""Twins and namesakes: what a person decides about a pair holds, for later deliveries too."""

import pandas as pd
import pytest
from tests.persons.families import KEY, PERSONS, make_records

from phusong.persons.linking import link_records
from phusong.persons.merging import merge_records
from phusong.persons.pairs import (
    PairDecision,
    add_joined,
    apply_decisions,
    drop_apart,
    list_near_pairs,
)
from phusong.persons.tokens import list_tokens
from phusong.pipeline.pupils import tell_links

DAY = {"as_of": "2021-09-05"}
#: The twin of the girl, one letter apart, at another school.
TWIN = {"full_name": "Nguyễn Thị Khánh Hạ", "school_id": "26-TH-05", "student_code": None}
#: A later delivery: the first twin again, at another school, in capitals without diacritics, without a code.
THIRD = {
    "full_name": "NGUYEN THI KHANH HA", "student_code": None, "school_id": "26-TH-09",
    "status": "moved_in", "as_of": "2021-10-01",
}  # fmt: skip


def identify(records, decisions=()):
    """Return pupils, the pairs that wait, and everybody's tokens, as the stage of the flow makes them."""
    decided = apply_decisions(records, decisions, key=KEY)
    links = add_joined(link_records(records, persons=PERSONS), decided)
    pupils = merge_records(records, links, key=KEY, settled=decided)
    owner = pupils.set_index("student_key")["record_ids"].str.split("|").explode()
    left = drop_apart(links, dict(zip(owner, owner.index, strict=True)), decided)
    return pupils, tell_links(left, pupils), list_tokens(records, pupils, key=KEY)


def decide(pupils, tokens, *, is_one):
    """Return the decision about the two pupils there are."""
    own = tokens.groupby("student_key")["token"].agg(frozenset)
    return PairDecision(is_one, *(own[key] for key in sorted(pupils["student_key"])))


@pytest.fixture
def twins():
    records = make_records(DAY, DAY | TWIN)
    pupils, links, tokens = identify(records)
    assert len(pupils) == 2 and len(links) == 1
    assert set(pupils["identity"]) == {"probable"}
    return records, pupils, tokens


def test_two_pupils_wait_for_nobody_any_more(twins):
    records, pupils, tokens = twins
    decision = decide(pupils, tokens, is_one=False)
    again, links, _ = identify(records, [decision])
    assert links.empty and set(again["identity"]) == {"different"}
    assert again["student_key"].tolist() == pupils["student_key"].tolist()


def test_one_pupil_is_one_row_whatever_the_numbers_state(twins):
    records, pupils, tokens = twins
    decision = decide(pupils, tokens, is_one=True)
    again, links, after = identify(records, [decision])
    assert links.empty and again["record_ids"].tolist() == ["a|b"]
    assert again["identity"].tolist() == ["certain"]
    assert again["student_key"].iloc[0] in set(pupils["student_key"])
    assert set(after["token"]) >= set(tokens["token"]), "an award to either still meets the pupil"


@pytest.mark.parametrize("is_one", [False, True])
def test_a_third_delivery_changes_nothing(twins, is_one):
    records, pupils, tokens = twins
    decision = decide(pupils, tokens, is_one=is_one)
    before, _, _ = identify(records, [decision])
    more = pd.concat([records, make_records(DAY, DAY, THIRD).iloc[[2]]], ignore_index=True)
    after, links, _ = identify(more, [decision])
    decided = set(before["student_key"])
    assert decided <= set(after["student_key"])
    pairs = {frozenset(p) for p in links[["left_key", "right_key"]].to_numpy().tolist()}
    assert frozenset(pupils["student_key"]) not in pairs, "what was decided is not asked again"
    again = make_records(DAY, DAY | TWIN, DAY | TWIN)
    assert len(identify(again, [decision])[0]) == len(before), (
        "the same record once more is nobody new"
    )


def test_without_decisions_nothing_is_worked_out(twins):
    records, _, _ = twins
    decided = apply_decisions(records, [], key=KEY)
    links = link_records(records, persons=PERSONS)
    assert add_joined(links, decided) is links and drop_apart(links, {}, decided) is links


def near(*others):
    """Return who is near to the served girl among others, each with what differs."""
    girl = {
        "student_key": "a", "full_name": "Nguyễn Thị Khánh Hà", "birth_date": pd.Timestamp("2011-05-04"),
        "sex": "female", "personal_id": "026311000001",
    }  # fmt: skip
    rows = [girl, *({**girl, "student_key": "b", "personal_id": None, **other} for other in others)]
    return list_near_pairs(pd.DataFrame(rows), {"a"})


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"full_name": "Nguyễn Khánh Hà"}, "name:short|birth:equal"),
        ({"full_name": "NGUYEN HA"}, "name:short|birth:equal"),
        ({"full_name": "NGUYEN THI KHANH HA"}, "name:marks|birth:equal"),
        ({"full_name": "Nguyễn Thị Hồng Hà"}, None),
        ({"full_name": "Nguyễn Khánh Hà", "birth_date": pd.Timestamp("2011-05-05")}, None),
        ({"full_name": "Nguyễn Khánh Hà", "sex": "male"}, None),
        ({"full_name": "Nguyễn Khánh Hà", "personal_id": "026311000002"}, None),
    ],
)
def test_who_is_near_to_a_served_pupil_waits_for_a_person(other, expected):
    found = near(other)
    assert found["reasons"].tolist() == ([expected] if expected else [])


def test_a_pair_of_served_pupils_is_listed_once():
    pair = near({"full_name": "Nguyễn Khánh Hà"})
    assert pair[["left_key", "right_key"]].to_numpy().tolist() == [["a", "b"]]
    assert near().empty
