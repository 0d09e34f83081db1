"""One pupil of several records, and the pseudonym that stays."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.persons.families import GIRL, KEY, make_records

from phusong.persons.keys import STUDENT, hash_identity
from phusong.persons.merging import list_open_links, merge_records
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.persons import STUDENTS

ID, OTHER_ID = "026311004417", "026311990052"
NOBODY = {"student_code": None, "school_id": "26-TH-07"}


def make_links(*lines):
    """Return links from (left, right, verdict, probability)."""
    frame = pd.DataFrame(lines, columns=["left", "right", "verdict", "probability"])
    text = {"left": "str", "right": "str", "verdict": "str", "probability": "float64"}
    return frame.astype(text).assign(reasons="name:equal")


def merge(records, *lines):
    return merge_records(records, make_links(*lines), key=KEY)


def test_the_school_where_the_pupil_studies_stands_for_them():
    records = make_records(
        {"status": "moved_out", "school_id": "26-TH-01", "device": "own"},
        {"school_id": "26-TH-09", "phone": None, "device": None, "device_sharers": None},
    )
    pupil = merge(records, ("a", "b", "certain", 1.0)).iloc[0]
    assert (pupil["record_id"], pupil["school_id"], pupil["status"]) == (
        "b",
        "26-TH-09",
        "studying",
    )
    assert (pupil["phone"], pupil["device"]) == (GIRL["phone"], "own")
    assert (pupil["records"], pupil["record_ids"], pupil["identity"]) == (2, "a|b", "certain")


def test_then_the_newest_then_the_most_complete_then_the_first():
    newer = make_records({"as_of": "2021-09-05"}, {"as_of": "2021-09-20"})
    assert merge(newer, ("a", "b", "certain", 1.0))["record_id"].iloc[0] == "b"
    fuller = make_records({"guardian_2": None, "phone": None, "sex": None}, {"phone": None})
    assert merge(fuller, ("a", "b", "certain", 1.0))["record_id"].iloc[0] == "b"
    assert merge(make_records({}, {}), ("a", "b", "certain", 1.0))["record_id"].iloc[0] == "a"


def test_a_school_that_was_left_says_neither_where_they_learn_nor_live():
    nowhere = {
        "school_id": None,
        "hamlet": None,
        "hamlet_id": None,
        "commune_code": None,
        "status": None,
    }
    records = make_records({"status": "left"}, nowhere | {"match_status": "EMPTY"})
    pupil = merge(records, ("a", "b", "certain", 1.0)).iloc[0]
    assert pupil["record_id"] == "b" and pupil["match_status"] == "EMPTY"
    assert pupil[["school_id", "hamlet", "hamlet_id", "status"]].isna().all()


NEWER = {
    "school_id": "26-TH-09", "class_name": "5C", "student_code": None, "guardian_1": None,
    "guardian_2": None, "sex": None, "as_of": "2021-10-01", "hamlet": "Thôn Đồng Giếng",
    "hamlet_id": "08914-07",
}  # fmt: skip


@pytest.mark.parametrize("status", ["studying", "moved_in"])
def test_a_pupil_who_moved_belongs_to_the_newer_school_however_sparse_its_list(status):
    records = make_records({"as_of": "2021-09-05"}, NEWER | {"status": status})
    turned = records.iloc[::-1].assign(record_id=["a", "b"])
    place = ["school_id", "class_name", "hamlet", "hamlet_id"]
    first, second = (merge(r, ("a", "b", "certain", 1.0)).iloc[0] for r in (records, turned))
    assert list(first[place]) == list(second[place]), "whichever was delivered first"
    pupil = first
    assert list(pupil[place]) == ["26-TH-09", "5C", "Thôn Đồng Giếng", "08914-07"]
    assert pupil["guardian_1"] == GIRL["guardian_1"], "what the newer list leaves empty is filled"
    assert pd.isna(pupil["other_schools"])


def test_on_the_same_day_the_school_to_which_they_moved_wins_and_else_it_is_a_question():
    day = {"as_of": "2021-09-05"}
    moved = make_records(day, NEWER | day | {"status": "moved_in"})
    pupil = merge(moved, ("a", "b", "certain", 1.0)).iloc[0]
    assert pupil["school_id"] == "26-TH-09" and pd.isna(pupil["other_schools"])
    for days in (day, {"as_of": None}):
        asked = make_records(days, NEWER | days)
        pupil = merge(asked, ("a", "b", "certain", 1.0)).iloc[0]
        assert (pupil["school_id"], pupil["other_schools"]) == ("26-TH-01", "26-TH-09")


def test_an_address_comes_with_its_place():
    away = {"hamlet": None, "hamlet_id": None, "match_status": "EMPTY", "placed_by": "nothing"}
    records = make_records({"class_name": None, "phone": None}, away)
    records["match_flags"] = pd.Series(["exact", None], dtype="str")
    pupil = merge(records, ("a", "b", "certain", 1.0)).iloc[0]
    assert list(pupil[["hamlet", "hamlet_id", "match_status", "placed_by", "match_flags"]]) == [
        "Thôn Tân Lập", "08914-03", "MATCHED", "address", "exact",
    ]  # fmt: skip


def test_sharers_are_not_taken_from_one_and_the_device_from_another():
    records = make_records(
        {"device": "own", "device_kind": "tablet"},
        {"device": "shared", "device_sharers": 3, "device_kind": None, "status": "moved_out"},
    )
    pupil = merge(records, ("a", "b", "certain", 1.0)).iloc[0]
    assert pupil["device"] == "own" and pd.isna(pupil["device_sharers"])


def test_a_chain_never_joins_two_personal_ids():
    records = make_records({"personal_id": ID}, {}, {"personal_id": OTHER_ID})
    pupils = merge(records, ("a", "b", "certain", 1.0), ("b", "c", "certain", 0.9995))
    assert sorted(pupils["record_ids"]) == ["a|b", "c"]
    assert set(pupils["identity"]) == {"probable"}
    weaker = merge(records, ("a", "b", "certain", 0.9995), ("b", "c", "certain", 1.0))
    assert sorted(weaker["record_ids"]) == ["a", "b|c"]


def test_a_chain_never_joins_two_codes_of_one_school():
    records = make_records(
        {}, {"school_id": "26-TH-09", "student_code": None}, {"student_code": "2601000002"}
    )
    pupils = merge(records, ("a", "b", "certain", 1.0), ("b", "c", "certain", 0.9995))
    assert sorted(pupils["record_ids"]) == ["a|b", "c"]


def test_a_probable_link_joins_nobody_and_is_shown_once():
    records = make_records({}, {"student_code": None}, {"student_code": "2609000003"}, NOBODY)
    links = make_links(
        ("a", "b", "certain", 1.0), ("a", "c", "probable", 0.5), ("b", "c", "probable", 0.8)
    )
    pupils = merge_records(records, links, key=KEY)
    by_records = pupils.set_index("record_ids")["identity"]
    assert by_records.to_dict() == {"a|b": "probable", "c": "probable", "d": "different"}
    left = list_open_links(pupils, links)
    assert left["probability"].tolist() == [0.8] and left["verdict"].tolist() == ["probable"]
    keys = sorted(pupils.set_index("record_ids").loc[["a|b", "c"], "student_key"])
    assert left[["left_key", "right_key"]].to_numpy().tolist() == [keys]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"personal_id": ID}, f"id\x1f{ID}"),
        ({"personal_id": "123"}, "code\x1f2601000001"),
        ({"student_code": "HS01"}, "own\x1f26-TH-01\x1fHS01"),
    ],
)
def test_the_key_is_the_hash_of_the_best_number(change, text):
    pupils = merge(make_records(change))
    assert pupils["student_key"].tolist() == [hash_identity(KEY, STUDENT, text)]


def test_the_key_stays_when_the_pupil_comes_again():
    before = merge(make_records({"personal_id": ID, "status": "moved_out"}))
    after = merge(
        make_records(
            {"personal_id": ID, "status": "moved_out"},
            {"school_id": "26-TH-09", "student_code": None},
        ),
        ("a", "b", "certain", 1.0),
    )
    assert after["student_key"].tolist() == before["student_key"].tolist()


def test_the_key_of_a_pupil_without_numbers_does_not_hang_on_the_files_name():
    first = make_records(NOBODY)
    again = first.assign(record_id="other.xlsx#7")
    assert merge(first)["student_key"].tolist() == merge(again)["student_key"].tolist()


def test_whoever_claims_one_number_is_told_apart_and_nobody_inherits():
    records = make_records(
        {"personal_id": ID},
        {"personal_id": ID, "full_name": "Trần Văn Đoàn", "student_code": "2609000003"},
    )
    pupils = merge(records, ("a", "b", "probable", 0.4))
    assert pupils["student_key"].is_unique and len(pupils) == 2
    assert hash_identity(KEY, STUDENT, f"id\x1f{ID}") not in set(pupils["student_key"])


def test_two_rows_alike_in_everything_have_two_keys():
    assert merge(make_records(NOBODY, NOBODY))["student_key"].is_unique


def test_columns_and_types_are_kept_and_a_row_more_is_a_pupil_more():
    records = make_records({}, {"status": "moved_out"}, NOBODY)
    pupils = merge(records, ("a", "b", "certain", 1.0))
    added = ["records", "record_ids", "identity", "student_key", "other_schools"]
    assert sorted(pupils.columns) == sorted([*records.columns, *added])
    assert list(pupils.index) == [0, 1] and pupils["student_key"].is_monotonic_increasing
    typed = conform_table(pupils, STUDENTS)
    assert (typed.dtypes[STUDENTS.names] == pupils.dtypes[STUDENTS.names]).all()


def test_no_records_are_no_pupils():
    empty = merge(make_records({}).iloc[:0])
    assert len(empty) == 0 and "student_key" in empty


CROWD = make_records(
    {"personal_id": ID, "status": "moved_out"}, {"school_id": "26-TH-09", "phone": None},
    {"personal_id": OTHER_ID}, NOBODY, NOBODY, {"student_code": "HS01"},
)  # fmt: skip
LINES = [("a", "b", "certain", 1.0), ("b", "c", "certain", 1.0), ("d", "e", "probable", 0.6)]


@pytest.mark.long
@settings(max_examples=20, deadline=None)
@given(rows=st.permutations(range(len(CROWD))), lines=st.permutations(LINES))
def test_the_order_of_rows_and_links_changes_nothing(rows, lines):
    shuffled = CROWD.iloc[list(rows)].reset_index(drop=True)
    pd.testing.assert_frame_equal(merge(shuffled, *lines), merge(CROWD, *LINES))
