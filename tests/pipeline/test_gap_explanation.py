"""Why a hamlet is white or partial, in words: which place is dark, by which evidence, for how many."""

import pytest
from tests.gaps.houses import NOTHING, SIGNAL, SILENT, compute_tables

from phusong.pipeline.explanation import explain_row
from phusong.pipeline.gap_explanation import explain_gap
from phusong.store import read_table

LAYERS = (("3G", "VIETTEL"), ("4G", "VIETTEL"))
NO, YES, UNKNOWN = [NOTHING] * 2, [SIGNAL] * 2, [SILENT] * 2
WORLD = {
    "partial": (YES, [NO, YES, NO], []),
    "white": (NO, [YES], []),
    "bare": (YES, [], []),
    "unclear": (YES, [UNKNOWN, YES], []),
}
HOUSEHOLDS = {1: 9, 2: 30, 3: 5}


@pytest.fixture(scope="module")
def explain():
    gaps, residential = compute_tables(WORLD, *LAYERS, households=HOUSEHOLDS)

    def lines(name):
        return explain_gap(gaps.loc[name], residential[residential["hamlet_id"] == name])

    return lines


def test_a_partial_gap_names_its_dark_clusters_their_households_and_the_evidence(explain):
    lines = explain("partial")
    assert lines[0].startswith("official gap: partial gap · lõm sóng (counting 3G, 4G, 5G")
    assert "on 21/09/2021; modelled · tính toán theo mô hình" in lines[0]
    assert lines[1] == (
        "clusters: 2 of 3 without signal, 14 households · 2/3 cụm dân cư chưa có sóng, 14 hộ"
    )
    dark = [line for line in lines if "NO SIGNAL" in line]
    assert [line.split("(")[0].strip() for line in dark] == [
        "residential cluster · cụm dân cư 1, 9 households · hộ",
        "residential cluster · cụm dân cư 3, 5 households · hộ",
    ]
    assert all("modelled · tính toán theo mô hình, 21/09/2021, probability 1 %" in x for x in dark)
    covered = [
        line for line in lines if "signal · có sóng: 3G VIETTEL; 4G VIETTEL, indoors" in line
    ]
    assert len(covered) == 2


def test_a_white_gap_names_the_centre(explain):
    lines = explain("white")
    assert lines[0].startswith("official gap: white gap · trắng sóng")
    (dark,) = [line for line in lines if "NO SIGNAL" in line]
    assert "culture house or centre · nhà văn hóa / trung tâm" in dark


def test_clusters_that_nobody_delivered_or_knows_are_stated_of(explain):
    assert explain("bare")[1] == (
        "clusters: unknown, none was delivered · chưa có số liệu cụm dân cư"
    )
    lines = explain("unclear")
    assert lines[0].startswith("official gap: no gap")
    assert lines[1].endswith("0/2 cụm dân cư chưa có sóng, 1 cụm chưa rõ")
    assert any("unknown · chưa rõ có sóng hay không" in line for line in lines)


def test_what_a_run_explains_is_what_its_table_states(finished):
    gap = read_table(finished, "gaps").iloc[0]
    described = "\n".join(explain_row(finished, "gaps", gap["hamlet_id"]))
    assert "official gap: " in described and "clusters: " in described
    assert described.count("residential cluster · ") == gap["clusters"]
    assert described.count("culture house or centre · ") == 1
