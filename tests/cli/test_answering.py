"""What `check` says: one language, the verdict and its share first, a table that fits; rows that go back."""

import csv
import io
import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import load_workbook
from tests.running import run_command

from phusong.cli.answering import WIDTH
from phusong.cli.kinds import SHORT_NAMES, find_kind
from phusong.intake.door import check_source
from phusong.views.labels import SourceKind
from phusong.vocabulary.errors import ParameterFault

ANSWERS = Path(__file__).parent / "answers"
MASTS = """DANH SÁCH TRẠM;;;;;
Mã trạm;Doanh nghiệp;Công nghệ;Kinh độ;Vĩ độ;Chiều cao (m)
T1;Viettel;4G;105.58;21.31;42
T2;Viettel;4G;21.31;105.58;42
T3;Viettel;4G;;;42
T4;Viettel;4G;108.2;16.05;42
T5;Viettel;4G;mười;21.31;42
T6;Viettel;4G;105.60;21.32;cao
T7;Sóng Lạ;4G;105.61;21.33;42
T8;Viettel;6G;105.60;21.32;42
T9;=1+1;4G;105.62;121.33;42
Cộng;;;;;
"""
#: What a clerk makes of the rows that came back, by their own hints.
CORRECTED = {"T2": ("105.58", "21.31"), "T3": ("105.60", "21.33"), "T4": ("105.59", "21.30"),
             "T5": ("105.57", "21.31"), "T9": ("105.62", "21.33")}  # fmt: skip


@pytest.fixture(autouse=True)
def read_here(monkeypatch):
    """Read in this process: how a file is read in one of its own is tested in `test_reader_pool`."""

    def _check(kind, path, options, parameters, *, rows=None):
        checked = check_source(kind, path, options, parameters)
        return (
            checked
            if rows is None
            else replace(checked, quarantined=checked.quarantined.head(rows))
        )

    monkeypatch.setattr("phusong.cli.checking.check_in_child", _check)


@pytest.fixture
def masts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = Path("tram.csv")
    path.write_text(MASTS, encoding="utf-8")
    return path


def check(*words):
    return run_command("check", *map(str, words))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_answer_to_a_faulty_file_is_the_golden_one(masts, language):
    done = check("tram", masts, "--lang", language)
    golden = (ANSWERS / f"tram_{language}.txt").read_text(encoding="utf-8")
    assert done.stdout == golden and done.returncode == 0
    assert max(map(len, golden.splitlines())) <= WIDTH
    assert "3/9" in golden.splitlines()[1], "the verdict and its share come first"
    assert " 1 rows" not in golden and "“”" not in golden
    assert "lone_swapped" not in golden, "code words are for machines"


def test_the_report_for_machines_keeps_the_code_words(masts):
    report = json.loads(check("cells", masts, "--json", "-").stdout)
    assert "lone_swapped" in {f["rule"] for f in report["faults"]}
    assert report["kind"] == "cells"


@pytest.mark.parametrize(
    ("locale", "word"), [("en_GB.UTF-8", "ACCEPTED"), ("vi_VN.UTF-8", "NHẬN"), ("C.UTF-8", "NHẬN")]
)
def test_the_language_is_that_of_the_machine(masts, monkeypatch, locale, word):
    monkeypatch.setenv("LC_ALL", locale)
    assert word in check("cells", masts).stdout


def test_a_language_that_there_is_not_is_refused(masts):
    assert check("cells", masts, "--lang", "fr").returncode == 2


def read_rows(path):
    if path.suffix == ".xlsx":
        return load_workbook(str(path)).get_sheet_by_index(0).to_python()
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


@pytest.mark.parametrize("name", ["sua.xlsx", "sua.csv"])
def test_the_rows_set_aside_go_back_in_the_senders_own_columns(masts, name):
    done = check("cells", masts, "--lang", "vi", "--rejected", name)
    assert name in done.stdout
    head, *rows = read_rows(Path(name))
    own = MASTS.splitlines()[1].split(";")
    assert head == [*own, "Dòng", "Lý do", "Cách sửa"]
    sent = {line.split(";")[0]: line.split(";") for line in MASTS.splitlines()}
    for row in rows:
        assert [str(c).removeprefix("'") for c in row[: len(own)]] == sent[row[0]]
        assert row[-2] and row[-1]
    assert len(rows) == 6


def test_no_cell_that_goes_back_can_act_as_a_formula(masts):
    check("cells", masts, "--rejected", "sua.csv")
    text = Path("sua.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1" in text and ",=1+1" not in text


def test_rows_corrected_by_their_hints_are_accepted(masts):
    check("cells", masts, "--lang", "vi", "--rejected", "sua.csv")
    head, *rows = read_rows(Path("sua.csv"))
    lon, lat = head.index("Kinh độ"), head.index("Vĩ độ")
    for row in rows:
        row[lon], row[lat] = CORRECTED.get(row[0], (row[lon], row[lat]))
        row[1], row[2] = "Viettel", "4G"
    with Path("lai.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    report = json.loads(check("cells", "lai.csv", "--json", "-").stdout)
    assert report["rows_quarantined"] == 0 and report["rows_in"] == len(rows)


def test_a_list_of_pupils_goes_back_to_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = [
        "Họ và tên,Ngày sinh,Lớp,Tên trường,Địa chỉ",
        "Em Mẫu,01/02/2012,4A,Trường Mẫu,Thôn Mẫu",
        ",01/02/2012,4A,Trường Mẫu,Thôn Mẫu",
    ]
    Path("hs.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = check("hoc-sinh", "hs.csv", "--rejected", "sua.xlsx")
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(Path("sua.xlsx").stat().st_mode) == 0o600


def test_nothing_set_aside_writes_nothing(masts):
    masts.write_text("\n".join(MASTS.splitlines()[1:3]) + "\n", encoding="utf-8")
    done = check("cells", masts, "--rejected", "sua.xlsx", "--lang", "vi")
    assert not Path("sua.xlsx").exists()
    assert "NHẬN TOÀN BỘ: 1/1 DÒNG" in done.stdout


def test_another_ending_is_refused_before_the_work(masts):
    done = check("cells", masts, "--rejected", "sua.pdf")
    assert done.returncode == 2 and ".xlsx or .csv" in done.stderr


@pytest.mark.parametrize("kind", list(SourceKind))
def test_a_kind_is_found_by_each_of_its_names(kind):
    for name in (
        str(kind),
        kind.vi,
        kind.en,
        *SHORT_NAMES[kind],
        SHORT_NAMES[kind][0].replace("-", "_"),
    ):
        assert find_kind(name) == kind
        assert find_kind(name.upper()) == kind


@pytest.mark.parametrize(("typed", "meant"), [("trma", "cells"), ("cels", "cells"), ("hoc sih", "students"),
                                              ("measurement", "measurements")])  # fmt: skip
def test_a_mistyped_kind_is_answered_with_the_nearest(typed, meant):
    with pytest.raises(ParameterFault, match=rf"did you mean “[\w-]+” \({meant}\)"):
        find_kind(typed)
