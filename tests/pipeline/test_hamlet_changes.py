"""A run with changes of hamlets, from the raw files to the map: everything dated follows its hamlet."""

import json

import docx
import pandas as pd
import pytest
from tests.pipeline.changed_hamlets import OLD, write_changed
from typer.testing import CliRunner

from phusong.cli import application
from phusong.pipeline.explanation import explain_row
from phusong.pipeline.grounds import read_commitments
from phusong.pipeline.reports.writing import write_reports
from phusong.pipeline.run import run_province
from phusong.store import read_table
from phusong.views.summary import list_rate_lines, summary_lines
from phusong.vocabulary.errors import ParameterFault

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Results of the day before the change and of the day after it."""
    raw = tmp_path_factory.mktemp("thon")
    found = {}
    for name, as_of in (("before", "2026-05-01"), ("after", "2026-07-01")):
        out = tmp_path_factory.mktemp(name) / "out"
        run_province(write_changed(raw, as_of=as_of), out)
        found[name] = out
    return found


def read_summary(folder):
    """The summary of a run."""
    return json.loads((folder / "summary.json").read_text(encoding="utf-8"))


def test_the_former_hamlet_without_signal_is_a_dark_cluster_of_the_merged_one(folders):
    before = read_table(folders["before"], "gaps").set_index("hamlet_id")["official_gap"]
    assert before.to_dict() == {"H1": "none", "H2": "white", "H3": "none", "H4": "none"}
    after = read_table(folders["after"], "gaps").set_index("hamlet_id")
    assert after.loc["H9", "official_gap"] == "partial"
    assert after.loc["H9", ["clusters", "dark_clusters", "dark_households"]].tolist() == [2, 1, 30]
    points = read_table(folders["after"], "residential_signal")
    points = points[(points["hamlet_id"] == "H9") & (points["technology"] == "4G")]
    dark = points[points["served"].eq(other=False)]
    assert set(dark["name"]) == {"thôn Tây"}


def test_totals_are_equal_before_and_after(folders):
    tables = {n: read_table(f, "hamlets") for n, f in folders.items()}
    assert set(tables["before"]["hamlet_id"]) == set(OLD)
    assert set(tables["after"]["hamlet_id"]) == {"H4", "H7", "H8", "H9"}
    for count in ("households", "population"):
        assert tables["before"][count].sum() == tables["after"][count].sum()
    for name in ("students", "accepted_commitments"):
        assert (
            len(read_table(folders["before"], name)) == len(read_table(folders["after"], name)) == 4
        )


def test_an_address_that_names_the_old_hamlet_is_found_and_one_of_a_split_one_waits(folders):
    students = read_table(folders["after"], "students")
    counts = students["hamlet_id"].value_counts().to_dict()
    assert counts == {"H9": 2, "H4": 1}
    assert sorted(students["match_status"]) == ["AMBIGUOUS", "MATCHED", "MATCHED", "MATCHED"]


def test_promises_follow_and_one_for_a_split_hamlet_names_both_parts(folders):
    promises = read_commitments(folders["after"], as_of=pd.Timestamp("2026-07-01"))
    rows = promises.set_index("commitment_id")
    assert rows["hamlet_id"].fillna("").to_dict() == {
        "CH1": "H9",
        "CH2": "H9",
        "CH3": "",
        "CH4": "H4",
    }
    assert rows.loc["CH3", "place_candidates"] == "H7|H8"


def test_the_official_rate_stands_on_both_lists(folders):
    changed = read_table(folders["after"], "changed_coverage")
    rows = changed[changed["area_code"] == "25"].set_index("listed")
    columns = ["white", "covered", "unknown", "hamlets"]
    assert rows.loc["before", columns].tolist() == [1, 1, 1, 3]
    assert rows.loc["after", columns].tolist() == [0, 1, 2, 3]
    days = [f"{day:%d/%m/%Y}" for day in rows.loc[["before", "after"], "listed_on"]]
    assert days == ["31/05/2026", "01/07/2026"] and set(rows["edition"]) == {"2025-07-01"}
    assert read_table(folders["before"], "changed_coverage").empty


def test_both_rates_stand_with_numerator_denominator_day_and_edition(folders):
    summary = read_summary(folders["after"])
    vi, en = ("\n".join(list_rate_lines(summary, language)) for language in ("vi", "en"))
    assert "Danh sách cũ (đến 31/05/2026), thôn được phủ sóng: 1/3 (33,3%); trắng sóng 1" in vi
    assert "Danh sách mới (ngày 01/07/2026), thôn được phủ sóng: 1/3 (33,3%); trắng sóng 0" in vi
    assert summary["editions"]["2025-07-01"]["vi"] in vi and "sóng ngày 01/07/2026" in vi
    assert "Former list (until 31/05/2026)" in en and "1/3 (33.3%); in a white gap 0" in en
    assert vi in "\n".join(summary_lines(summary, "vi"))
    assert list_rate_lines(read_summary(folders["before"]), "vi") == []


@pytest.mark.parametrize(("when", "count"), [("after", 1), ("before", 0)])
def test_the_report_has_both_rates_where_hamlets_changed(folders, tmp_path, when, count):
    (path,) = write_reports(
        folders[when], None, form="weekly", formats=("docx",), out=tmp_path / when
    )
    text = "\n".join(p.text for p in docx.Document(str(path)).paragraphs)
    assert text.count("Trên danh sách thôn cũ và mới") == count
    assert text.count("Danh sách cũ (đến 31/05/2026), thôn được phủ sóng: 1/3 thôn") == count


def test_status_prints_both_rates(folders):
    result = CliRunner().invoke(application, ["status", str(folders["after"])])
    assert result.exit_code == 0 and "Danh sách cũ (đến 31/05/2026)" in result.output


def test_an_old_id_or_name_finds_the_successor_which_names_it_with_decision_and_day(folders):
    for key in ("H2", "Tây", "thon tay"):
        lines = explain_row(folders["after"], "gaps", key)
        assert lines[0].startswith("H9: thôn Đông Tây")
        former = next(line for line in lines if line.startswith("  H2"))
        assert "12/NQ-HĐND" in former and "01/06/2026" in former and "sáp nhập" in former
    with pytest.raises(ParameterFault, match="H7, H8"):
        explain_row(folders["after"], "gaps", "Nam")


def test_the_map_knows_the_old_names(folders):
    page = (folders["after"] / "map.html").read_text(encoding="utf-8")
    assert "Đông|Tây" in page
