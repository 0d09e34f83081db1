"""Addresses that wait for a person: grouped by what they say, decided once for all who say it."""

import pandas as pd
import pytest

from phusong.places.addresses import make_gazetteer, match_addresses
from phusong.places.review import (
    QUEUE,
    add_aliases,
    apply_confirmations,
    group_addresses,
    queue_review,
)
from phusong.vocabulary.pupils import MatchStatus, PlacedBy

HAMLETS = pd.DataFrame(
    [
        ("H1", "thôn", "Đồng Giếng", "08914", "2021-01-01", ""),
        ("H2", "thôn", "Phân Lân Thượng", "08914", "2021-01-01", ""),
        ("H3", "thôn", "Phân Lân Hạ", "08914", "2021-01-01", ""),
        ("H4", "thôn", "Guột", "08884", "2021-01-01", ""),
    ],
    columns=["hamlet_id", "kind", "name", "commune_code", "edition", "aliases"],
)
GAZETTEER = make_gazetteer(HAMLETS)
#: Five ways to write a hamlet that nobody knows, two that are in doubt, and four that nobody can decide.
WRITTEN = [
    "Thôn Bãi Lim, xã Đạo Trù, huyện Tam Đảo",
    "thon bai lim - dao tru - tam dao",
    "THÔN BÃI LIM; XÃ ĐẠO TRÙ; HUYỆN TAM ĐẢO; VĨNH PHÚC",
    "Số 5, thôn Bãi Lim, xã Đạo Trù, Tam Đảo",
    "Phân Lân, Đạo Trù, Tam Đảo",
    "Phân Lân, xã Đạo Trù, Tam Đảo",
    "xã Đạo Trù, huyện Tam Đảo",
    "",
    "Khu 5, xã Ký Phú, huyện Đại Từ, Thái Nguyên",
    "Thôn Guột, xã Đạo Tú, Tam Dương",
]


def _place(written, confirmed=None, hamlets=HAMLETS):
    addresses = pd.DataFrame({"row_id": [str(i) for i in range(len(written))], "address": written})
    for column in ("hamlet", "commune", "district", "province"):
        addresses[column] = ""
    gazetteer = make_gazetteer(hamlets)
    found = match_addresses(addresses, gazetteer)
    groups = group_addresses(addresses, found, gazetteer)
    told = found.rename(columns={"status": "match_status", "flags": "match_flags"})
    placed = addresses.join(told.drop(columns="row_id")).join(groups)
    return apply_confirmations(placed, confirmed or {}, hamlets)


@pytest.fixture
def placed():
    return _place(WRITTEN)


def test_what_is_written_in_many_ways_is_one_group(placed):
    groups = placed["group"].tolist()
    assert groups[0] == groups[2] == groups[3]
    assert groups[4] == groups[5] != groups[0]


def test_a_name_without_its_marks_may_be_another_and_is_decided_by_itself(placed):
    assert placed["group"][1] not in {"", placed["group"][0]}


def test_what_nobody_can_decide_from_the_text_is_in_no_group(placed):
    assert placed["group"].tolist()[6:] == [""] * 4


def test_the_queue_puts_first_what_places_most(placed):
    queue = queue_review(placed)
    assert list(queue.columns) == list(QUEUE)
    assert queue["records"].tolist() == sorted(queue["records"], reverse=True)
    assert queue["records"].sum() == 6
    doubt = queue[queue["status"] == MatchStatus.AMBIGUOUS].iloc[0]
    assert set(doubt["candidates"].split("|")) == {"H2", "H3"}


def test_one_decision_places_everybody_who_says_the_same_and_nobody_else(placed):
    group = placed["group"][0]
    after = _place(WRITTEN, {group: "H1"})
    decided = after["placed_by"] == PlacedBy.DECISION
    assert decided.tolist() == (placed["group"] == group).tolist()
    assert set(after.loc[decided, "hamlet_id"]) == {"H1"}
    pd.testing.assert_frame_equal(
        after[~decided].drop(columns="placed_by"), placed[~decided].drop(columns="placed_by")
    )
    assert after["match_status"].tolist() == placed["match_status"].tolist()
    assert group not in set(queue_review(after)["group"])


def test_a_decision_about_a_hamlet_that_is_gone_places_nobody(placed):
    after = _place(WRITTEN, {placed["group"][0]: "H9"})
    pd.testing.assert_frame_equal(after, placed)


def test_the_order_of_the_rows_changes_no_group(placed):
    back = _place(WRITTEN[::-1])
    assert back["group"].tolist()[::-1] == placed["group"].tolist()
    pd.testing.assert_frame_equal(queue_review(back), queue_review(placed))


def test_a_new_name_finds_its_spellings_and_unmatches_nobody(placed):
    more = add_aliases(HAMLETS, pd.DataFrame({"hamlet_id": ["H1"], "text": ["thôn bãi lim"]}))
    after = _place([*WRITTEN, "thôn Bãi Limm, Đạo Trù"], hamlets=more)
    assert set(after["hamlet_id"][:4]) == {"H1"}, "a name finds its unmarked spelling too"
    assert after["match_status"].iloc[-1] == MatchStatus.MATCHED
    before = placed["match_status"] == MatchStatus.MATCHED
    assert (after["hamlet_id"][: len(placed)][before] == placed["hamlet_id"][before]).all()


def test_no_new_names_leave_the_gazetteer_as_it_is():
    assert add_aliases(HAMLETS, pd.DataFrame()) is HAMLETS
