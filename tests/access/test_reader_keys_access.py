"""What leaves for whom: every key of every answer and file that tells of pupils or money, against the one table."""

import inspect
import io
import json
import re
import zipfile
from datetime import date

import pandas as pd
import pytest
from tests.access.test_permissions_access import FUNCTIONS

from phusong.access.permissions import PERMISSIONS, Extent, find_extent
from phusong.gaps.pupils.measures import MEASURES
from phusong.pipeline.publication import MAP_NAME, PUBLISHED_UNITS
from phusong.store import read_table
from phusong.vocabulary.book import Role
from phusong.vocabulary.options import ScenarioName
from phusong.vocabulary.terms import Operator

#: Keys that tell of many pupils, of one pupil, of who a person is, and of what plans cost.
COUNTING = re.compile(rf"^(pupils\w*|{'|'.join(MEASURES)})$")
SINGLE = re.compile(r"^(student_key|household_key|left_key|right_key)$")
NAMING = re.compile(r"^(full_name|birth_date|guardian_\d|phone|personal_id|student_code|address)$")
COSTING = re.compile(r"^(capex\w*|cost\w*|budget|spent|whole_cost)_vnd$")
#: Columns that speak of pupils and count none.
PLAIN = {"pupils_hidden"}
PLANS = {"ask_plan", "ask_scenarios", "ask_map"}
ROLES = [r for r in Role if find_extent(r, "ask_map") != Extent.NONE]


def is_allowed(role, name, key, unit):
    """Return whether the table lets a role have a key of an answer, about a unit."""
    if NAMING.match(key):
        return False
    if SINGLE.match(key):
        return PERMISSIONS[name].of_pupils and find_extent(role, name) != Extent.NONE
    if COSTING.match(key) and name in PLANS:
        return find_extent(role, "ask_plan") in (Extent.WHOLE, Extent.OWN)
    if name == "ask_summary" and unit == "province":  # made to be published, to whoever signs in
        return True
    if COUNTING.match(key) and key not in PLAIN:
        extent = find_extent(role, "ask_counts")
        return extent != Extent.NONE and (extent != Extent.OUTSIDE or unit in PUBLISHED_UNITS)
    return True


def list_keys(answer, unit=""):
    """Return (key, unit) of every value that stands in an answer."""
    if isinstance(answer, pd.DataFrame):
        places = answer["unit"] if "unit" in answer else pd.Series(unit, index=answer.index)
        if "unit" not in answer and "hamlet_id" in answer:
            places = pd.Series("hamlet", index=answer.index)
        for column in answer.columns:
            for place in places[answer[column].notna()].unique():
                yield str(column), str(place)
    elif isinstance(answer, dict):
        for key, value in answer.items():
            if value is not None and not isinstance(value, dict | list):
                yield str(key), unit
            yield from list_keys(value, unit)
    elif isinstance(answer, list | tuple):
        for part in answer:
            yield from list_keys(part, unit)


def list_map_keys(data):
    """Return (key, unit) of what a map is told, for its packed tables."""
    tables = {"hamlet": [data["hamlets"]], "commune": list(data["communes"].values())}
    tables["plan"] = [v for v in (data["plan"] or {}).values() if isinstance(v, dict)]
    for unit, packed in tables.items():
        for table in packed:
            for key, column in table["columns"].items():
                values = column["codes"] if isinstance(column, dict) else column
                if any(v is not None and v != -1 for v in values):
                    yield key, unit


def list_questions():
    """Return the questions that need nothing but who asks and where, and those of plans, with what they take."""
    asked = {"ask_plan": [{"table": t} for t in ("rollout", "trenches", "antennas")]}
    asked["ask_places"] = [{"table": t} for t in ("communes", "hamlets")]
    asked["ask_network"] = [{"table": t} for t in ("reach", "sites", "signal")]
    for name, function in FUNCTIONS.items():
        rest = list(inspect.signature(function).parameters.values())[2:]
        plain = all(p.default is not inspect.Parameter.empty for p in rest)
        if name.startswith("ask_") and plain and name in PERMISSIONS:
            asked.setdefault(name, [{}])
    return asked


@pytest.mark.parametrize("role", ROLES)
def test_every_key_of_every_answer_is_one_that_the_table_gives_the_role(desk, play, role):
    principal, seen = play(role), set()
    for name, ways in list_questions().items():
        if find_extent(role, name) == Extent.NONE or name in ("ask_map", "ask_map_page"):
            continue
        for way in ways:
            for key, unit in set(list_keys(FUNCTIONS[name](principal, desk, **way))):
                summed = "province" if name == "ask_summary" else unit
                assert is_allowed(role, name, key, summed), (name, key, unit)
                seen.add(key)
    assert len(seen) > 30


@pytest.mark.parametrize("role", ROLES)
def test_every_key_of_the_map_and_of_the_picture_is_one_that_the_table_gives_the_role(
    desk, play, role
):
    principal = play(role)
    data = FUNCTIONS["ask_map"](principal, desk).data
    for key, unit in list_map_keys(data):
        assert is_allowed(role, "ask_map", key, unit), (key, unit)
    page = FUNCTIONS["ask_map_page"](principal, desk)
    for key, unit in list_map_keys(read_page(page)):
        assert is_allowed(Role.OPERATOR, "ask_map", key, unit), (key, unit)


def read_page(text):
    """Return the data of a stand-alone map."""
    return json.loads(re.search(r'id="data">(.*?)</script>', text, re.S)[1])


def list_counts(data):
    """Return (edition, commune, key, count) of every count of pupils that a map shows of communes."""
    for edition, table in data["communes"].items():
        codes = table["columns"]["commune_code"]
        names = [codes["words"][c] for c in codes["codes"]]
        for key in ("pupils", "pupils_without_device", "pupils_eligible"):
            for code, count in zip(names, table["columns"][key], strict=True):
                if count is not None:
                    yield edition, code, key, count


def test_the_published_page_tells_of_pupils_what_an_operator_is_told_and_no_more(desk, play):
    operator = play(Role.OPERATOR)
    page = read_page((desk.folder / MAP_NAME).read_text(encoding="utf-8"))
    published = set(list_counts(page))
    assert published
    seen = FUNCTIONS["ask_counts"](operator, desk)
    seen = seen[(seen["unit"] == "commune") & (seen["level"] == "all")]
    names = {
        "pupils": "pupils",
        "without_device": "pupils_without_device",
        "eligible": "pupils_eligible",
    }
    told = {
        (str(row["edition"]), str(row["unit_code"]), key, int(row[measure]))
        for _, row in seen.iterrows()
        for measure, key in names.items()
        if pd.notna(row[measure])
    }
    assert published == told == set(list_counts(FUNCTIONS["ask_map"](operator, desk).data))
    for key in names.values():
        assert all(v is None for v in page["hamlets"]["columns"][key])


def test_an_officials_map_shows_hamlets_of_their_own_communes_alone(desk, play):
    official = play(Role.EDUCATION)
    hamlets = FUNCTIONS["ask_map"](official, desk).data["hamlets"]["columns"]
    codes = hamlets["commune_code"]
    shown = {
        codes["words"][c]
        for c, count in zip(codes["codes"], hamlets["pupils"], strict=True)
        if count is not None
    }
    assert shown and (not official.communes or shown <= official.communes)


def test_no_file_for_an_operator_tells_of_pupils_by_hamlet(desk, play):
    operator = play(Role.OPERATOR)
    book = FUNCTIONS["ask_workbook"](operator, desk, Operator.VIETTEL, ScenarioName.BASELINE)
    report = FUNCTIONS["write_report"](
        operator, desk, "operator", suffix="xlsx", about="VIETTEL",
        as_of=date(2021, 9, 26), edition="2021",
    )  # fmt: skip
    names = set(read_table(desk.folder, "hamlets")["name"])
    for body in (book, report):
        assert zipfile.is_zipfile(io.BytesIO(body))
        for sheet in pd.read_excel(
            io.BytesIO(body), sheet_name=None, header=None, engine="calamine"
        ).values():
            heads = sheet.map(lambda cell: "ọc sinh" in str(cell))
            for row, column in zip(*heads.to_numpy().nonzero(), strict=True):
                below = sheet.iloc[row + 1 :, column]
                listed = sheet.iloc[row + 1 :].astype("str").isin(names).any(axis=1)
                counts = pd.to_numeric(below[listed], errors="coerce")
                assert counts.isna().all(), sheet.iloc[row].tolist()
