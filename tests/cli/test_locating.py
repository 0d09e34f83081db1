"""`phusong locate` as a person types it."""

import csv
import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from types import SimpleNamespace

import pandas as pd
import pytest

from phusong.cli import main
from phusong.cli.locating import summarise, summary_lines
from phusong.places.addresses import make_gazetteer, match_addresses
from phusong.places.addresses.scoring import score_answers

HAMLETS = """hamlet_id,kind,name,commune_code,edition,aliases
H1,thôn,Đồng Giếng,08914,2021-01-01,
H2,thôn,Tân Lập,08914,2021-01-01,Gò Cháy
H3,thôn,Tân Lập,08884,2021-01-01,
"""
ADDRESSES = """row_id,address,true_hamlet
1,"Thôn Đồng Giếng, xã Đạo Trù, huyện Tam Đảo",H1
2,"Gò Cháy, Đạo Trù",H2
3,"Thôn Tân Lập, Vĩnh Phúc",H3
=1+1,"Thôn 9, xã Đạo Trù",
"""


def run(words):
    """Run the console script in this process: exit code, and what was printed."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["phusong", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            main()
            sys.exit(0)
    return SimpleNamespace(
        returncode=left.value.code or 0, stdout=out.getvalue(), stderr=err.getvalue()
    )


@pytest.fixture
def files(tmp_path):
    (tmp_path / "hamlets.csv").write_text(HAMLETS, encoding="utf-8-sig")
    (tmp_path / "addresses.csv").write_text(ADDRESSES, encoding="utf-8")
    return tmp_path


def locate(folder, *more):
    words = (
        "locate", "--hamlets", folder / "hamlets.csv", "--addresses", folder / "addresses.csv",
        "--out", folder / "sub" / "out.csv", *more,
    )  # fmt: skip
    return run(words)


def test_one_answer_a_row_and_a_summary(files):
    result = locate(files, "--json", files / "told.json", "--as-of", "2021-09-21")
    assert result.returncode == 0, result.stderr
    out = (files / "sub" / "out.csv").read_bytes()
    assert not out.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(out.decode("utf-8").splitlines()))
    heading = "row_id status hamlet_id commune_code edition level flags candidates"
    assert list(rows[0]) == heading.split()
    assert [r["status"] for r in rows] == ["MATCHED", "MATCHED", "AMBIGUOUS", "COMMUNE_ONLY"]
    assert rows[2]["candidates"] == "H2|H3"
    assert rows[3]["row_id"] == "'=1+1" and rows[3]["commune_code"] == "08914"
    assert "MATCHED          2/4 (50.0 %)" in result.stdout
    assert "2/2 (100.00 %)" in result.stdout and "2/3 (66.67 %)" in result.stdout
    told = json.loads((files / "told.json").read_text(encoding="utf-8"))
    assert told["statuses"]["MATCHED"] == {"rows": 2, "share": 0.5}
    assert told["score"]["wrong_communes"] == 0 and told["score"]["recall"] == 2 / 3


def test_the_day_of_the_question_chooses_the_edition(files):
    hamlets = HAMLETS.replace("08914,2021", "08911,2021")
    (files / "hamlets.csv").write_text(hamlets, encoding="utf-8")
    (files / "addresses.csv").write_text(
        'row_id,address\n1,"Thôn Đồng Giếng, xã Tam Đảo"\n', encoding="utf-8"
    )
    assert locate(files, "--as-of", "2025-09-05").returncode == 0
    assert ",MATCHED,H1,08911," in (files / "sub" / "out.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("addresses.csv", b"", "empty"),
        ("addresses.csv", b"\x7fELF\x00\x00\x00\x00" * 20, "unknown kind of file"),
        ("addresses.csv", b"row_id,address\n1,x\n1,y\n", "row 3"),
        ("hamlets.csv", b"hamlet_id,name\n1,x\n", "kind"),
        ("hamlets.csv", HAMLETS.replace("2021-01-01", "2021").encode(), "edition"),
    ],
)
def test_a_wrong_file_gets_exit_2_and_no_traceback(files, name, data, said):
    (files / name).write_bytes(data)
    result = locate(files)
    assert result.returncode == 2
    assert said in result.stderr and name in result.stderr and "Traceback" not in result.stderr
    assert not (files / "sub").exists()


def test_wrong_words_get_exit_2(files):
    assert locate(files, "--as-of", "yesterday").returncode == 2
    words = ("locate", "--hamlets", files / "hamlets.csv", "--addresses", files / "addresses.csv")
    assert run(words).returncode == 2
    result = run((*words, "--out", files / "out.docx"))
    assert result.returncode == 2 and ".csv" in result.stderr


def test_bytes_that_are_no_unicode_get_exit_3(files):
    (files / "addresses.csv").write_bytes(
        b"row_id,address\n1,Th\xabn \xa7\xe5ng Gi\xd5ng - x\xb7 \xa7\xb9o Tr\xef\n"
    )
    asked = locate(files)
    assert asked.returncode == 3 and "tcvn3" in asked.stderr
    assert locate(files, "--encoding", "tcvn3").returncode == 0
    assert ",MATCHED,H1," in (files / "sub" / "out.csv").read_text(encoding="utf-8")


def test_statuses_as_expected_are_scored():
    hamlets = pd.DataFrame(
        [line.split(",") for line in HAMLETS.splitlines()[1:]],
        columns=HAMLETS.splitlines()[0].split(","),
    )
    table = pd.DataFrame(
        {
            "row_id": ["1", "2", "3"],
            "address": ["Đồng Giếng, Đạo Trù", "Thôn Tân Lập, xã Đạo Tú", "nt"],
            "expected_status": ["MATCHED", "AMBIGUOUS|CONFLICT", "EMPTY"],
            "expected_hamlet_id": ["H1", "H2|H3", ""],
            "expected_commune_code": ["08914", "08914", ""],
        }
    )
    gazetteer = make_gazetteer(hamlets)
    answers = match_addresses(table, gazetteer)
    score = score_answers(table, answers, gazetteer=gazetteer)
    assert score == (2, 1, 1, 1, 2)  # Đạo Tú was found where Đạo Trù was expected
    assert (score.precision, score.recall) == (0.5, 1.0)
    lines = summary_lines(summarise(answers, score) | {"out": "out.csv"})
    assert any("1/2 (50.00 %)" in line for line in lines)
    assert any("2/3 (66.67 %)" in line for line in lines)
