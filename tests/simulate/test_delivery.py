"""The made-up province as delivered: the same bytes by seed, every planted fault found, gaps where they were made."""

import json
from pathlib import Path

import pandas as pd
import pytest

from phusong.intake.door import check_source
from phusong.pipeline.admission import read_options
from phusong.pipeline.province import read_province
from phusong.pipeline.run import _make_context
from phusong.pipeline.stage_context import StageContext
from phusong.pipeline.stages import STAGES
from phusong.simulate.province import simulate_province, write_province
from phusong.store import read_table
from phusong.store.manifest import hash_file
from phusong.vocabulary.parameters import load_parameters

pytestmark = pytest.mark.long
P = load_parameters()


def hashes(folder: Path):
    return {
        p.relative_to(folder).as_posix(): hash_file(p)
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    folder = tmp_path_factory.mktemp("province")
    return write_province(simulate_province(size="province", seed=7), folder)


def test_the_same_seed_makes_the_same_bytes_and_another_seed_another_province(tmp_path):
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        write_province(simulate_province(size="hamlet", seed=seed), tmp_path / name)
    assert hashes(tmp_path / "a") == hashes(tmp_path / "b")
    assert hashes(tmp_path / "a") != hashes(tmp_path / "c")


def test_every_file_says_that_it_is_made_up(province):
    files = [p for p in province.parent.rglob("*") if p.is_file()]
    assert all(p.name.startswith("mo_phong_") or p.name == "LUU_Y.txt" for p in files)
    head = read_province(province).province
    assert head.demonstration and "MÔ PHỎNG" in head.note


def test_the_province_is_of_the_right_size(province):
    told = json.loads(
        (province.parent / "truth" / "mo_phong_tong_hop.json").read_text(encoding="utf-8")
    )
    rows = told["rows"]
    assert rows["communes"] == 136 and rows["schools"] == 323
    assert 1_200 <= rows["hamlets"] <= 1_300 and 1_000 <= rows["masts"] <= 1_100
    assert 3_000 <= rows["cells"] <= 3_300
    assert told["area_km2"] == pytest.approx(1_236, rel=0.15)


@pytest.fixture(scope="module")
def pupils(province):
    """The truth of every record, duplicates among them."""
    file = province.parent / "truth" / "mo_phong_hoc_sinh_that.csv"
    return pd.read_csv(file, dtype=str, keep_default_na=False)


def test_there_are_as_many_pupils_as_were_published(pupils):
    once = pupils[pupils["duplicate_of"] == "-1"]
    here = once[once["status"].isin(["studying", "moved_in"])]
    assert len(here) == 237_080 and here["pupil"].is_unique
    assert here["school_id"].nunique() == 323
    assert set(here["level"]) == {"TH", "THCS", "THPT"}
    without = here[here["device"] == "none"]
    assert without["poverty"].value_counts().to_dict() == {
        "poor": 545, "near_poor": 734, "neither": 2_099,
    }  # fmt: skip


def test_the_noise_of_addresses_is_that_of_offices(pupils):
    once = pupils[pupils["duplicate_of"] == "-1"]
    assert 0.12 <= (once["noise"] != "").mean() <= 0.18
    kinds = set(once["noise"].str.split("|").explode())
    assert {"tcvn3", "vni_font", "telex", "vni_keys", "viqr", "mojibake", "nfd", "ditto", "typo",
            "former_name", "outside", "blank", "reversed", "number_part", "i_y", "l_n"} <= kinds  # fmt: skip
    assert (once["boarder"] == "True").sum() > 500
    again = pupils[pupils["duplicate_of"] != "-1"]
    assert 500 <= len(again) <= 1_500
    assert set(again["duplicate_of"]) <= set(once["record"])
    assert {"no_marks", "upper", "typo", "middle_dropped"} <= set(again["variant"])


def test_no_telephone_of_the_demonstration_can_ring(province):
    head = "0900000"
    table = pd.read_csv(
        province.parent / "mo_phong_hoc_sinh_yen_lac.csv", sep=None, engine="python", dtype=str,
        nrows=2_000, encoding="utf-8-sig",
    )  # fmt: skip
    numbers = table.apply(lambda c: c.str.fullmatch(r"0\d{9}")).fillna(value=False)
    telephones = {str(v) for c in table for v in table.loc[numbers[c], c]}
    assert telephones and {n[:7] for n in telephones} == {head}


def test_every_planted_fault_is_found_where_it_was_planted(province, tmp_path):
    planted = pd.read_csv(province.parent / "truth" / "mo_phong_dong_sai.csv")
    run = _make_context(province, tmp_path, "", None)
    stages = {kind: stage for stage in STAGES for kind in stage.sources}
    found = set()
    for source in read_province(province).source:
        checked = check_source(
            source.kind,
            province.parent / source.file,
            read_options(source, StageContext(run, stages[source.kind])),
            P,
        )
        found |= {(source.file, f.row, f.severity, f.rule) for f in checked.diagnosis.faults}
    wanted = set(planted[["file", "row", "severity", "rule"]].itertuples(index=False, name=None))
    assert len(wanted) > 20
    assert wanted <= found


def test_what_was_hidden_behind_ridges_is_found_dark(finished, raw):
    truth = pd.read_csv(raw.parent / "truth" / "mo_phong_thon_that.csv").set_index("hamlet_id")
    gaps = read_table(finished, "gaps").set_index("hamlet_id")
    hidden = truth.index[truth["hidden"] & (truth["location"] != "commune")]
    assert len(hidden) and set(gaps.loc[hidden, "mobile_4g"]) <= {"NONE", "PARTIAL"}
    paper = truth.index[truth["paper_covered"]]
    assert len(paper) and gaps.loc[paper, "disagrees"].all()
    ready = truth.index[truth["fibre_ready"] & (truth["location"] != "commune")]
    assert (gaps.loc[ready, "fibre"] == "FULL").all()


def test_the_nation_comes_as_tables(tmp_path):
    path = write_province(simulate_province(size="national", seed=1), tmp_path)
    tables = sorted(p.name for p in path.parent.iterdir())
    assert any("thon_toan_quoc" in t for t in tables) and any("o_toan_quoc" in t for t in tables)
