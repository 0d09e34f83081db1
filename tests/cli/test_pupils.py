"""The commands about pupils as a person types them: nothing on the screen names a child."""

import json
import shutil
import stat

import pandas as pd
import pytest
from tests.running import run_command

from phusong.persons.vault import Vault
from phusong.store import read_table

EXPORTS = {
    "mo_phong_hoc_sinh_tam_dao.xlsx": (),
    "mo_phong_hoc_sinh_tam_dao_phan_mem_a.csv": (),
    "mo_phong_hoc_sinh_tam_dao_phan_mem_b.xlsx": ("--encoding", "tcvn3"),
    "mo_phong_hoc_sinh_tam_dao_phan_mem_c.csv": (),
}


@pytest.fixture(scope="module")
def folder(finished, tmp_path_factory):
    """A finished run of its own, whose log of looks grows here alone."""
    return shutil.copytree(finished, tmp_path_factory.mktemp("pupils") / "out")


@pytest.fixture(scope="module")
def secrets(finished):
    """Full names, numbers and telephones of everybody in the demonstration."""
    records = Vault(finished / "personal").read("accepted_students")
    columns = ["full_name", "guardian_1", "guardian_2", "personal_id", "student_code", "phone"]
    return {str(cell) for name in columns for cell in records[name].dropna()}


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_of_a_school_is_accepted_and_no_child_is_shown(name, raw, secrets, tmp_path):
    told = tmp_path / "told.json"
    result = run_command("check", "students", raw.parent / name, *EXPORTS[name], "--json", told)
    assert result.returncode == 0, result.stderr
    report = json.loads(told.read_text(encoding="utf-8"))
    assert report["rows_in"] == report["rows_accepted"] + report["rows_quarantined"] > 50
    assert report["rows_accepted"] / report["rows_in"] > 0.9
    shown = result.stdout + told.read_text(encoding="utf-8")
    assert not [secret for secret in secrets if secret in shown]


def test_a_legacy_font_is_asked_about_with_first_words_alone(raw, secrets):
    result = run_command(
        "check", "students", raw.parent / "mo_phong_hoc_sinh_tam_dao_phan_mem_b.xlsx"
    )
    assert result.returncode == 3 and "tcvn3" in result.stdout
    assert not [secret for secret in secrets if secret in result.stdout + result.stderr]


def test_accepted_pupils_are_written_for_their_owner_alone(raw, tmp_path):
    out = tmp_path / "hoc_sinh.csv"
    file = raw.parent / "mo_phong_hoc_sinh_tam_dao.xlsx"
    assert run_command("check", "students", file, "--out", out).returncode == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert len(pd.read_csv(out, dtype=str, encoding="utf-8-sig")) == 154


def test_a_list_of_masts_is_no_list_of_pupils(raw):
    result = run_command("check", "students", raw.parent / "mo_phong_tram_vnpt.csv")
    assert result.returncode == 2 and "Traceback" not in result.stderr
    assert "→" in result.stdout + result.stderr


def test_a_pupil_is_explained_by_pseudonym(folder, secrets):
    key = read_table(folder, "students")["student_key"].iloc[0]
    result = run_command("explain", folder, "students", key)
    assert result.returncode == 0 and key in result.stdout and "commune" in result.stdout
    assert not [secret for secret in secrets if secret in result.stdout]
    wrong = run_command("explain", folder, "students", "hs-khong-co")
    assert wrong.returncode == 2 and "hs-khong-co" in wrong.stderr


def test_the_queue_is_shown_to_a_role_and_a_decision_needs_role_and_reason(folder):
    shown = run_command("review", folder, "--by", "cán bộ phòng giáo dục")
    assert shown.returncode == 0 and ("→" in shown.stdout or "nothing waits" in shown.stdout)
    for words in (
        (),
        ("--decide", "g", "h"),
        ("--decide", "g", "h", "--by", "cán bộ", "--why", "thử"),
        ("--undo", "99", "--by", "cán bộ", "--why", "thử"),
    ):
        result = run_command("review", folder, *words)
        assert result.returncode == 2 and "Traceback" not in result.stderr, words
    assert run_command("review", folder, "--decisions").stdout == ""
