"""A policy file is believed only once no case can confound it."""

import copy

import pytest

from phusong.gaps.pupils.policy import list_policies, load_policy, read_policy
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.packaged import read_packaged_toml


@pytest.fixture
def told():
    return copy.deepcopy(read_packaged_toml("parameters", "policies", "vp242-1.toml"))


def refuse(told, words):
    with pytest.raises(ParameterFault) as fault:
        read_policy(told, name="vp242-1")
    assert words in str(fault.value)


@pytest.mark.parametrize("name", list_policies())
def test_every_packaged_policy_is_sound_and_says_what_it_rests_on(name):
    policy = load_policy(name)
    assert policy.vi and policy.en and all(d.title and len(d.source) > 10 for d in policy.legal)
    assert all(t.vi and t.en for t in policy.tier)


def test_the_plan_and_the_circular_are_there():
    assert {"vp242-1", "tt9-2022"} <= set(list_policies())
    assert [str(t.tier) for t in load_policy("vp242-1").tier] == [
        "T1",
        "T2",
        "T3",
        "T4",
        "T5",
        "T6",
    ]
    assert load_policy("tt9-2022").one_per_household


def test_an_unknown_policy_names_the_known_ones():
    with pytest.raises(ParameterFault, match="vp242-1"):
        load_policy("vp243")


def test_an_unknown_key_is_refused(told):
    refuse(told | {"levles": ["TH"]}, "levles")


def test_an_unknown_word_is_refused(told):
    told["tier"][0]["all"] = ["poor", "rich"]
    refuse(told, "“rich”, which is neither a condition nor a fact")


def test_a_tier_nobody_can_be_in_contradicts_itself(told):
    told["tier"][2]["all"] = ["near_poor", "poor"]
    refuse(told, "tier T3 contradicts itself")


def test_a_tier_that_those_above_leave_nobody_is_unreachable(told):
    told["tier"][0]["all"], told["tier"][1]["all"] = ["poor"], ["poor", "grave"]
    refuse(told, "tier T2 is unreachable")


def test_unreachable_is_found_through_conditions_of_conditions(told):
    told["tier"][4]["all"] = ["poor", "other_hardship_proven"]
    refuse(told, "tier T5 is unreachable")


def test_a_condition_made_of_itself_is_refused(told):
    told["condition"]["grave"]["any"] = ["other_hardship_proven"]
    refuse(told, "is made of itself")


def test_a_condition_cannot_take_the_name_of_a_fact(told):
    told["condition"]["poor"] = {"vi": "x", "en": "x", "any": ["near_poor"]}
    refuse(told, "has the name of a fact")


def test_a_condition_says_one_thing(told):
    told["condition"]["grave"]["all"] = ["minority"]
    refuse(told, "either `any` or `all`")


def test_tiers_stand_in_order(told):
    told["tier"].reverse()
    refuse(told, "not in order")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"tie_break": [{"by": "exam_grade", "order": "ascending"}]}, "must be the hash"),
        ({"tie_break": [{"by": "hash", "order": "ascending"}] * 2}, "stands twice"),
        ({"levels": []}, "`levels` is empty"),
        ({"hardship": "misery"}, "which is no condition"),
        ({"connectivity_first": "nearest"}, "connectivity_first"),
        ({"name": "vp242-2"}, "is called “vp242-2”"),
        ({"shared": "sometimes"}, "shared"),
    ],
)
def test_what_makes_no_order_is_refused(told, change, words):
    refuse(told | change, words)
