"""A results folder is whole in itself: moved, copied, read from anywhere, without its raw files, read-only."""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from phusong.cli import application
from phusong.pipeline.planning import Money
from phusong.pipeline.province import challenges_path
from phusong.pipeline.review import list_decisions, undo_decision
from phusong.pipeline.rollout import plan_province
from phusong.pipeline.run import run_province
from phusong.pipeline.settings import find_living, find_province_file, read_settings
from phusong.store import read_manifest
from phusong.store.manifest import MANIFEST_NAME, hash_file, name_place
from phusong.vocabulary.book import LEDGER_NAME
from phusong.vocabulary.errors import FolderFault, ParameterFault

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def whole(raw, finished, tmp_path_factory):
    """A folder with raw files inside, results, a plan and a book, as `demo` leaves it."""
    from phusong.pipeline.demonstration import keep_book

    out = tmp_path_factory.mktemp("whole") / "x" / "out"
    shutil.copytree(finished, out)
    shutil.copytree(raw.parent, out / "raw")
    run_province(out / "raw" / raw.name, out)
    plan_province(out, scenario="baseline", money=Money())
    keep_book(out).close()
    return out


@pytest.fixture
def moved(whole, tmp_path, monkeypatch):
    """The folder in another place, the first one gone, seen from a third directory."""
    away = whole.parent.with_name("away")
    shutil.copytree(whole, tmp_path / "y" / "moved")
    whole.parent.rename(away)
    (tmp_path / "z").mkdir()
    monkeypatch.chdir(tmp_path / "z")
    yield tmp_path / "y" / "moved"
    away.rename(whole.parent)


def call(*words):
    return CliRunner().invoke(application, [str(word) for word in words])


def read(*words):
    done = call(*words)
    assert done.exit_code == 0, (words, done.output, done.exception)
    return done.output


@pytest.mark.parametrize("name", [lambda p: p, os.path.relpath], ids=["absolute", "relative"])
def test_moved_and_read_from_a_third_directory_every_command_works(moved, name):
    folder = name(moved)
    stages = read("status", folder)
    assert "stale" not in stages.replace("plan", "") and "gaps" in stages
    assert "made by stage" in read("explain", folder, "gaps")
    assert "bao_cao_tuan" in read("report", folder, "--format", "xlsx")
    assert read("plan", "devices", folder) and read("plan", "rollout", folder)
    assert (
        read("review", folder, "--by", "cán bộ xã") and read("review", folder, "--decisions") == ""
    )


def test_with_the_raw_files_left_behind_what_reads_results_goes_on(moved):
    shutil.rmtree(moved / "raw")
    assert read("explain", moved, "gaps") and read("report", moved, "--format", "xlsx")
    assert read("plan", "rollout", moved)
    with pytest.raises(FolderFault, match=r"province file .*is gone → .*--province FILE"):
        find_province_file(moved)
    done = call("status", moved)
    assert done.exit_code == 1 and isinstance(done.exception, FolderFault)
    assert done.exception.exit_code == 2 and "plan baseline" in done.output


def test_a_province_file_elsewhere_can_be_named(moved, tmp_path, raw):
    (moved / "raw").rename(tmp_path / "elsewhere")
    file = tmp_path / "elsewhere" / raw.name
    assert "stale" not in read("status", moved, "--province", file)
    assert find_living(moved, "challenges", file) == challenges_path(file)
    with pytest.raises(FolderFault, match="--province FILE"):
        find_province_file(moved, tmp_path / "nowhere.toml")


def test_after_a_run_with_the_file_that_moved_it_is_found_again(moved, tmp_path, raw):
    (moved / "raw").rename(tmp_path / "elsewhere")
    done = run_province(tmp_path / "elsewhere" / raw.name, moved)
    assert done.ran == []
    assert find_province_file(moved) == tmp_path / "elsewhere" / raw.name


def test_the_manifest_keeps_the_province_as_it_was_read(whole, raw):
    manifest = read_manifest(whole)
    assert manifest.province_file == f"raw/{raw.name}"
    assert manifest.province_sha256 == hash_file(whole / "raw" / raw.name)
    assert manifest.province_text == (whole / "raw" / raw.name).read_text(encoding="utf-8")
    living = {"key": f"raw/{raw.stem}.key", "releases": f"raw/{raw.stem}_releases"}
    assert manifest.living_files == living


def test_what_the_results_say_of_themselves_is_what_the_run_read(moved, raw):
    file = moved / "raw" / raw.name
    before = read_settings(moved)[1]
    file.write_text(
        file.read_text(encoding="utf-8").replace("Vĩnh Phúc", "Another"), encoding="utf-8"
    )
    assert read_settings(moved)[1] == before
    file.write_text("no TOML", encoding="utf-8")
    assert read_settings(moved)[1] == before


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("base/out/raw/x.toml", "raw/x.toml"),
        ("base/raw/x.toml", "../raw/x.toml"),
        ("base/x.toml", "../x.toml"),
        ("far/x.toml", None),
    ],
)
def test_places_inside_and_beside_are_kept_relative_and_others_absolute(tmp_path, path, place):
    folder = tmp_path / "base" / "out"
    assert name_place(tmp_path / path, folder) == place or str((tmp_path / path).resolve())


def make_old(folder, province_file):
    """Write the manifest of the folder as an earlier version did."""
    path = folder / MANIFEST_NAME
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for name in ("province_text", "province_sha256", "province_origin", "living_files"):
        del manifest[name]
    path.write_text(json.dumps(manifest | {"province_file": str(province_file)}), encoding="utf-8")


@pytest.mark.parametrize("start", ["out", "x/out", "/made/elsewhere/out"])
def test_an_old_manifest_is_read_and_its_province_file_found_inside(moved, raw, start):
    make_old(moved, Path(start) / "raw" / raw.name)
    path, province, _ = read_settings(moved)
    assert path == moved / "raw" / raw.name and province.province.demonstration
    assert "stale" not in read("status", moved)


def test_an_old_manifest_without_its_province_file_says_so(moved, raw):
    make_old(moved, Path("out/raw") / raw.name)
    shutil.rmtree(moved / "raw")
    with pytest.raises(FolderFault, match="is gone"):
        read_settings(moved)


@pytest.mark.parametrize("name", ["key", "decisions", "challenges", "deliveries"])
def test_what_results_were_made_with_is_not_silently_made_anew(moved, raw, name):
    """Without its key every pupil would get a new pseudonym; without the others, decisions would be lost."""
    file = moved / "raw" / raw.name
    if name == "deliveries":
        find_living(moved, name).mkdir()
    elif name != "key":
        find_living(moved, name).touch(mode=0o600)
    run_province(file, moved)
    place = find_living(moved, name)
    place.rmdir() if name == "deliveries" else place.unlink()
    before = hash_file(moved / MANIFEST_NAME)
    with pytest.raises(FolderFault, match=rf"gone: {name} →"):
        run_province(file, moved)
    with pytest.raises(FolderFault, match=rf"{re.escape(place.name)}.*gone: {name}"):
        find_living(moved, name)
    assert not place.exists() and hash_file(moved / MANIFEST_NAME) == before


def test_decisions_of_a_moved_folder_go_beside_its_own_province_file(moved, whole, raw):
    with pytest.raises(Exception, match="no standing decision"):
        undo_decision(moved, 1, by="cán bộ xã", why="thử", now=datetime(2026, 1, 1, tzinfo=UTC))
    assert (moved / "raw" / f"{raw.stem}_decisions.jsonl").exists()
    assert list_decisions(moved) == []


@pytest.fixture(scope="module")
def mount():
    """What runs a command with a folder that nobody can write, not even root."""
    unshare = shutil.which("unshare")
    tried = unshare and subprocess.run(
        [unshare, "-rm", "sh", "-c", "mount --bind /tmp /tmp && mount -o remount,ro,bind /tmp"],
        capture_output=True,
        check=False,
    )
    if not tried or tried.returncode:
        pytest.skip("this system lets nobody mount")

    def _run(folder, *commands):
        """Run commands one after another over the folder mounted read-only."""
        lines = ['mount --bind "$0" "$0"', 'mount -o remount,ro,bind "$0"']
        script = "set -e\n" + "\n".join(lines) + "\nset +e\n" + "\n".join(commands)
        return subprocess.run(
            [unshare, "-rm", "sh", "-c", script, str(folder)],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        )

    return _run


READ_ONLY = """
import sys
from pathlib import Path
from typer.testing import CliRunner
from phusong.cli import application

out, elsewhere = sys.argv[1], sys.argv[2]
for words in (
    ["status", out], ["explain", out, "gaps"], ["review", out, "--decisions"],
    ["report", out, "--format", "xlsx", "--out", elsewhere],
    ["plan", "devices", out, "--out", elsewhere], ["plan", "rollout", out, "--out", elsewhere],
    ["report", out], ["plan", "devices", out], ["plan", "rollout", out], ["plan", "compare", out],
    ["run", f"{out}/raw/NAME", "--out", out], ["app", "--results", out],
    ["review", out, "--by", "x"], ["report", out, "--form", "school", "--out", elsewhere],
):
    done = CliRunner().invoke(application, words)
    fault = done.exception
    code = getattr(fault, "exit_code", getattr(fault, "code", 1)) if fault else done.exit_code
    print(code, " ".join(words[:2]).replace(out, "DIR"), "--out" in words, str(fault)[:400].replace(chr(10), " "))
"""


def test_read_only_what_reads_goes_on_and_what_writes_is_refused_in_words(
    moved, mount, tmp_path, raw
):
    script = tmp_path / "walk.py"
    script.write_text(READ_ONLY.replace("NAME", raw.name), encoding="utf-8")
    before = {p: p.stat().st_mtime_ns for p in moved.rglob("*")}
    done = mount(moved, f'python "{script}" "$0" "{tmp_path / "elsewhere"}"')
    lines = [
        line.split(" ", 1) for line in done.stdout.splitlines() if line[:2] in ("0 ", "1 ", "2 ")
    ]
    assert [code for code, _ in lines] == ["0"] * 6 + ["2"] * 8, done.stdout + done.stderr
    for _, told in lines[6:]:
        assert "→" in told and ("cannot be" in told or "can be written" in told), told
    assert {p: p.stat().st_mtime_ns for p in moved.rglob("*")} == before
    kept = {p.name for p in (tmp_path / "elsewhere").rglob("*") if p.is_file()}
    assert {"plan.json", "allocation.json", "rollout.parquet", "devices.parquet"} <= kept
    assert any(name.startswith("bao_cao_tuan") for name in kept)
    assert (moved / LEDGER_NAME).exists()


def test_a_folder_without_results_is_left_as_it_was(tmp_path):
    for words in (
        ["plan", "rollout"],
        ["plan", "devices"],
        ["plan", "compare"],
        ["report"],
        ["status"],
    ):
        done = call(*words, tmp_path / "nothing")
        assert isinstance(done.exception, ParameterFault)
    assert not (tmp_path / "nothing").exists()
