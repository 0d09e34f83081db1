"""What changed between two runs, in words."""

from phusong.views.run_summary import change_lines

MOVES = [
    {"before": "K5", "after": None, "hamlets": 2},
    {"before": None, "after": "K1", "hamlets": 1},
    {"before": "K4", "after": "K1", "hamlets": 3},
]


def test_a_hamlet_of_one_list_alone_is_unlisted_in_the_other():
    comparison = {
        "facts": [],
        "complete": True,
        "hamlets": [{}] * 6,
        "classes": MOVES,
        "figures": [],
    }
    (vi,) = change_lines(comparison, "vi")
    assert vi == (
        "6 thôn đổi nhóm kết nối: K5 → không có trong danh sách thôn: 2; "
        "không có trong danh sách thôn → K1: 1; K4 → K1: 3"
    )
    (en,) = change_lines(comparison, "en")
    assert "K5 → not in the list of hamlets: 2" in en and "K4 → K1: 3" in en
