"""Who lives together: by code, by both guardians, by telephone."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.persons.families import KEY, PERSONS, make_records

from phusong.persons.households import group_households

OTHERS = {"guardian_1": "Phạm Văn Long", "guardian_2": "Đỗ Thị Nga", "phone": "0900000777"}
NOTHING = {"guardian_1": None, "guardian_2": None, "phone": None}


def make_pupils(*changes):
    """Return one pupil for each dictionary of changes to the girl."""
    records = make_records(*changes)
    return records.assign(student_key="hs-" + records["record_id"])


def homes(*changes):
    """Return the number of the household of each pupil, in the order in which they are met."""
    grouped = group_households(make_pupils(*changes), key=KEY, persons=PERSONS)
    numbers = pd.factorize(grouped["household_key"])[0]
    sizes = pd.Series(numbers).map(pd.Series(numbers).value_counts())
    assert grouped["household_pupils"].tolist() == sizes.tolist()
    return numbers.tolist()


CODE = {"household_code": "DT-0042"}


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (CODE, CODE | OTHERS, True),
        (CODE, CODE | OTHERS | {"commune_code": "08710"}, False),
        (CODE, {"household_code": "dt-0042 "} | OTHERS, True),
        (CODE, {"household_code": "DT-0043"}, False),
        ({}, {"phone": None}, True),
        (
            {},
            {"phone": None, "guardian_1": "Lê Thị Hoa Mai", "guardian_2": "NGUYEN VAN THANH"},
            True,
        ),
        ({}, {"phone": None, "hamlet_id": "08914-04"}, False),
        ({"phone": None}, {"phone": None, "guardian_2": None}, False),
        ({}, {"guardian_1": None}, True),
        ({}, NOTHING | {"phone": "0900000123", "full_name": "Phạm Gia Bảo"}, False),
        (NOTHING, NOTHING, False),
        (CODE, {}, True),
    ],
)
def test_two_pupils(first, second, together):
    assert homes(first, second) == ([0, 0] if together else [0, 1])


def test_a_weaker_sign_never_joins_two_households_that_codes_made():
    assert homes(CODE, {"household_code": "DT-0043"}, {}, {"phone": None}) == [0, 1, 2, 2]


def test_three_signs_make_one_household():
    assert homes(CODE, {}, {"guardian_1": None, "guardian_2": None}) == [0, 0, 0]


def test_a_telephone_of_half_a_hamlet_is_no_households():
    many = [{"guardian_1": None, "guardian_2": None}] * 9
    assert homes(*many[:8]) == [0] * 8
    assert homes(*many) == list(range(9))


def test_the_key_of_a_household_stays_when_children_are_added():
    one = group_households(make_pupils(CODE), key=KEY, persons=PERSONS)
    two = group_households(make_pupils(CODE, {}), key=KEY, persons=PERSONS)
    assert set(one["household_key"]) == set(two["household_key"])
    assert one["household_key"].str.startswith("ho-").all()


CROWD = make_pupils(
    CODE, {}, OTHERS, CODE | OTHERS, NOTHING, {"hamlet_id": None}, {"guardian_2": None}
)


@settings(max_examples=20, deadline=None)
@given(rows=st.permutations(range(len(CROWD))))
def test_the_order_of_pupils_changes_nothing(rows):
    answer = group_households(CROWD, key=KEY, persons=PERSONS)
    shuffled = group_households(CROWD.iloc[list(rows)], key=KEY, persons=PERSONS)
    pd.testing.assert_frame_equal(shuffled.loc[CROWD.index], answer)
