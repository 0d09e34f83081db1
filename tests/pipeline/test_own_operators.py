"""A province states operators of its own in its file: they are known from the file to the map, and there alone."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
from tests.pipeline.changed_hamlets import write_changed
from typer.testing import CliRunner

from phusong.cli import application
from phusong.intake.operators import parse_operators
from phusong.pipeline.province import parse_province, read_province
from phusong.pipeline.request_kit import find_writer, write_kit
from phusong.pipeline.run import run_province, stale_parts
from phusong.pipeline.settings import read_operators, read_settings
from phusong.store import read_table
from phusong.views.palette import mark_operators
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.operators import read_known, read_packaged, use_operators
from phusong.vocabulary.terms import Operator

OWN = """
[[operator]]
key = "DELTA"
vi = "Viễn thông Delta"
en = "Delta Telecom"
aliases = ["ĐT Delta", "dtd"]
networks = ["452-09"]
colour = "#7a1fa2"
shape = "octagon"
source = "giấy phép của doanh nghiệp"

[[operator]]
key = "viettel"
aliases = ["Chi nhánh VT miền núi"]

[[operator]]
key = "Sao Mai"
"""
HEAD = '[province]\ncode = "25"\nname = "Tỉnh"\nas_of = 2026-05-01\noperators = ["dtd", "VNPT"]\n'


def write_own(folder, text=OWN):
    path = write_changed(folder, as_of="2026-05-01")
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    claims = pd.read_csv(folder / "xac_nhan.csv", dtype=str)
    names = ["ĐT Delta", "Chi nhánh VT miền núi", "sao mai", "Viễn thông Delta"]
    claims["Doanh nghiệp"] = names * 2
    claims.to_csv(folder / "xac_nhan.csv", index=False)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A province with operators of its own, and its results."""
    folder = tmp_path_factory.mktemp("rieng")
    path = write_own(folder)
    run_province(path, folder / "out")
    return path, folder / "out"


@pytest.mark.long
def test_every_name_of_an_own_operator_is_read_as_that_operator(made):
    claims = read_table(made[1], "accepted_claims")
    assert set(claims["operator"]) == {"Delta", "VIETTEL", "Sao Mai"}
    assert (claims["operator"] == "Delta").sum() == 4


@pytest.mark.long
def test_the_map_has_its_label_and_its_mark(made):
    page = (made[1] / "map.html").read_text(encoding="utf-8")
    assert "Viễn thông Delta" in page and "#7a1fa2" in page


@pytest.mark.long
def test_moved_results_remember_them_and_nothing_is_left_behind(made, tmp_path):
    moved = tmp_path / "noi_khac"
    shutil.copytree(made[1], moved)
    assert read_operators(moved).known["Delta"].en == "Delta Telecom"
    assert read_settings(moved)[1].own_operators
    assert "Delta" not in read_known() and read_known() is read_packaged().known
    result = CliRunner().invoke(application, ["explain", str(moved), "gaps", "H1"])
    assert result.exit_code == 0 and "Delta" not in read_known()


@pytest.mark.long
def test_another_name_makes_stale_what_reads_files_and_the_map_alone(made):
    path, out = made
    before = path.read_text(encoding="utf-8")
    assert not any(stale_parts(path, out).values())
    path.write_text(before.replace('"dtd"', '"dtd", "dt-delta-moi"'), encoding="utf-8")
    changed = stale_parts(path, out)
    path.write_text(before, encoding="utf-8")
    assert "own_operators" in " ".join(changed["intake_claims"]) and changed["map"]


@pytest.mark.long
def test_check_and_the_forms_of_the_kit_know_them(made, tmp_path):
    path, _ = made
    file = path.parent / "xac_nhan.csv"
    asked = ["check", "claims", str(file), "--province", str(path), "--json", "-"]
    result = CliRunner().invoke(application, asked)
    assert "unknown_operator" not in result.output
    plain = CliRunner().invoke(application, ["check", "claims", str(file), "--json", "-"])
    assert "unknown_operator" in plain.output
    dated = read_province(path).province.as_of
    assert "Delta" in find_writer(path, code="", dated=dated).operators.known
    files = write_kit(tmp_path / "kit", province=path, dated=dated)
    book = next(f for f in files if "tram_thu_phat" in f.name)
    frames = pd.read_excel(book, sheet_name=None, header=None, engine="calamine")
    assert any(frame.eq("Viễn thông Delta").to_numpy().any() for frame in frames.values())


def read_own(text, tmp_path):
    return parse_province(HEAD + text, tmp_path / "tinh.toml")


def test_the_head_of_the_file_may_name_them_by_any_name(tmp_path):
    province = read_own(OWN, tmp_path)
    assert province.province.operators == ["Delta", "VNPT"]
    known = province.operators.known
    assert known["VIETTEL"].vi == "Viettel" and known["Sao Mai"].vi == "Sao Mai"
    assert list(known)[-1] == "OTHER"


def test_two_provinces_at_once_do_not_know_each_others_operators(tmp_path):
    one = read_own(OWN, tmp_path).operators
    other = read_own('[[operator]]\nkey = "DELTA"\nvi = "Delta Nam"\n', tmp_path).operators

    def list_labels(known):
        with use_operators(known):
            labels = {Operator("Delta").vi for _ in range(200)}
            return labels, parse_operators("dtd"), mark_operators(["Delta"])["Delta"][0]

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(list_labels, [one, other])
    assert first == ({"Viễn thông Delta"}, ["Delta"], "#7a1fa2")
    assert second[0] == {"Delta Nam"} and second[1] == ["Dtd"] and second[2] != "#7a1fa2"
    assert Operator("Delta").vi == "Delta"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[operator]]\nvi = "X"\n', "operator.0.key"),
        ('[[operator]]\nkey = "X"\nalias = ["y"]\n', "operator.0.alias"),
        ('[[operator]]\nkey = "X"\naliases = ["vinaphone"]\n', "is of VNPT and of X"),
        ('[[operator]]\nkey = "X"\nnetworks = ["452-4"]\n', "is of VIETTEL and of X"),
        ('[[operator]]\nkey = "X"\nnetworks = ["45204"]\n', "write MCC-MNC"),
        ('[[operator]]\nkey = "X"\ncolour = "#123456"\n', "state both colour and shape"),
        ('[[operator]]\nkey = "X"\ncolour = "red"\nshape = "star"\n', "write it as #0b6b4f"),
        ('[[operator]]\nkey = "X"\ncolour = "#123456"\nshape = "moon"\n', "choose one of"),
        ('[[operator]]\nkey = "OTHER"\n', "stands for rows that name nobody"),
        ('[[operator]]\nkey = "<>"\n', "is no name of an operator"),
        ('[[operator]]\nkey = "X"\n[[operator]]\nkey = "x"\n', "stands there twice"),
        ('[[operator]]\nkey = "X"\naliases = ["–"]\n', "neither letter nor figure"),
    ],
)
def test_a_wrong_entry_is_refused_with_what_to_do(text, message, tmp_path):
    with pytest.raises(ParameterFault, match=message):
        read_own(text, tmp_path)
    file = tmp_path / "tinh.toml"
    file.write_text(HEAD + text, encoding="utf-8")
    result = CliRunner().invoke(application, ["run", str(file), "--out", str(tmp_path / "o")])
    assert result.exit_code == 2 or isinstance(result.exception, ParameterFault)
