"""Which records are one pupil: small families in which everybody can see the answer."""

import socket

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.persons.families import GIRL, PERSONS, make_records

from phusong.persons.linking import link_records
from phusong.persons.words import tell_reasons

#: Another school, where another code was given; and a family that the girl has nothing to do with.
MOVED = {"school_id": "26-TH-09", "student_code": "2609000007"}
STRANGER = {
    "school_id": "26-TH-50",
    "student_code": "2650000001",
    "guardian_1": "Nguyễn Hữu Bình",
    "guardian_2": "Trần Thị Sửu",
    "phone": "0900000777",
    "hamlet_id": "08710-02",
    "commune_code": "08710",
}
CODE = {"student_code": "2601000001"}
ID, OTHER_ID = "026311004417", "026311990052"


BOYS = {"sex": "male", "household_code": "DT-0042"}
UNKNOWN = {"guardian_1": None, "guardian_2": None, "phone": None, "hamlet_id": None}
LEFT = {"status": "moved_out"}
TWIN = {"student_code": "2601000002"}
HUNG, HUNG_UNSURE, DUNG = "Nguyễn Văn Hùng", "Nguyễn Văn Hưng", "Nguyễn Văn Dũng"
DOAN = {"full_name": "Trần Văn Đoàn", "sex": "male"}

#: What is known of two records, and whether they are one pupil; None: they are two.
CASES = {
    "a transfer without any number": (LEFT, MOVED, "certain"),
    "a common name and birthday in two places": ({}, STRANGER, None),
    "a common name and birthday, nothing else known": ({}, MOVED | UNKNOWN, "probable"),
    "capitals": (LEFT, MOVED | {"full_name": "NGUYỄN THỊ KHÁNH HÀ"}, "certain"),
    "no diacritics": (LEFT, MOVED | {"full_name": "Nguyen Thi Khanh Ha"}, "certain"),
    "two spaces": (LEFT, MOVED | {"full_name": "Nguyễn Thị  Khánh Hà"}, "certain"),
    "hỏi for ngã": (
        LEFT | {"full_name": "Nguyễn Mỹ Khánh"}, MOVED | {"full_name": "Nguyển Mĩ Khánh"}, "certain",
    ),
    "a middle name left out": (LEFT, MOVED | {"full_name": "Nguyễn Khánh Hà"}, "probable"),
    "another tone": (LEFT, MOVED | {"full_name": "Nguyễn Thị Khánh Hạ"}, "probable"),
    "a letter too many": (LEFT, MOVED | {"full_name": "Nguyễn Thị Khanhs Hà"}, "probable"),
    "given name first": (LEFT, MOVED | {"full_name": "Hà Nguyễn Thị Khánh"}, "probable"),
    "a sister's name": (LEFT, MOVED | {"full_name": "Nguyễn Thị Bích Ngọc"}, None),
    "born a day later": (LEFT, MOVED | {"birth_date": "2011-03-16"}, "probable"),
    "born on no known day": (LEFT, MOVED | {"birth_date": None}, "probable"),
    "born years before": (LEFT, MOVED | {"birth_date": "2007-11-02"}, None),
    "day and month changed over": (
        {"birth_date": "2011-03-05"}, MOVED | {"birth_date": "2011-05-03"}, "probable",
    ),
    "the same id": ({"personal_id": ID}, MOVED | {"personal_id": ID}, "certain"),
    "two ids": ({"personal_id": ID}, MOVED | {"personal_id": OTHER_ID}, None),
    "an id with a digit other": ({"personal_id": ID}, MOVED | {"personal_id": ID[:-1] + "8"}, "probable"),
    "an id with digits turned": ({"personal_id": ID}, MOVED | {"personal_id": ID[:-2] + "71"}, "probable"),
    "strangers of one name and one id": ({"personal_id": ID}, STRANGER | {"personal_id": ID}, "certain"),
    "one id and birthday, two names": (
        {"personal_id": ID}, STRANGER | DOAN | {"personal_id": ID}, "probable",
    ),
    "one id, nothing else": (
        {"personal_id": ID}, STRANGER | DOAN | {"personal_id": ID, "birth_date": "2009-08-01"}, "probable",
    ),
    "an id that nobody can have": (
        {"personal_id": "026311000000"}, STRANGER | {"personal_id": "026311000000"}, None,
    ),
    "one code, name and birthday": ({}, STRANGER | CODE, "certain"),
    "one code and birthday, the name without marks": (
        {}, STRANGER | CODE | {"full_name": "Nguyen Thi Khanh Ha"}, "certain",
    ),
    "one code and birthday, another name": ({}, STRANGER | CODE | DOAN, "probable"),
    "one code and name, another birthday": (
        {}, STRANGER | CODE | {"birth_date": "2008-12-30"}, "probable",
    ),
    "one code, nothing else": ({}, STRANGER | CODE | DOAN | {"birth_date": "2008-12-30"}, None),
    "a school's own code in two schools": (
        {"student_code": "HS01"}, STRANGER | {"student_code": "HS01"}, None,
    ),
    "a school's own code in that school": (
        {"student_code": "HS01"}, {"student_code": "HS01"} | UNKNOWN, "certain",
    ),
    "twins, one mark apart": (BOYS | {"full_name": HUNG}, BOYS | TWIN | {"full_name": HUNG_UNSURE}, None),
    "twins, one letter apart": (BOYS | {"full_name": HUNG}, BOYS | TWIN | {"full_name": DUNG}, None),
    "twins, names turned": (
        BOYS | {"full_name": "Nguyễn Bảo An"}, BOYS | TWIN | {"full_name": "Nguyễn An Bảo"}, None,
    ),
    "twins in two classes": (
        BOYS | {"full_name": HUNG}, BOYS | TWIN | {"full_name": DUNG, "class_name": "5B"}, None,
    ),
    "twins in two schools": ({"full_name": HUNG}, MOVED | {"full_name": "Nguyễn Văn Mạnh"}, None),
    "twins in two schools, one letter apart": (
        {"full_name": HUNG}, MOVED | {"full_name": DUNG}, "probable",
    ),
    "twins with one id": (
        {"personal_id": ID}, TWIN | {"personal_id": ID, "full_name": "Nguyễn Thị Khánh Hạ"}, "probable",
    ),
    "a boy and a girl of one name": ({"sex": "male"}, MOVED, "probable"),
    "two codes in one school": ({}, TWIN, "probable"),
    "two codes in one school, one left": (LEFT, TWIN, "certain"),
    "one list delivered twice, without codes": ({"student_code": None}, {"student_code": None}, "certain"),
    "guardians in the other columns": (
        {"phone": None},
        MOVED | {"guardian_1": "Lê Thị Hoa Mai", "guardian_2": "Nguyễn Văn Thành", "phone": None},
        "certain",
    ),
}  # fmt: skip


def set_apart(change, number):
    """Return a record in a world of its own: another year and other numbers, alike in everything else."""
    record = GIRL | change
    apart = {"record_id": f"{number:03d}"}
    if record["birth_date"]:
        year, rest = record["birth_date"].split("-", 1)
        apart["birth_date"] = f"{int(year) - 3 * number}-{rest}"
    for name, keep in (
        ("personal_id", 6),
        ("student_code", 5),
        ("phone", 4),
        ("household_code", 2),
    ):
        if (value := record[name]) and not value.endswith("000000"):
            apart[name] = f"{value[:keep]}{number:03d}{value[keep + 3 :]}"
    return record | apart


@pytest.fixture(scope="module")
def verdicts():
    """Return the verdict on each case; all are linked at once."""
    rows = []
    for number, (first, second, _) in enumerate(CASES.values(), start=1):
        rows += [
            set_apart(first, number),
            set_apart(second, number) | {"record_id": f"{number:03d}+"},
        ]
    known = PERSONS.name_known_records.model_copy(update={"value": 1e6})
    links = link_records(
        make_records(*rows), persons=PERSONS.model_copy(update={"name_known_records": known})
    )
    own = links[links["right"] == links["left"] + "+"].set_index("left")["verdict"]
    return {case: own.get(f"{number:03d}") for number, case in enumerate(CASES, start=1)}


@pytest.mark.parametrize("case", CASES)
def test_two_records(case, verdicts):
    assert verdicts[case] == CASES[case][2]


def verdict(*changes):
    """Return the verdict on two records; None where they are two pupils."""
    links = link_records(make_records(*changes), persons=PERSONS)
    assert len(links) <= 1
    return links["verdict"].iloc[0] if len(links) else None


def test_a_name_without_marks_that_may_be_either_twin_is_certain_of_neither():
    hung, twin, plain = "Nguyễn Văn Hùng", "Nguyễn Văn Hưng", "Nguyen Van Hung"
    links = link_records(
        make_records(
            {"full_name": hung},
            {"full_name": twin, "student_code": "2601000002"},
            MOVED | {"full_name": plain},
        ),
        persons=PERSONS,
    )
    assert links[["left", "right", "verdict"]].to_numpy().tolist() == [
        ["a", "c", "probable"],
        ["b", "c", "probable"],
    ]


def test_a_telephone_on_a_whole_schools_list_proves_nothing():
    crowd = [
        {
            "full_name": f"Trần Thị {name}",
            "birth_date": f"2010-01-{day:02d}",
            "student_code": None,
            "guardian_1": None,
            "guardian_2": None,
        }
        for day, name in enumerate(
            [
                "Ngân",
                "Loan",
                "Vân",
                "Cúc",
                "Đào",
                "Mận",
                "Quế",
                "Sen",
                "Trúc",
                "Thơm",
                "Xuân",
                "Yên",
            ],
            1,
        )
    ]
    pair = [
        {"guardian_1": None, "guardian_2": None},
        MOVED | {"guardian_1": None, "guardian_2": None},
    ]
    assert verdict(*pair) == "certain"
    links = link_records(make_records(*pair, *crowd), persons=PERSONS)
    assert not (links["verdict"] == "certain").any()


def test_reasons_say_what_agrees_and_what_does_not():
    links = link_records(
        make_records({}, MOVED | {"full_name": "Nguyễn Khánh Hà", "phone": None}), persons=PERSONS
    )
    reasons = links["reasons"].iloc[0]
    assert reasons.split("|") == [
        "name:short", "birth:equal", "sex:equal", "guardians:equal", "place:equal", "code:other", "school:other",
    ]  # fmt: skip
    assert tell_reasons(reasons, language="vi")[0] == "họ tên: thiếu chữ đệm"
    assert tell_reasons(reasons, language="en")[-1] == "school: different"


def test_nobody_is_on_a_pair_with_nobody():
    empty = link_records(make_records({}).iloc[:0], persons=PERSONS)
    assert list(empty.columns) == ["left", "right", "verdict", "probability", "reasons"]
    assert len(empty) == 0 == len(link_records(make_records({}), persons=PERSONS))
    bare = {"full_name": "An", "birth_date": None, "student_code": None, "guardian_1": None}
    bare |= {"guardian_2": None, "phone": None, "hamlet_id": None, "commune_code": None}
    assert len(link_records(make_records(bare, bare), persons=PERSONS)) == 0


def test_a_record_id_stands_once():
    twice = make_records({}, {}).assign(record_id="a")
    with pytest.raises(ValueError, match="twice"):
        link_records(twice, persons=PERSONS)


def test_no_socket_is_opened(monkeypatch):
    def _refuse(*_):
        raise AssertionError("the network was reached for")

    monkeypatch.setattr(socket.socket, "connect", _refuse)
    assert verdict({"status": "moved_out"}, MOVED) == "certain"


CROWD = make_records(
    {},
    MOVED,
    STRANGER,
    {"full_name": "Nguyễn Thị Khánh Hạ", "student_code": "2601000002"},
    MOVED | {"full_name": "Nguyen Thi Khanh Ha", "student_code": "2609000008"},
    STRANGER | {"personal_id": ID, "full_name": "Trần Văn Đoàn", "sex": "male"},
    {"personal_id": ID},
    {"student_code": "HS01"},
)


@pytest.mark.long
@settings(max_examples=5, deadline=None)
@given(order=st.permutations(range(len(CROWD))), threads=st.sampled_from([1, 2]))
def test_neither_the_order_of_rows_nor_the_threads_change_anything(order, threads):
    fewer = PERSONS.model_copy(
        update={"threads": PERSONS.threads.model_copy(update={"value": threads})}
    )
    shuffled = CROWD.iloc[list(order)].reset_index(drop=True)
    pd.testing.assert_frame_equal(
        link_records(shuffled, persons=fewer), link_records(CROWD, persons=PERSONS)
    )


def test_what_else_is_delivered_changes_no_certainty_by_much():
    """A small file proves no more than a large one: a name is as rare as was set beforehand."""
    pair = make_records({"status": "moved_out"}, MOVED)
    alone = link_records(pair, persons=PERSONS)["probability"].iloc[0]
    rng = np.random.default_rng(1)
    others = [
        STRANGER
        | {
            "full_name": f"Lê Văn {chr(65 + n)}",
            "birth_date": f"2010-{m:02d}-11",
            "student_code": None,
        }
        for n, m in enumerate(rng.integers(1, 13, 20))
    ]
    crowd = make_records({"status": "moved_out"}, MOVED, *others)
    links = link_records(crowd, persons=PERSONS).set_index(["left", "right"])
    assert links.loc[("a", "b"), "probability"] == pytest.approx(alone, abs=1e-6)
