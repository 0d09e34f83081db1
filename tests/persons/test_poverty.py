"""Pupils on the communes' lists: what the list says, and how sure it is that it is they."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.persons.families import PERSONS, make_entries, make_records

from phusong.persons.poverty import match_poverty

CODE = {"household_code": "DT-0042"}
NO_FAMILY = {"guardian_1": None, "guardian_2": None}
UNLISTED = {"members": None}


def match(pupils, *entries):
    return match_poverty(make_records(*pupils), make_entries(*entries), persons=PERSONS)


def tell(pupil, *entries):
    """Return what the list says of one pupil."""
    row = match([pupil], *entries).iloc[0]
    return tuple(None if pd.isna(value) else value for value in row)


@pytest.mark.parametrize(
    ("pupil", "entry", "expected"),
    [
        ({}, {}, "certain"),
        (NO_FAMILY, {}, "certain"),
        ({"hamlet_id": None}, {}, "certain"),
        ({"hamlet_id": "08914-05"}, {}, "certain"),
        (NO_FAMILY | {"hamlet_id": None}, {}, "probable"),
        (NO_FAMILY | {"hamlet_id": "08914-05"}, {}, "probable"),
        ({"full_name": "Nguyen Thi Khanh Ha"}, {}, "certain"),
        ({"full_name": "Nguyễn Khánh Hà"}, {}, "certain"),
        ({"full_name": "Nguyễn Khánh Hà", "hamlet_id": None}, {}, "probable"),
        ({"full_name": "Nguyễn Thị Khánh Hạ"} | NO_FAMILY, {}, "probable"),
        ({"birth_date": None}, {}, "probable"),
        ({"birth_date": "2009-03-15"}, {}, None),
        ({"commune_code": "08710", "hamlet_id": "08710-01"}, {}, None),
        ({"commune_code": None, "hamlet_id": None}, {}, None),
        ({"full_name": "Nguyễn Gia Bảo"}, {}, None),
        ({"full_name": "Nguyễn Gia Bảo"} | CODE, CODE, "probable"),
        (CODE | NO_FAMILY | {"birth_date": None, "hamlet_id": None}, CODE, "certain"),
        (CODE, CODE | UNLISTED, "certain"),
        (CODE | NO_FAMILY, CODE | UNLISTED, "probable"),
        ({}, UNLISTED, "probable"),
        ({"hamlet_id": None}, UNLISTED, None),
        (CODE | NO_FAMILY | {"commune_code": "08710"}, CODE, None),
    ],
)
def test_one_pupil_and_one_household(pupil, entry, expected):
    poverty, verdict, entry_id = tell(pupil, entry)
    assert verdict == expected
    assert entry_id == ("n1" if expected else None)
    assert poverty in (["poor"] if expected else ["neither", None])


def test_whoever_is_not_on_the_list_of_their_commune_is_neither():
    assert tell({"full_name": "Nguyễn Gia Bảo", "poverty": "poor"}, {}) == ("neither", None, None)
    assert tell({"commune_code": "08710"}, {}) == (None, None, None)
    assert tell({"commune_code": None}, {}) == (None, None, None)


def test_the_list_stands_before_what_the_school_says():
    assert tell({"poverty": "near_poor"}, {}) == ("poor", "certain", "n1")


def test_two_households_as_sure_as_each_other_are_certain_of_neither():
    assert tell(NO_FAMILY, {"poverty": "near_poor"}, {}) == ("near_poor", "probable", "n1")
    assert tell({}, {}, {"hamlet_id": "08914-07", "head_name": "Lê Văn Tám"}) == (
        "poor",
        "certain",
        "n1",
    )


def test_a_member_who_is_two_pupils_is_certainly_neither():
    told = match([NO_FAMILY, NO_FAMILY | {"student_code": "2601000002"}], {})
    assert told["poverty_verdict"].tolist() == ["probable", "probable"]


def test_a_twin_takes_no_place_from_the_one_who_is_listed():
    hung, twin = {"full_name": "Nguyễn Văn Hùng"}, {"full_name": "Nguyễn Văn Hưng"}
    one = match([hung, twin], {"members": "Nguyễn Văn Hùng (2011)"})
    assert one["poverty_verdict"].tolist() == ["certain", "probable"]
    both = match([hung, twin], {"members": "Nguyễn Văn Hùng (2011)|Nguyễn Văn Hưng (2011)"})
    assert both["poverty_verdict"].tolist() == ["certain", "certain"]


def test_the_list_of_an_earlier_year_is_over():
    assert tell({}, {"list_year": 2020}, {"head_name": "Lê Văn Tám", "members": "Lê Văn Tám (1950)"}) == (
        "neither", None, None,
    )  # fmt: skip
    other = {"head_name": "Lê Văn Tám", "members": None, "commune_code": "08710", "hamlet_id": None}
    assert tell({}, {"list_year": 2020}, other) == ("poor", "certain", "n1")


def test_without_a_list_nothing_is_known():
    empty = make_entries({}).iloc[:0]
    told = match_poverty(make_records({}), empty, persons=PERSONS)
    assert told.isna().all(axis=None) and list(told.columns) == [
        "poverty",
        "poverty_verdict",
        "entry_id",
    ]
    nobody = match_poverty(make_records({}).iloc[:0], make_entries({}), persons=PERSONS)
    assert len(nobody) == 0


CROWD = make_records({}, NO_FAMILY, CODE, {"full_name": "Nguyễn Gia Bảo"}, {"hamlet_id": None})
LIST = make_entries({}, CODE, UNLISTED, {"poverty": "near_poor", "hamlet_id": None})


@pytest.mark.long
@settings(max_examples=15, deadline=None)
@given(rows=st.permutations(range(len(CROWD))), entries=st.permutations(range(len(LIST))))
def test_the_order_of_pupils_and_entries_changes_nothing(rows, entries):
    answer = match_poverty(CROWD, LIST, persons=PERSONS)
    shuffled = match_poverty(CROWD.iloc[list(rows)], LIST.iloc[list(entries)], persons=PERSONS)
    pd.testing.assert_frame_equal(shuffled.loc[CROWD.index], answer)
