"""The commands as a person types them: exit codes, messages, never a traceback."""

import json
import subprocess
import sys

import pytest

CELLS = "Mã trạm,Doanh nghiệp,Công nghệ,Kinh độ,Vĩ độ\n"


def phusong(*words, cwd=None):
    command = [sys.executable, "-m", "phusong", *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=cwd, encoding="utf-8"
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    result = phusong("demo", "--size", "hamlet", "--out", folder, "--json", folder / "told.json")
    assert result.returncode == 0, result.stderr
    return folder, result


def test_demo_makes_a_map_and_says_where(demo):
    folder, result = demo
    assert (folder / "map.html").exists() and str(folder / "map.html") in result.stdout
    assert "MÔ PHỎNG" in result.stdout.upper()
    assert json.loads((folder / "told.json").read_text())["demonstration"] is True


def test_status_is_fresh_after_a_run(demo):
    result = phusong("status", demo[0])
    assert result.returncode == 0 and "stale" not in result.stdout


def test_explain_a_table_and_a_hamlet(demo):
    folder, _ = demo
    table = phusong("explain", folder, "gaps")
    assert table.returncode == 0 and "policy.toml" in table.stdout and "cells" in table.stdout
    result = phusong("explain", folder, "gaps", json_first_hamlet(folder))
    assert result.returncode == 0
    for word in ("class:", "cause:", "margin", "probability", "nearest mast"):
        assert word in result.stdout, word


def json_first_hamlet(folder):
    from phusong.store import read_table

    return read_table(folder, "gaps")["hamlet_id"].iloc[0]


@pytest.mark.parametrize(
    "words",
    [
        ("explain", "{demo}", "gaps", "Atlantis"),
        ("explain", "{demo}", "moons"),
        ("status", "nowhere"),
        ("run", "nowhere.toml"),
        ("run", "{demo}/raw", "--out", "x"),
        ("check", "moons", "x.csv"),
        ("check", "cells", "nowhere.csv"),
        ("check", "schools", "{demo}/raw/mo_phong_truong_hoc.xlsx", "--out", "x.docx"),
        ("bench", "everything"),
        ("demo", "--size", "galaxy"),
        ("frobnicate",),
    ],
)
def test_wrong_words_get_exit_2_and_no_traceback(demo, words):
    result = phusong(*(w.format(demo=demo[0]) for w in words))
    assert result.returncode == 2, result.stdout + result.stderr
    assert "Traceback" not in result.stderr and (result.stderr.strip() or result.stdout.strip())


def test_check_accepts_and_writes_table_and_report(tmp_path):
    file = tmp_path / "tram.csv"
    file.write_text(
        CELLS + "VPC1,Viettel,4G,105.60,21.30\nVPC2,Vina,3G,105.61,21.31\n", encoding="utf-8"
    )
    result = phusong("check", "cells", file, "--out", tmp_path / "out.csv", "--json", "-")
    report = json.loads(result.stdout)
    assert result.returncode == 0 and report["status"] == "accepted"
    assert report["rows_in"] == report["rows_accepted"] + report["rows_quarantined"] == 2
    assert "VIETTEL" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


def test_check_quarantines_a_row_and_says_why(tmp_path):
    file = tmp_path / "tram.csv"
    rows = "".join(f"VPC{i},Viettel,4G,105.6{i},21.30\n" for i in range(9))
    file.write_text(CELLS + rows + "VPCX,Viettel,4G,,\n", encoding="utf-8")
    result = phusong(
        "check", "cells", file, "--out", tmp_path / "out.parquet", "--json", tmp_path / "r.json"
    )
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert result.returncode == 0 and report["rows_quarantined"] == 1
    assert report["faults"][0]["row"] == 11 and "·" in report["faults"][0]["suggestion"]
    assert "VPCX" in (tmp_path / "out.quarantine.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("content", [b"", CELLS.encode(), b"a,b\n1,2\n", b"\x80\x04K\x01."])
def test_check_refuses_what_is_no_cell_list(tmp_path, content):
    file = tmp_path / "tram.csv"
    file.write_bytes(content)
    result = phusong("check", "cells", file, "--json", "-")
    assert result.returncode == 2 and "Traceback" not in result.stderr
    report = json.loads(result.stdout)
    assert report["status"] == "refused" and report["rows_accepted"] == 0


def test_check_asks_for_the_system_of_metres(tmp_path):
    file = tmp_path / "tram.csv"
    file.write_text(
        "Mã trạm,Doanh nghiệp,Công nghệ,X,Y\nV1,Viettel,4G,2356283,562055\nV2,Viettel,4G,2357283,563055\n",
        encoding="utf-8",
    )
    result = phusong("check", "cells", file, "--json", "-")
    assert result.returncode == 3
    report = json.loads(result.stdout)
    assert report["status"] == "needs_answer" and any(
        "5897" in c for c in report["question"]["choices"]
    )
    assert phusong("check", "cells", file, "--crs", 5897).returncode == 0
