"""Nobody is counted twice, nobody is lost, and another edition moves no total."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gaps_pupils.worlds import EDITION, HAMLETS, SCHOOLS, STATES, students_of

from phusong.gaps.pupils.counts import count_gaps, count_pupils
from phusong.gaps.pupils.measures import MEASURES
from phusong.vocabulary.schema import empty_table
from phusong.vocabulary.tables.findings import GAPS as GAPS_TABLE
from phusong.vocabulary.tables.pupils import PUPIL_COUNTS, STUDENTS

LATER = "2025-07-01"
NOWHERE = {"hamlet_id": None, "commune_code": None, "edition": None, "placed_by": "nothing"}
COMMUNE = {"match_status": "COMMUNE_ONLY", "hamlet_id": None, "placed_by": "nothing"}
MEASURE_LIST = list(MEASURES)


def count(students, editions=(EDITION,)):
    return count_pupils(
        students, SCHOOLS, HAMLETS, editions=list(editions), province=("26", "Vĩnh Phúc")
    )


def figure(counts, unit, code, measure="pupils", *, level="all", edition=EDITION):
    rows = counts[
        (counts["unit"] == unit)
        & (counts["unit_code"] == code)
        & (counts["level"] == level)
        & (counts["edition"] == edition)
    ]
    return int(rows[measure].iloc[0]) if len(rows) else None


def test_where_each_pupil_is_counted():
    counts = count(
        students_of(
            {},
            {"hamlet_id": "K3", "commune_code": "08917", "school_id": "S2"},
            COMMUNE | {"commune_code": "08917"},
            NOWHERE | {"match_status": "EMPTY"},
            NOWHERE | {"match_status": "AMBIGUOUS", "commune_code": "08914", "edition": EDITION},
            {"match_status": "AMBIGUOUS", "placed_by": "decision", "hamlet_id": "K2"},
            {"status": "left"},
            {"level": "MN", "grade": None},
        )
    )
    assert figure(counts, "province", "26") == 6
    assert figure(counts, "district", "248") == figure(counts, "commune", "08914") + 2 == 4
    assert [figure(counts, "hamlet", h) for h in ("K1", "K2", "K3", "K4")] == [1, 1, 1, 0]
    assert figure(counts, "unplaced", "08917") == 1 and figure(counts, "unplaced", "08914") is None
    assert figure(counts, "unplaced", "EMPTY") == figure(counts, "unplaced", "AMBIGUOUS") == 1
    assert figure(counts, "unplaced", "CONFLICT") is None
    assert [figure(counts, "school", s) for s in ("S1", "S2", "S3")] == [5, 1, 0]


def test_names_and_order():
    counts = count(students_of({}, NOWHERE | {"match_status": "EMPTY"}))
    first = counts.drop_duplicates("unit")["unit"].tolist()
    assert first == ["province", "district", "commune", "hamlet", "school", "unplaced"]
    names = counts.drop_duplicates("unit_code").set_index("unit_code")["unit_name"]
    assert names["08914"] == "xã Đạo Trù" and names["248"] == "huyện Tam Đảo"
    assert names["EMPTY"] == "không có địa chỉ" and names["K4"] == "thôn K4"


def test_the_national_surveys_figures_do_not_overlap():
    none = {"device": "none"}
    counts = count(
        students_of(
            none | {"poverty": "poor", "hardships": "orphan_one"},
            none | {"poverty": "near_poor"},
            none | {"hardships": "orphan_one"},
            none,
            {"device": "shared"},
            {"device": None, "connection": None},
            {"connection": "none"},
        )
    )
    told = counts[(counts["unit"] == "province") & (counts["level"] == "all")].iloc[0]
    wanted = {
        "pupils": 7, "pupils_online": 1, "without_device": 4, "without_device_poor": 1,
        "without_device_near_poor": 1, "without_device_hardship": 1, "without_own_device": 5,
        "device_unknown": 1, "without_connection": 1, "connection_unknown": 1, "with_both": 1,
        "eligible": 5, "eligibility_unknown": 1, "devices_per_student": 4,
        "devices_per_household": 4, "tier_1": 0, "tier_2": 1, "tier_3": 0, "tier_4": 1,
        "tier_5": 1, "tier_6": 2,
    }  # fmt: skip
    assert told[MEASURE_LIST].to_dict() == wanted


def test_schools_stand_in_their_commune_and_count_in_every_level_they_teach():
    counts = count(
        students_of({}, {"level": "THCS", "grade": 7, "school_id": "S2"}, {"school_id": "S3"})
    )
    names = ["schools", "schools_without_internet", "schools_internet_unknown"]

    def _schools(unit, code, level):
        return tuple(figure(counts, unit, code, n, level=level) for n in names)

    assert _schools("province", "26", "all") == (3, 1, 1)
    assert _schools("province", "26", "TH") == (3, 1, 1)
    assert _schools("province", "26", "THCS") == (1, 0, 0)
    assert _schools("commune", "08914", "all") == (1, 1, 0)
    assert _schools("district", "248", "all") == (2, 1, 0)
    assert _schools("hamlet", "K1", "all") == (0, 0, 0)


def test_in_2025_the_two_communes_are_one_and_districts_are_gone():
    students = students_of(
        {},
        {"hamlet_id": "K3", "commune_code": "08917"},
        COMMUNE | {"commune_code": "08917"},
    )
    counts = count(students, (EDITION, LATER))
    assert figure(counts, "commune", "08914") == 1
    assert figure(counts, "commune", "08914", edition=LATER) == 3
    assert figure(counts, "commune", "08917", edition=LATER) is None
    later = counts[counts["edition"] == LATER]
    assert not (later["unit"] == "district").any()
    assert figure(counts, "unplaced", "08914", edition=LATER) == 1


def test_a_new_code_that_was_several_old_ones_goes_to_nobody_in_the_old_edition():
    """Đạo Trù of 2025 was Đạo Trù, Yên Dương and others: only a hamlet could tell which."""
    students = students_of(COMMUNE | {"commune_code": "08914", "edition": LATER})
    counts = count(students, (EDITION, LATER))
    assert figure(counts, "unplaced", "COMMUNE_ONLY") == 1
    assert figure(counts, "unplaced", "08914", edition=LATER) == 1
    assert figure(counts, "province", "26") == figure(counts, "province", "26", edition=LATER) == 1


PLACES = {
    "match_status": st.sampled_from(
        ["MATCHED", "AMBIGUOUS", "COMMUNE_ONLY", "OUT_OF_PROVINCE", "EMPTY", "CONFLICT"]
    ),
    "placed_by": st.sampled_from(["address", "decision", "nothing"]),
    "commune_code": st.sampled_from(["08914", "08917", "08911", None]),
    "edition": st.sampled_from([EDITION, LATER]),
    "school_id": st.sampled_from(["S1", "S2", "S3", None]),
}


@given(st.lists(st.fixed_dictionaries(STATES | PLACES), min_size=1, max_size=12))
@settings(max_examples=12, deadline=None)
def test_hamlets_and_unplaced_are_communes_are_province_in_every_edition(changes):
    counts = count(students_of(*changes), (EDITION, LATER))
    wide = counts.set_index(["edition", "unit", "unit_code", "level"])[MEASURE_LIST]
    assert wide.xs(EDITION).xs("province").equals(wide.xs(LATER).xs("province"))
    outcome = counts["unit_code"].str.fullmatch("[A-Z_]+")
    for _, group in counts.groupby(["edition", "level"]):
        nowhere = group["unit_code"].isin(group.loc[outcome, "unit_code"]) & (
            group["unit"] == "unplaced"
        )
        lost = group.loc[nowhere, MEASURE_LIST].sum()
        total = {u: group.loc[group["unit"] == u, MEASURE_LIST].sum() for u in set(group["unit"])}
        assert (total["commune"] + lost).equals(total["province"])
        assert total["school"].equals(total["province"])
        assert (total["hamlet"] + total.get("unplaced", 0)).equals(total["province"])
        if "district" in total:
            assert total["district"].equals(total["commune"])
    levels = (
        counts[counts["level"] != "all"]
        .groupby(["edition", "unit", "unit_code"])[MEASURE_LIST]
        .sum()
    )
    whole = counts[counts["level"] == "all"].set_index(["edition", "unit", "unit_code"])[
        MEASURE_LIST
    ]
    if all(c["level"] or c["grade"] for c in changes):
        rest = whole - levels.reindex(whole.index, fill_value=0)
        assert (rest == 0).all(axis=None)
    assert (counts["eligible"] == counts[[f"tier_{n}" for n in range(1, 7)]].sum(axis=1)).all()
    assert (counts["devices_per_household"] <= counts["devices_per_student"]).all()
    assert (counts["pupils"] >= counts[MEASURE_LIST].max(axis=1)).all()


def test_no_pupils_give_no_lines_rather_than_zeros():
    counts = count(empty_table(STUDENTS), (EDITION, LATER))
    assert counts.empty and list(counts.columns) == PUPIL_COUNTS.names


def test_pupils_who_all_left_give_true_zeros():
    counts = count(students_of({"status": "left"}))
    assert figure(counts, "province", "26") == figure(counts, "hamlet", "K1") == 0


def test_the_table_is_as_declared():
    counts = count(students_of({}))
    assert list(counts.columns) == PUPIL_COUNTS.names


@pytest.fixture
def gaps():
    return empty_table(GAPS_TABLE).reindex(range(2)).assign(hamlet_id=["K1", "K2"])


def test_gaps_tell_true_zeros_where_pupils_were_delivered(gaps):
    told = count_gaps(gaps, students_of({"device": "none"}, {}, {"status": "left"}, COMMUNE))
    names = ["pupils", "pupils_without_device", "pupils_eligible"]
    assert told[names].to_numpy().tolist() == [[2, 1, 1], [0, 0, 0]]
    assert (told[names].dtypes == "Int64").all()


def test_gaps_tell_nothing_where_none_were(gaps):
    told = count_gaps(gaps, empty_table(STUDENTS))
    assert told[["pupils", "pupils_without_device", "pupils_eligible"]].isna().all(axis=None)
