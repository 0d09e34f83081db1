"""A pupil erased at a request: gone from every file of ours, at once and after the next run; the book stays whole."""

import shutil
import zipfile
from datetime import UTC, datetime

import pandas as pd
import pyarrow.parquet as pq
import pytest
from tests.running import run_command

from phusong.ledger.book import open_ledger
from phusong.ledger.queries import list_awards
from phusong.ledger.verifying import verify_ledger
from phusong.persons.erasure import (
    MASK,
    drop_records,
    find_erasures,
    list_marks,
    mask_members,
    mask_rows,
    read_erasures,
    read_marks,
)
from phusong.persons.vault import LOOKS_NAME, Vault
from phusong.pipeline.demonstration import keep_book
from phusong.pipeline.erasure import erase_pupil
from phusong.pipeline.result_files import PERSONAL_FOLDER, PUPILS
from phusong.pipeline.run import run_province, stale_parts
from phusong.pipeline.settings import read_settings
from phusong.store import read_table
from phusong.store.manifest import MANIFEST_NAME
from phusong.vocabulary.book import LEDGER_NAME
from phusong.vocabulary.errors import ParameterFault, SourceFault
from phusong.vocabulary.tables.persons import PERSONAL

NOW = datetime(2026, 3, 2, tzinfo=UTC)
KEY = bytes(32)


@pytest.fixture(scope="module")
def province(raw, finished, tmp_path_factory):
    """Return a province file of its own with results and a book beside it."""
    folder = tmp_path_factory.mktemp("erasure")
    shutil.copytree(raw.parent, folder / "raw")
    shutil.copytree(finished, folder / "out")
    moved, manifest = folder / "raw" / raw.name, folder / "out" / MANIFEST_NAME
    manifest.write_text(manifest.read_text().replace(str(raw), str(moved)))
    (folder / "out" / PERSONAL_FOLDER / LOOKS_NAME).unlink(missing_ok=True)
    keep_book(folder / "out").close()
    return moved


@pytest.fixture(scope="module")
def erased(province):
    """Erase a pupil who was awarded a device and one who was not, and return both with what was known of them."""
    out = province.parent.parent / "out"
    pupils = Vault(out / PERSONAL_FOLDER).read(PUPILS)
    # Files are searched for parts of texts: nobody else's name may begin or go on as theirs.
    names = pupils["full_name"]
    alone = names.map(lambda name: names.str.contains(name, regex=False).sum() == 1)
    alone &= ~pupils["birth_date"].duplicated(keep=False)
    ledger = open_ledger(str(out / LEDGER_NAME))
    awarded = set(list_awards(ledger)["student_key"])
    ledger.close()
    known = pupils[alone & pupils["birth_date"].notna()]
    chosen = {
        "awarded": known[known["student_key"].isin(awarded)].iloc[0],
        "other": known[~known["student_key"].isin(awarded)].iloc[0],
    }
    done = {
        who: erase_pupil(out, row["student_key"], who="education", why=f"yêu cầu {who}", now=NOW)
        for who, row in chosen.items()
    }
    return chosen, done


def read_everything(path):
    """Return what a file holds, as one text."""
    if path.suffix == ".parquet":
        frame = pq.read_table(path).to_pandas()
        texts = frame.select_dtypes(exclude=["number", "bool"])
        return "\n".join(str(v) for column in texts for v in texts[column].unique())
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            return "\n".join(parts.read(n).decode("utf-8", "replace") for n in parts.namelist())
    return path.read_bytes().decode("utf-8", "replace")


def find_files(province, texts, *, sources):
    """Return the files of ours, in the output folder and beside the province file, that hold one of some texts."""
    out = province.parent.parent / "out"
    offices = {province.parent / source for source in sources}
    raw_files = set(province.parent.rglob("*")) if not sources else offices
    files = [p for p in (*out.rglob("*"), *province.parent.rglob("*")) if p.is_file()]
    return {
        path.name
        for path in files
        if path not in raw_files and any(text in read_everything(path) for text in texts)
    }


def list_texts(row):
    day = pd.Timestamp(row["birth_date"])
    return [row["full_name"], f"{day:%Y-%m-%d}"]


def list_sources(province):
    """Return the files that the offices delivered: theirs to correct."""
    out = province.parent.parent / "out"
    return {source.file for source in read_settings(out)[1].source}


@pytest.mark.parametrize("again", [False, True])
def test_nothing_of_ours_names_an_erased_pupil_at_once_and_after_the_next_run(
    province, erased, again
):
    chosen, done = erased
    out = province.parent.parent / "out"
    if again:
        assert "erased" in stale_parts(province, out)["intake_students"]
        run_province(province, out)
        assert not any(stale_parts(province, out).values())
    sources = list_sources(province)
    for who, row in chosen.items():
        assert set(done[who].sources) <= sources and done[who].sources
        assert not find_files(province, list_texts(row), sources=sources)
        holding = find_files(province, [row["student_key"]], sources=sources)
        kept = {LEDGER_NAME, LOOKS_NAME}
        assert {n for n in holding if not any(n.startswith(k) for k in kept)} == set()
        assert bool(holding) == (who == "awarded")
    students = read_table(out, "students")["student_key"]
    assert not students.isin([row["student_key"] for row in chosen.values()]).any()
    ledger = open_ledger(str(out / LEDGER_NAME))
    assert verify_ledger(ledger).sound
    assert chosen["awarded"]["student_key"] in set(list_awards(ledger)["student_key"])
    ledger.close()


def test_an_erasure_is_kept_without_name_and_pseudonym(province, erased):
    chosen, done = erased
    path = find_erasures(province)
    assert path.stat().st_mode & 0o077 == 0
    kept = read_erasures(path)
    assert [e.number for e in kept] == [done["awarded"].number, done["other"].number] == [1, 2]
    assert all(mark.startswith("dx-") for mark in read_marks(path))
    text = path.read_text(encoding="utf-8")
    assert not any(row["student_key"] in text for row in chosen.values())


def test_who_was_erased_is_nobody_to_be_erased_again(province, erased):
    chosen, _ = erased
    out = province.parent.parent / "out"
    with pytest.raises(ParameterFault, match="no such pupil"):
        erase_pupil(out, chosen["other"]["student_key"], who="education", why="x", now=NOW)
    with pytest.raises(ParameterFault, match="--why"):
        erase_pupil(out, chosen["other"]["student_key"], who="education", why=" ", now=NOW)


def test_the_command_says_what_the_offices_must_correct(province, erased):
    out = province.parent.parent / "out"
    key = read_table(out, "students")["student_key"].iloc[0]
    command = ["erase", out, key, "--by", "education", "--why", "yêu cầu 7"]
    told = run_command(*command)
    assert told.returncode == 0 and key not in told.stdout
    assert "must correct themselves" in told.stdout
    again = run_command(*command)
    assert again.returncode == 2 and "Traceback" not in again.stderr


def make_records(*rows):
    columns = PERSONAL["students"].names
    base = dict.fromkeys(columns)
    frame = pd.DataFrame([{**base, **row} for row in rows], columns=columns)
    frame["birth_date"] = pd.to_datetime(frame["birth_date"])
    return frame


AN = {
    "record_id": "a:1", "full_name": "Nguyễn Văn An", "birth_date": "2012-05-01", "school_id": "S1",
    "student_code": "0123456789",
}  # fmt: skip


def test_a_record_delivered_anew_under_the_same_number_stays_out():
    marks = frozenset(list_marks(make_records(AN), {"a:1"}, key=KEY))
    fresh = make_records(
        {**AN, "record_id": "b:7", "full_name": "NGUYEN VAN AN"},
        {**AN, "record_id": "b:8", "student_code": "0000000009", "full_name": "Nguyễn Văn Bình"},
    )
    assert drop_records(fresh, marks, key=KEY)["record_id"].tolist() == ["b:8"]
    assert len(drop_records(fresh, frozenset(), key=KEY)) == 2
    assert len(drop_records(fresh, marks, key=bytes([1]) * 32)) == 2


def test_whoever_shares_everything_with_another_is_not_erased_in_their_place():
    both = make_records(AN, {**AN, "record_id": "a:2"})
    with pytest.raises(SourceFault, match="very same"):
        list_marks(both, {"a:1"}, key=KEY)


def test_a_poor_household_keeps_its_other_members():
    marks = frozenset(list_marks(make_records(AN), {"a:1"}, key=KEY))
    columns = PERSONAL["poverty"].names
    rows = [
        {"entry_id": "1", "members": "Nguyễn Văn Hai (1980)|Nguyễn Văn An (2012)"},
        {"entry_id": "2", "members": "Nguyễn Văn An (2009)"},
        {"entry_id": "3", "members": None},
    ]
    entries = pd.DataFrame(rows).reindex(columns=columns)
    left = mask_members(entries, marks, key=KEY)["members"]
    assert left.iloc[0] == "Nguyễn Văn Hai (1980)" and left.iloc[1] == "Nguyễn Văn An (2009)"
    assert left.isna().iloc[2]


def test_a_row_that_was_turned_away_keeps_its_number_and_its_reason_alone():
    marks = frozenset(list_marks(make_records(AN), {"a:1"}, key=KEY))
    rows = pd.DataFrame(
        {
            "row": [3, 4], "reasons": ["thiếu ngày sinh", "thiếu trường"],
            "Họ và tên": ["nguyễn văn  an", "Trần Thị Bình"], "Lớp": ["5A", "5A"],
        }
    )  # fmt: skip
    masked = mask_rows(rows, marks, key=KEY)
    assert masked.iloc[0].tolist() == [3, "thiếu ngày sinh", MASK, MASK]
    assert masked.iloc[1].tolist() == rows.iloc[1].tolist()
