"""The summary in a terminal: every share with its numerator, denominator and what is unknown."""

import pytest
from tests.views import world

from phusong.screens.speech import Speech
from phusong.views.documents.cells import write_percentage
from phusong.views.documents.model import Share
from phusong.views.figures import format_share
from phusong.views.summary import label_of, own_indicators, summary_lines
from phusong.vocabulary.terms import Counted, Edition, GapClass


def line_with(lines, part):
    (line,) = [line for line in lines if part in line]
    return " ".join(line.split())


def test_figures_stand_with_numerator_denominator_share_and_unknown():
    lines = summary_lines(world.summary(), "vi")
    assert (
        lines[0]
        == f"Tỉnh Vĩnh Phúc · số liệu đến ngày 21/09/2021 · {Edition('2021-01-01', '26').vi}"
    )
    assert "có sóng 4G 5/10 50,0% không có dữ liệu 2" in [" ".join(x.split()) for x in lines]
    assert "có sóng 4G 5.321/13.321 39,9% không có dữ liệu 2.000" in [
        " ".join(x.split()) for x in lines
    ]


def official(technologies="3G|4G|5G"):
    """A summary of 3,802 hamlets, 91 of them white and 182 partial."""
    counts = {"white_gap": (91, 3_802), "partial_gap": (182, 3_711), "covered": (3_711, 3_802)}
    rows = [
        world.indicator(f"{name}{end}", part, 0, denominator=whole) | {"technologies": counted}
        for end, counted in (("", technologies), ("_3g4g5g", "3G|4G|5G"), ("_4g5g", "4G|5G"))
        for name, (part, whole) in counts.items()
    ]
    return {**world.summary(), "indicators": rows, "lines": {"without_clusters": 1_204}}


def test_official_figures_have_their_own_denominators_and_name_what_counts():
    lines = [" ".join(line.split()) for line in summary_lines(official(), "vi")]
    assert "trắng sóng (3G, 4G, 5G) 91/3.802 2,4% không có dữ liệu 0" in lines
    assert "lõm sóng (3G, 4G, 5G) 182/3.711 4,9% không có dữ liệu 0" in lines
    assert "được phủ sóng (3G, 4G, 5G) 3.711/3.802 97,6% không có dữ liệu 0" in lines
    assert "trắng sóng nếu chỉ tính 4G, 5G 91/3.802 2,4% không có dữ liệu 0" in lines
    assert not [line for line in lines if "nếu tính 3G, 4G, 5G" in line]
    (bare,) = [line for line in lines if "chưa có số liệu cụm dân cư" in line]
    assert bare.endswith(": 1.204")


def test_where_3g_does_not_count_the_summary_states_so_and_shows_3g_beside():
    lines = [" ".join(line.split()) for line in summary_lines(official("4G|5G"), "en")]
    assert "in a white gap (4G, 5G) 91/3,802 2.4% no data 0" in lines
    assert "in a white gap by 3G, 4G and 5G 91/3,802 2.4% no data 0" in lines
    assert not [line for line in lines if "alone" in line]


def test_every_place_rounds_alike():
    """Terminal, front end and document write 3,711 of 3,802 as the same per cent."""
    share = 3_711 / 3_802
    written = {
        format_share(share, language="vi"),
        Speech("vi").share(share),
        write_percentage(Share(3_711, 3_802), language="vi"),
    }
    assert written == {"97,6%"}


def test_made_up_data_say_so_in_the_second_line():
    assert summary_lines(world.summary(), "vi")[1].startswith("DỮ LIỆU MÔ PHỎNG")
    assert summary_lines(world.summary(), "en")[1].startswith("SIMULATED DATA")
    real = {**world.summary(), "demonstration": False}
    assert not [line for line in summary_lines(real, "vi") if "MÔ PHỎNG" in line]


def test_figures_of_communes_and_other_editions_stay_out():
    rows = own_indicators(world.summary(), Counted.HAMLETS)
    assert [row["indicator"] for row in rows] == ["signal_3g", "signal_4g", "fibre"]
    assert {row["edition"] for row in rows} == {world.OLD}


def test_counts_are_written_as_the_language_writes_them():
    vi, en = (summary_lines(world.summary(), language) for language in ("vi", "en"))
    assert "4.100, trên 1.050 cột" in line_with(vi, "Ô thu phát sóng")
    assert "4,100, on 1,050 sites" in line_with(en, "Cells")
    assert "bán kính 3.000 m (8 thôn" in line_with(vi, "vòng tròn bán kính")
    assert line_with(vi, "Nhóm K5") == "Nhóm K5: hiện nay 1, khi tắt 3G 2"


def test_tallies_leave_out_what_does_not_occur():
    lines = summary_lines(world.summary(), "vi")
    assert line_with(lines, GapClass.K2.vi) == f"3 {GapClass.K2.vi}"
    assert not [line for line in lines if "không có cáp quang trong tầm" in line]


def test_sources_say_what_became_of_their_rows():
    line = line_with(summary_lines(world.summary(), "vi"), "mo_phong_danh_sach_thon.xlsx")
    assert "31/08/2021" in line
    assert "nhận 990/1.000 dòng, loại 10" in line
    assert "schools" not in "".join(summary_lines(world.summary(), "vi"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_bare_summary_is_one_line(language):
    bare = {"province": "Vĩnh Phúc", "edition": world.OLD, "as_of": "2021-09-21"}
    assert len(summary_lines(bare, language)) == 1


def test_a_value_outside_its_list_stands_for_itself():
    assert label_of(GapClass, "K9", "vi") == "K9"


PORTS = {"hamlets": 1095, "short": 12, "enough": 20, "unknown": 1063, "ports_share": 0.3}
PATHS = {"paths": 9000, "unknown_paths": 1250, "hamlets": 100, "hamlets_unknown_paths": 14}


@pytest.mark.parametrize(
    ("language", "ports", "paths"),
    [
        ("vi", "ít hơn 30,0% số hộ: 12/1.095 thôn; không rõ số cổng hoặc số hộ: 1.063", "1.250/9.000, ở 14/100 thôn"),
        ("en", "30.0% of its households: 12/1,095 hamlets; ports or households not counted: 1,063",
         "1,250 of 9,000, in 14 of 100 hamlets"),
    ],
)  # fmt: skip
def test_ports_and_missing_terrain_stand_with_what_they_are_counted_of(language, ports, paths):
    summary = world.summary()
    lines = {**summary["lines"], "fibre_ports": PORTS, "paths": PATHS}
    text = "\n".join(summary_lines({**summary, "lines": lines}, language))
    assert ports in text and paths in text


def test_nothing_is_stated_of_ports_without_k1_nor_of_terrain_that_is_whole():
    lines = {"fibre_ports": {**PORTS, "hamlets": 0}, "paths": {**PATHS, "unknown_paths": 0}}
    text = "\n".join(summary_lines({**world.summary(), "lines": lines}, "en"))
    assert "ports" not in text and "terrain, hence" not in text
