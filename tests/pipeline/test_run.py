"""The flow: what is stale runs, what is fresh does not, and nothing half-made is ever seen."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from phusong.persons.vault import LOOKS_NAME
from phusong.pipeline.province import read_province
from phusong.pipeline.result_files import PERSONAL_FOLDER
from phusong.pipeline.run import run_province, stale_parts
from phusong.pipeline.settings import merge_overlays
from phusong.pipeline.stages import STAGES
from phusong.store import read_manifest, read_table
from phusong.store.manifest import hash_file
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.schema import check_table
from phusong.vocabulary.tables import TABLES

#: Who looked at personal records: grows by readers, not by runs.
LOOKS = f"{PERSONAL_FOLDER}/{LOOKS_NAME}"


@pytest.fixture
def copy(finished, raw, tmp_path):
    """A finished run that a test may change, with raw files of its own."""
    shutil.copytree(raw.parent, tmp_path / "raw")
    shutil.copytree(finished, tmp_path / "out")
    return tmp_path / "raw" / raw.name, tmp_path / "out"


def hashes(folder):
    return {
        p.relative_to(folder).as_posix(): hash_file(p)
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_every_stage_reads_only_what_stands_above_it():
    made = set()
    for stage in STAGES:
        assert {*stage.reads} <= made, stage.name
        made |= {*stage.writes}
    assert made <= set(TABLES)


def test_every_table_of_a_run_conforms_to_its_schema(finished):
    for stage in STAGES:
        for name in stage.writes:
            check_table(read_table(finished, name), TABLES[name])


def test_the_output_folder_is_as_promised(finished):
    for name in (
        "map.html",
        "summary.json",
        "manifest.json",
        "tables/hamlets.parquet",
        "tables/reach.parquet",
        "tables/gaps.parquet",
    ):
        assert (finished / name).exists(), name
    assert not (finished / ".next").exists()


def test_a_second_run_does_nothing(copy):
    province, out = copy
    first = run_province(province, out)
    again = run_province(province, out)
    assert again.ran == [] and len(again.fresh) == len(STAGES)
    assert len(first.fresh) >= len(STAGES) - 2


def test_the_same_input_makes_the_same_bytes(raw, finished, tmp_path):
    run_province(raw, tmp_path / "again")
    ours, theirs = hashes(tmp_path / "again"), hashes(finished)
    assert LOOKS not in ours, "a run is no look at pupils"
    theirs.pop(LOOKS, None)  # what the tests before this one have opened there
    for timed in ("manifest.json", "tables/runs.parquet"):
        assert ours.pop(timed) and theirs.pop(timed)
    assert ours == theirs
    runs = [
        read_table(folder, "runs").drop(columns="ran_at")
        for folder in (finished, tmp_path / "again")
    ]
    assert runs[0].equals(runs[1])


def test_a_changed_parameter_runs_only_what_depends_on_it(copy):
    province, out = copy
    run_province(province, out)
    province.write_text(province.read_text() + "\n[parameters.fibre]\nready_distance_m = 700.0\n")
    outcome = run_province(province, out)
    assert "reach" in outcome.ran and not any(n.startswith("intake") for n in outcome.ran)
    assert "places" in outcome.fresh and "sites" in outcome.fresh


def test_status_names_what_changed_and_what_follows(copy):
    province, out = copy
    run_province(province, out)
    assert not any(stale_parts(province, out).values())
    province.write_text(province.read_text() + "\n[parameters.fibre]\nready_distance_m = 700.0\n")
    changed = stale_parts(province, out)
    assert changed["reach"] == ["parameters fibre"]
    assert "stage reach" in changed["classes"] and "stage classes" in changed["gaps"]
    assert changed["places"] == []


def test_a_lost_table_is_made_again(copy):
    province, out = copy
    run_province(province, out)
    (out / "tables/gaps.parquet").unlink()
    assert "gaps" in run_province(province, out).ran
    assert (out / "tables/gaps.parquet").exists()


def test_an_absent_optional_source_leaves_unknown_and_a_line(copy):
    province, out = copy
    text = province.read_text()
    head, *sources = text.split("[[source]]")
    kept = [
        s
        for s in sources
        if not any(f'kind = "{k}"' in s for k in ("fibre_nodes", "fibre_routes", "claims"))
    ]
    province.write_text("[[source]]".join([head, *kept]))
    run_province(province, out)
    assert set(read_table(out, "gaps")["fibre"]) == {"UNKNOWN"}
    summary = json.loads((out / "summary.json").read_text())
    assert {"fibre_nodes", "fibre_routes", "claims"} <= set(summary["absent"])


def test_a_refused_source_leaves_the_previous_results(copy):
    province, out = copy
    before = hashes(out)
    communes = next(s.file for s in read_province(province).source if s.kind == "communes")
    (province.parent / communes).write_bytes(b"")
    with pytest.raises(Exception, match=communes):
        run_province(province, out)
    after = {k: v for k, v in hashes(out).items() if not k.startswith(".next/")}
    assert after == before


def test_kill_in_mid_run_leaves_the_previous_results(copy):
    province, out = copy
    before = {k: v for k, v in hashes(out).items() if k.startswith("tables/")}
    code = (
        "from pathlib import Path; import sys; from phusong.pipeline.run import run_province;"
        "run_province(Path(sys.argv[1]), Path(sys.argv[2]), scenario='cautious',"
        " listener=lambda stage, fresh: print(stage.name, flush=True))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(province), str(out)], stdout=subprocess.PIPE, text=True
    )
    for line in process.stdout:
        if line.strip() == "gaps":
            break
    time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert {k: v for k, v in hashes(out).items() if k.startswith("tables/")} == before
    assert "reach" in run_province(province, out, scenario="cautious").ran


def test_totals_are_equal_in_every_edition(finished):
    indicators = read_table(finished, "indicators")
    province = indicators[indicators["area_code"] == "26"].set_index(
        ["indicator", "counted", "edition"]
    )
    communes = indicators[indicators["area_code"] != "26"].groupby(
        ["indicator", "counted", "edition"]
    )
    for column in ("numerator", "denominator", "unknown"):
        pd.testing.assert_series_equal(
            communes[column].sum(), province[column].sort_index(), check_dtype=False
        )
    assert len(set(indicators["edition"])) == 2
    by_edition = province["numerator"].unstack("edition")
    assert (by_edition.nunique(axis=1) == 1).all()


def test_every_hamlet_is_classed_once_and_unknown_is_never_covered(finished):
    gaps, signal = read_table(finished, "gaps"), read_table(finished, "signal")
    assert sorted(gaps["hamlet_id"]) == sorted(read_table(finished, "hamlets")["hamlet_id"])
    unknown = signal[signal["status"] == "UNKNOWN"]
    assert unknown["served_share"].isna().all()
    headline = json.loads((finished / "summary.json").read_text())["indicators"]
    for row in headline:
        assert (
            row["numerator"] + row["unknown"] <= row["denominator"]
            or row["indicator"] == "class_KU"
        )
        assert row["as_of"] and row["edition"]


def test_the_manifest_says_what_went_in(finished, raw):
    manifest = read_manifest(finished)
    assert set(manifest.inputs) == {s.file for s in read_province(raw).source}
    assert all(len(h) == 64 for h in manifest.inputs.values())
    assert set(manifest.stages) == {s.name for s in STAGES}


def test_a_later_overlay_wins_and_the_rest_stays():
    merged = merge_overlays({"radio": {"a": 1, "b": 2}}, {"radio": {"b": 3}, "fibre": {"c": 4}})
    assert merged == {"radio": {"a": 1, "b": 3}, "fibre": {"c": 4}}
    with pytest.raises(ParameterFault, match="parameters.radio"):
        merge_overlays({"radio": 3})


def test_sources_of_different_editions_are_refused(copy):
    province, out = copy
    text = province.read_text(encoding="utf-8")
    turned = text.replace('kind = "hamlets"', 'kind = "hamlets"\nedition = "2025-01-01"')
    province.write_text(turned, encoding="utf-8")
    with pytest.raises(ParameterFault, match="different editions"):
        run_province(province, out)
