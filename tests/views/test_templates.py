"""A form that an office has filled in passes the door as it is, and says what its declaration says."""

import io
import re
import zipfile
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phusong.intake.aliases import known_headings
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.door import check_source
from phusong.intake.headings import match_heading
from phusong.intake.registry import KINDS
from phusong.views.kit import TEMPLATES, render_template
from phusong.views.kit.fields import YES_NO, Field, head_field
from phusong.vocabulary.book import CommitmentState, ContributionForm, DonorKind
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.pupils import HomeConnection, HomeDevice, Poverty
from phusong.vocabulary.terms import HamletKind, NetworkStatus, Operator, Technology

OPEN = [kind for kind in TEMPLATES if kind in KINDS]
#: Columns of the accepted tables that the door makes itself, or that the law bids us not to ask for.
MADE_BY_THE_DOOR = {
    "hamlets": {
        "edition", "location_quality", "clusters", "cluster_names", "cluster_households",
    },
    "cells": {"cell_id", "complete", "samples", "range_m"},
    "fibre_nodes": {"access", "complete"},
    "claims": {"claim_id", "edition", "former_hamlet_id"},
    "schools": {"edition"},
    "hamlet_lineage": {"lineage_id", "from_kind", "to_kind", "from_edition", "to_edition"},
    "students": {
        "record_id", "school_name", "level", "grade", "address", "registered_address", "phone",
        "poverty", "as_of",
    },
    "poverty": {"entry_id", "province", "address", "as_of"},
    "contributions": {"as_of"},
    "lots": {"serials", "as_of"},
    "packages": {"as_of"},
    "commitments": {"as_of", "edition", "former_hamlet_id"},
}  # fmt: skip


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    folder, parameters = tmp_path_factory.mktemp("forms"), load_parameters()

    def _check(kind, rows=None):
        path = folder / TEMPLATES[kind].file
        path.write_bytes(render_template(TEMPLATES[kind], rows))
        return check_source(kind, path, ReadOptions(), parameters)

    return _check


def sheet_xml(kind, part="xl/worksheets/sheet1.xml"):
    with zipfile.ZipFile(io.BytesIO(render_template(TEMPLATES[kind]))) as book:
        return book.read(part).decode()


@pytest.mark.parametrize("kind", OPEN)
def test_the_example_passes_the_door_without_a_word(kind, check):
    checked = check(kind)
    assert checked.diagnosis.status == "accepted"
    assert (checked.diagnosis.rows_in, checked.diagnosis.rows_quarantined) == (1, 0)
    assert not checked.diagnosis.faults, checked.diagnosis.faults


@pytest.mark.parametrize("kind", OPEN)
def test_the_door_knows_every_heading(kind):
    for heading in TEMPLATES[kind].headings:
        found = match_heading(heading.text, kind)
        wanted = {heading.field.name, heading.field.column}
        assert found and found[0] in wanted, f"{heading.text}: {found}"
    assert len({h.text for h in TEMPLATES[kind].headings}) == len(TEMPLATES[kind].fields)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_every_declared_column_is_asked_for_or_left_out_for_a_reason(kind):
    form = TEMPLATES[kind]
    asked = {f.column or f.name for f in form.fields}
    left = {c.name for c in form.table.columns} - asked
    assert left - {"azimuth_deg"} <= MADE_BY_THE_DOOR[kind]
    assert not MADE_BY_THE_DOOR[kind] & asked


WORDS = {
    ("hamlets", "kind"): {k: k.vi for k in HamletKind if k != HamletKind.UNSTATED},
    ("cells", "operator"): {o: o.vi for o in Operator if o != Operator.OTHER},
    ("cells", "technology"): {t: t.vi for t in Technology if t != Technology.FIBRE},
    ("cells", "status"): {s: s.vi for s in NetworkStatus},
    ("fibre_nodes", "status"): {s: s.vi for s in NetworkStatus},
    ("claims", "technology"): {t: t.vi for t in Technology},
    ("students", "device"): {d: d.vi for d in HomeDevice},
    ("students", "connection"): {c: c.vi for c in HomeConnection},
    ("poverty", "poverty"): {Poverty.POOR: "hộ nghèo", Poverty.NEAR_POOR: "hộ cận nghèo"},
    ("contributions", "form"): {f: f.vi for f in ContributionForm},
    ("contributions", "donor_kind"): {d: d.vi for d in DonorKind},
    ("commitments", "state"): {s: s.vi for s in CommitmentState},
}


@pytest.mark.parametrize("place", [p for p in WORDS if p[0] in KINDS], ids="-".join)
def test_every_word_that_a_form_offers_is_read_as_what_it_means(place, check):
    kind, name = place
    form = TEMPLATES[kind]
    offered = next(h for h in form.headings if h.field.name == name).words
    assert list(offered) == list(WORDS[place].values())
    key = form.fields[0].name
    made = {"azimuth": None, "device_sharers": None, "device_kind": None}
    blank = {n: None for n in made if n in form.example}
    rows = [form.example | blank | {name: word, key: f"VIDU-{i}"} for i, word in enumerate(offered)]
    checked = check(kind, rows)
    assert checked.diagnosis.rows_quarantined == 0, checked.diagnosis.faults
    assert checked.accepted[name].tolist() == [str(t) for t in WORDS[place]]


@pytest.mark.parametrize("kind", [k for k in OPEN if any(h.words for h in TEMPLATES[k].headings)])
def test_no_offered_word_is_turned_away(kind, check):
    form = TEMPLATES[kind]
    worded = {h.field.name: h for h in form.headings if h.words}
    longest = max(len(h.words) for h in worded.values())
    rows = [
        form.example | {name: h.words[i % len(h.words)] for name, h in worded.items()}
        for i in range(longest)
    ]
    strange = {"unknown_term", "not_a_flag", "unknown_operator", "not_a_device", "not_a_connection"}
    assert not strange & {fault.rule for fault in check(kind, rows).diagnosis.faults}


def test_codes_keep_their_zeros(check):
    row = TEMPLATES["claims"].example | {"hamlet_id": "0012", "hamlet_name": "007"}
    accepted = check("claims", [row]).accepted
    assert accepted.loc[0, ["hamlet_id", "commune_code", "hamlet_name"]].tolist() == [
        "0012", "08914", "007",
    ]  # fmt: skip


#: Syllables that Vietnamese has: of letters that make none, the door rightly asks in which font they were.
SYLLABLES = [
    "Giếng",
    "Cả",
    "Bầu",
    "Mới",
    "Thượng",
    "Đầm",
    "Lũng",
    "Trưng",
    "Quẽ",
    "Ngõa",
    "Ưng",
    "Ải",
]
names = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4).map(
    lambda told: " ".join(["Đồng", *told])
)
lines = st.lists(
    st.fixed_dictionaries(
        {
            "name": names,
            "kind": st.sampled_from(["thôn", "xóm", "tổ dân phố"]),
            "households": st.none() | st.integers(0, 2_000),
            "lon": st.floats(105.53, 105.60).map(lambda x: round(x, 6)),
            "lat": st.floats(21.46, 21.52).map(lambda x: round(x, 6)),
            "grid_power": st.sampled_from(YES_NO),
        }
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda row: row["name"].casefold(),
)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=lines)
def test_what_a_commune_fills_in_comes_out_unchanged(rows, check):
    told = [row | {"commune_code": "08914"} for row in rows]
    checked = check("hamlets", told)
    assert checked.diagnosis.rows_in == checked.diagnosis.rows_accepted == len(rows)
    out = checked.accepted
    for column in ("kind", "lon", "lat"):
        assert out[column].tolist() == [row[column] for row in rows]
    assert out["grid_power"].tolist() == [row["grid_power"] == "có" for row in rows]
    told = out["households"].astype("object")
    assert told.where(told.notna(), None).tolist() == [row["households"] for row in rows]


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_form_freezes_its_headings_and_offers_its_words(kind):
    form, xml = TEMPLATES[kind], sheet_xml(kind)
    assert 'state="frozen"' in xml and 'ySplit="3"' in xml
    ruled = [h for h in form.headings if h.words or h.holds in ("date", "int", "float")]
    assert xml.count("<dataValidation ") == len(ruled)
    assert xml.count('type="list"') == sum(bool(h.words) for h in form.headings)
    assert "<f>" not in xml
    names = re.findall(r'<sheet name="([^"]+)"', sheet_xml(kind, "xl/workbook.xml"))
    assert names == ["Số liệu", "Hướng dẫn", "Danh mục"]


@pytest.mark.parametrize("kind", TEMPLATES)
def test_every_column_is_explained_and_what_must_be_filled_in_has_an_example(kind):
    form = TEMPLATES[kind]
    assert all(len(f.meaning) > 5 for f in form.fields)
    assert all(f.example not in (None, "") for f in form.fields if f.required)
    asked = sheet_xml(kind, "xl/sharedStrings.xml")
    assert all(f.meaning.split("&")[0] in asked.replace("&amp;", "&") for f in form.fields)


def test_a_form_asked_for_twice_is_the_same_and_numbers_do_not_repeat():
    assert render_template(TEMPLATES["cells"]) == render_template(TEMPLATES["cells"])
    assert sorted(t.number for t in TEMPLATES.values()) == list(range(1, len(TEMPLATES) + 1))


def test_pupils_are_not_asked_for_what_the_programme_does_not_need():
    asked = {f.name for f in TEMPLATES["students"].fields}
    assert not asked & {"ethnicity", "disability_kind", "phone", "phone_1", "phone_2"}


def test_a_field_that_no_table_declares_must_say_what_it_is():
    table = TEMPLATES["hamlets"].table
    with pytest.raises(KeyError, match="declares no column tide"):
        head_field(Field("tide", "…"), table)
    with pytest.raises(KeyError, match="asks for no tide"):
        render_template(TEMPLATES["hamlets"], [{"tide": 3}])


def test_a_day_is_shown_as_it_is_spoken():
    assert TEMPLATES["cells"].example["on_air"] == date(2019, 5, 20)
    assert "20/05/2019" in sheet_xml("cells", "xl/sharedStrings.xml")
    assert known_headings("cells")["ngayphatsong"][0] == "on_air"


def test_the_form_states_which_eirp_is_meant_and_asks_for_width_and_ports():
    headings = {h.field.name: h for h in TEMPLATES["cells"].headings}
    assert "cả sóng mang" in headings["eirp_dbm"].text and "(dBm)" in headings["eirp_dbm"].text
    assert "hoa tiêu" in headings["eirp_dbm"].field.meaning
    assert {"bandwidth_mhz", "ports"} <= set(headings)
