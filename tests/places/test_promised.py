"""The hamlets of operators' promises: found by id or by name inside their commune, or told why not."""

import pandas as pd
import pytest

from phusong.places.promised import place_promises

HAMLETS = pd.DataFrame(
    {
        "hamlet_id": ["a", "b", "c", "d"],
        "kind": ["thôn", "thôn", "thôn", "khu"],
        "name": ["Đồng Giếng", "Vĩnh Ninh", "Lõng Sâu", "Vĩnh Ninh"],
        "commune_code": ["08914", "08914", "08917", "08914"],
        "edition": "2021-01-01",
        "former_names": "",
    }
)


def place(hamlet_id=None, hamlet=None, code="08914", commune=None):
    row = {"commitment_id": "CK-01", "hamlet_id": hamlet_id, "hamlet": hamlet, "commune_code": code,
           "edition": "2021-01-01", "commune": commune}  # fmt: skip
    found = place_promises(
        pd.DataFrame([row]).astype("str").where(pd.notna([list(row.values())])), HAMLETS
    )
    return found.iloc[0]


@pytest.mark.parametrize(
    ("told", "hamlet_id"),
    [
        ({"hamlet_id": "b"}, "b"),
        ({"hamlet": "Thôn Đồng Giếng"}, "a"),
        ({"hamlet": "dong gieng"}, "a"),
        ({"hamlet": "Khu Vĩnh Ninh"}, "d"),
        ({"hamlet": "thôn Lõng Sâu", "code": None, "commune": "Yên Dương"}, "c"),
        ({"hamlet_id": "gone", "hamlet": "Lõng Sâu", "code": "08917"}, "c"),
    ],
)
def test_a_promise_finds_its_hamlet(told, hamlet_id):
    assert place(**told)[["hamlet_id", "place_status"]].tolist() == [hamlet_id, "MATCHED"]


@pytest.mark.parametrize(
    ("told", "status", "candidates"),
    [
        ({"hamlet": "Vĩnh Ninh"}, "AMBIGUOUS", "b|d"),
        ({"hamlet": "Lõng Sâu"}, "COMMUNE_ONLY", ""),
        ({"hamlet_id": "gone", "code": None}, "EMPTY", ""),
    ],
)
def test_a_promise_without_a_hamlet_stays_and_says_why(told, status, candidates):
    found = place(**told)
    assert pd.isna(found["hamlet_id"])
    assert found[["place_status", "place_candidates"]].tolist() == [status, candidates]


def test_where_there_is_no_promise_there_is_nothing_to_find():
    empty = pd.DataFrame(
        columns=["commitment_id", "hamlet_id", "hamlet", "commune_code", "commune"]
    )
    assert place_promises(empty.astype("str"), HAMLETS).empty
