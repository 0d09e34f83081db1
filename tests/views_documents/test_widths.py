"""Columns that hold what stands in them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.views.documents.widths import PADDING_EM, measure_em, measure_room, share_width

WORDS = st.text("abcđêỗ 0123456789", min_size=1, max_size=40)


@settings(max_examples=100)
@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), max_size=8))
def test_shares_are_positive_and_sum_to_one(rows):
    heads = [{"label": name, "unit": ""} for name in ("Xã", "Số thôn", "Tỷ lệ")]
    shares = share_width(heads, rows, ["left", "right", "center"], room=40)
    assert sum(shares) == pytest.approx(1)
    assert min(shares) > 0


def test_every_number_date_and_word_fits_where_there_is_room():
    rows = [["Trường Tiểu học Đạo Trù", "1.234.567.890", "24/12/2021"], ["Hợp Châu", "5", ""]]
    heads = [
        {"label": name, "unit": unit}
        for name, unit in (("Trường", ""), ("Cam kết", "đồng"), ("Ngày", ""))
    ]
    room = measure_room(landscape=False)
    shares = share_width(heads, rows, ["left", "right", "center"], room=room)
    for at in (1, 2):
        assert shares[at] * room >= measure_em(rows[0][at]) + PADDING_EM
    assert shares[0] * room >= measure_em(rows[0][0]) + PADDING_EM


def test_where_nothing_fits_all_shrink_alike():
    heads = [{"label": "x" * 30, "unit": ""}] * 10
    shares = share_width(heads, [["9" * 30] * 10], ["right"] * 10, room=20)
    assert shares == pytest.approx([0.1] * 10)


def test_a_page_on_its_side_is_wider():
    assert measure_room(landscape=True) > 1.5 * measure_room(landscape=False)
