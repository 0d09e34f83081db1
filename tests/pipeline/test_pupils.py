"""The pupils' part of the flow: who is placed where, what is told of them, and what never leaves."""

import json
import re
import shutil
import stat

import pandas as pd
import pytest

from phusong.persons.vault import Vault
from phusong.pipeline.pupil_explanation import explain_student
from phusong.pipeline.pupils import doubt_registered, follow_schools, read_addresses
from phusong.store import read_table
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.tables.pupils import ALL_LEVELS, CLOSED

OUTSIDE = {"personal", "raw"}


@pytest.fixture(scope="module")
def truth(raw):
    """What is so of every record: its pupil, its hamlet and what may honestly be said of its address."""
    table = pd.read_csv(
        raw.parent / "truth" / "mo_phong_hoc_sinh_that.csv", dtype=str, keep_default_na=False
    )
    sheet = table["sheet"].where(table["sheet"] == "", table["sheet"] + "!")
    return table.assign(
        whole=table["file"] + ":" + sheet + table["row"], row=table["file"] + ":" + table["row"]
    )


def join_truth(records, truth):
    """Return records beside their truth; a workbook of one sheet names the row alone."""
    whole = records.merge(truth, left_on="record_id", right_on="whole", suffixes=("", "_true"))
    alone = records.merge(truth, left_on="record_id", right_on="row", suffixes=("", "_true"))
    return pd.concat([whole, alone]).drop_duplicates("record_id")


def list_texts(frame):
    """Return every text that stands in a table."""
    return {
        cell for _, column in frame.items() for cell in column.dropna() if isinstance(cell, str)
    }


def test_every_record_has_its_truth_and_is_placed_there_or_nowhere(finished, truth):
    placed = Vault(finished / "personal").read("placed_students")
    told = join_truth(placed, truth)
    assert len(told) == len(placed) == 375
    matched = told["match_status"] == "MATCHED"
    assert (told.loc[matched, "hamlet_id"] == told.loc[matched, "true_hamlet"]).all()
    findable = told["expected_status"] == "MATCHED"
    assert matched[findable].mean() >= 0.94
    assert not matched[~findable].any()
    assert told.loc[~matched, "hamlet_id"].isna().all()


def test_records_of_one_pupil_are_joined_and_no_two_pupils_ever(finished, truth):
    pupils = Vault(finished / "personal").read("pupils")
    owners = pupils.assign(record_id=pupils["record_ids"].str.split("|")).explode("record_id")
    told = join_truth(owners[["record_id", "student_key"]], truth)
    assert (told.groupby("student_key")["pupil"].nunique() == 1).all()
    assert len(pupils) == told["pupil"].nunique()


def test_whoever_is_not_the_owner_may_open_nothing_about_persons(finished, raw):
    personal = finished / "personal"
    folders = [personal, *(p for p in personal.rglob("*") if p.is_dir())]
    assert {stat.S_IMODE(p.stat().st_mode) for p in folders} == {0o700}
    files = [p for p in personal.rglob("*") if p.is_file()]
    files += [finished / "tables" / f"{name}.parquet" for name in CLOSED - {"rollout", "devices"}]
    files += [raw.parent / "mo_phong_vinh_phuc.key"]
    assert {stat.S_IMODE(p.stat().st_mode) for p in files} == {0o600}


def test_no_name_number_or_record_is_in_anything_but_the_personal_store(finished):
    records = Vault(finished / "personal").read("accepted_students")
    telling = ["full_name", "guardian_1", "guardian_2", "personal_id", "phone", "student_code"]
    secrets = list_texts(records[[*telling, "record_id"]])
    assert len(secrets) > 1_000
    for path in finished.rglob("*"):
        if path.is_dir() or path.relative_to(finished).parts[0] in OUTSIDE:
            continue
        if path.suffix == ".parquet":
            assert not secrets & list_texts(pd.read_parquet(path)), path.name
        elif path.suffix != ".tif":
            found = [s for s in secrets if s in path.read_text(encoding="utf-8")]
            assert not found, path.name


def test_a_pseudonym_without_the_key_is_no_hash_of_anything(finished):
    pupils = Vault(finished / "personal").read("pupils")
    assert (
        pupils["student_key"].str.fullmatch("hs-[a-z2-7]{26}").all()
        and pupils["student_key"].is_unique
    )


def test_totals_of_pupils_are_equal_in_every_edition_and_unit(finished):
    counts = read_table(finished, "pupil_counts")
    whole = counts[counts["level"] == ALL_LEVELS]
    sums = whole.groupby(["edition", "unit"])["pupils"].sum().unstack()
    studying = read_table(finished, "students")
    assert len(sums) == 2
    assert (sums["province"] == sums["province"].iloc[0]).all() and (
        sums["school"] == sums["province"]
    ).all()
    assert sums["province"].iloc[0] <= len(studying)
    hamlets = read_table(finished, "gaps")["pupils"].sum()
    assert (sums["hamlet"] == hamlets).all()


def test_no_public_count_is_small_and_the_hidden_are_marked(finished):
    public = read_table(finished, "pupil_counts_public")
    of_pupils = [c for c in public.select_dtypes("number") if not c.startswith("schools")]
    shown = [n for name in of_pupils for n in public[name].dropna()]
    assert all(n >= 10 and n % 10 == 0 for n in shown) and len(shown) > 100


def test_the_page_and_the_summary_tell_public_counts_alone(finished):
    told = json.loads((finished / "summary.json").read_text(encoding="utf-8"))["pupils"]
    counts = {
        k: v for k, v in told["counts"].items() if v is not None and not k.startswith("schools")
    }
    exact = read_table(finished, "pupil_counts").set_index(["unit", "level"])["pupils"]
    assert set(exact.loc["province", "all"]) == {359} and abs(counts["pupils"] - 359) < 10
    figures = [*counts.values(), *told["matches"].values()]
    figures += [told[name] for name in ("records", "pupils", "merged", "pairs", "decided")]
    assert all(v is None or (v >= 10 and v % 10 == 0) for v in figures)
    assert told["pupils"] == sum(n or 0 for n in told["matches"].values())
    assert told["records"] == told["pupils"] + (told["merged"] or 0)
    assert (told["release"], told["k"]) == (1, 10)
    page = (finished / "map.html").read_text(encoding="utf-8")
    assert not re.search("hs-[a-z2-7]{26}", page)


def test_a_pupil_is_explained_by_pseudonym_in_both_languages_and_the_look_is_kept(
    finished, tmp_path
):
    folder = shutil.copytree(finished, tmp_path / "out")
    student = read_table(folder, "students").query("eligible == True").iloc[0]
    before = len(Vault(folder / "personal").list_looks())
    told = "\n".join(explain_student(folder, student["student_key"]))
    looks = Vault(folder / "personal").list_looks()
    assert len(looks) == before + 1 and looks[-1].table == "students" and looks[-1].rows == 1
    assert student["tier"] in told and "commune" in told and "địa chỉ" in told.lower()
    pupil = (
        Vault(finished / "personal")
        .read("pupils")
        .set_index("student_key")
        .loc[student["student_key"]]
    )
    assert pupil["full_name"] not in told and str(pupil["phone"]) not in told
    with pytest.raises(ParameterFault, match="hs-"):
        explain_student(folder, "hs-" + "a" * 26)


def test_where_somebody_is_only_registered_a_person_is_asked():
    found = pd.DataFrame(
        {
            "status": ["MATCHED", "MATCHED", "COMMUNE_ONLY", "EMPTY"],
            "hamlet_id": ["H1", "H1", "", ""],
            "commune_code": ["08914", "08914", "08914", ""],
            "level": ["exact", "exact", "commune", ""],
            "flags": ["exact", "", "unknown_hamlet", ""],
            "candidates": ["", "", "H7", ""],
        }
    )
    told = doubt_registered(found, pd.Series([False, True, True, True]))
    assert told["status"].tolist() == ["MATCHED", "AMBIGUOUS", "AMBIGUOUS", "EMPTY"]
    assert told["hamlet_id"].tolist() == ["H1", "", "", ""]
    assert told["candidates"].tolist() == ["", "H1", "H7", ""]
    assert told["flags"].tolist() == [
        "exact",
        "registered_only",
        "unknown_hamlet|registered_only",
        "",
    ]


def test_the_registered_address_is_read_only_where_no_current_one_is_written():
    records = pd.DataFrame(
        {
            "record_id": ["1", "2", "3"],
            "province": None, "district": None, "commune": ["xã Đạo Trù", None, None], "hamlet": None,
            "address": None,
            "registered_address": ["thôn A, xã B", "thôn C, xã D", None],
            "as_of": pd.to_datetime(["2021-09-20"] * 3),
        }
    )  # fmt: skip
    told = read_addresses(records, "record_id")
    assert told["registered"].tolist() == [False, True, False]
    assert told["address"].tolist() == ["", "thôn C, xã D", ""]


def test_the_list_of_schools_states_who_gives_continuing_education():
    pupils = pd.DataFrame({"school_id": ["s1", "s2", "s3", None], "level": ["THPT"] * 4})
    schools = pd.DataFrame(
        {
            "school_id": ["s1", "s2", "s3"],
            "name": ["Trung tâm Tam Đảo", "Trường THPT Tam Đảo", "Trung tâm GDNN-GDTX"],
            "level": ["GDTX", "THPT", None],
        }
    )
    assert follow_schools(pupils, schools)["level"].tolist() == ["GDTX", "THPT", "GDTX", "THPT"]
