"""Pupils, hamlets and findings small enough to check on squared paper."""

import pandas as pd
from hypothesis import strategies as st

from phusong.gaps.pupils.need import judge_need
from phusong.gaps.pupils.policy import load_policy
from phusong.gaps.pupils.ranking import rank_pupils
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.pupils import Hardship
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.pupils import STUDENTS

POLICY = load_policy("vp242-1")
CIRCULAR = load_policy("tt9-2022")
LEARNING = load_parameters().learning
EDITION = "2021-01-01"

#: One hamlet of each class, and K4, K5 with fibre in part or not known.
CLASSES = {
    "K1": ("K1", "FULL"),
    "K2": ("K2", "NONE"),
    "K3": ("K3", "NONE"),
    "K4": ("K4", "NONE"),
    "K4p": ("K4", "PARTIAL"),
    "K4u": ("K4", "UNKNOWN"),
    "K5": ("K5", "NONE"),
    "K5p": ("K5", "PARTIAL"),
    "KU": ("KU", "UNKNOWN"),
}
GAPS = pd.DataFrame(
    [(name, *told) for name, told in CLASSES.items()], columns=["hamlet_id", "class", "fibre"]
)
#: Hamlet K5 is one of special difficulty; of KU nobody says. All lie in Đạo Trù but K3 (Yên Dương).
HAMLETS = pd.DataFrame(
    {
        "hamlet_id": list(CLASSES),
        "kind": "thôn",
        "name": list(CLASSES),
        "commune_code": ["08917" if n == "K3" else "08914" for n in CLASSES],
        "edition": EDITION,
        "special_difficulty": pd.array(
            [None if n == "KU" else n == "K5" for n in CLASSES], dtype="boolean"
        ),
    }
)
SCHOOLS = pd.DataFrame(
    {
        "school_id": ["S1", "S2", "S3"],
        "name": ["Trường TH Đạo Trù", "Trường TH và THCS Yên Dương", "Trường chưa rõ cấp"],
        "level": ["TH", "TH và THCS", None],
        "commune_code": ["08914", "08917", None],
        "has_internet": pd.array([False, True, None], dtype="boolean"),
    }
)

#: A primary pupil of a family neither poor nor in hardship, with everything, in the best hamlet.
PLAIN = {
    "school_id": "S1",
    "level": "TH",
    "grade": 3,
    "status": "studying",
    "records": 1,
    "identity": "different",
    "household_key": None,
    "household_pupils": 1,
    "match_status": "MATCHED",
    "match_flags": None,
    "placed_by": "address",
    "hamlet_id": "K1",
    "commune_code": "08914",
    "edition": EDITION,
    "boarder": None,
    "poverty": "neither",
    "poverty_verdict": None,
    "poverty_stated": None,
    "hardships": "",
    "device": "own",
    "device_kind": None,
    "device_sharers": None,
    "connection": "mobile_4g",
}
TYPES = {
    "grade": "Int64",
    "records": "Int64",
    "household_pupils": "Int64",
    "device_sharers": "Int64",
    "boarder": "boolean",
}


def pupils_of(*changes):
    """Return pupils who differ from the plain one as told, with keys P0, P1, …."""
    rows = [{"student_key": f"P{n}", **PLAIN, **change} for n, change in enumerate(changes)]
    table = pd.DataFrame(rows)
    rest = {c: "str" for c in table.columns if c not in TYPES}
    return table.astype(TYPES | rest)


def judge(*changes, policy=POLICY, learning=LEARNING):
    """Return the plain pupils, changed as told, judged and ranked."""
    judged = judge_need(pupils_of(*changes), HAMLETS, GAPS, policy=policy, learning=learning)
    return rank_pupils(judged, policy=policy)


def students_of(*changes, policy=POLICY):
    """Return table `students` of the pupils told."""
    ranked = judge(*changes, policy=policy)
    ranked = ranked.assign(policy=policy.name, as_of=pd.Timestamp("2021-09-21"))
    return conform_table(ranked[STUDENTS.names], STUDENTS)


#: Pupils in every state that their records can be in.
STATES = {
    "device": st.sampled_from(["own", "shared", "none", None]),
    "device_sharers": st.sampled_from([None, 1, 2, 3]),
    "connection": st.sampled_from(["fixed", "mobile_4g", "mobile_3g", "unspecified", "none", None]),
    "hamlet_id": st.sampled_from([*GAPS["hamlet_id"], None]),
    "household_key": st.sampled_from(["ho-1", "ho-2", None]),
    "poverty": st.sampled_from(["poor", "near_poor", "neither", None]),
    "hardships": st.lists(st.sampled_from([str(h) for h in Hardship]), max_size=2, unique=True).map(
        "|".join
    ),
    "grade": st.sampled_from([1, 5, 9, 12, None]),
    "level": st.sampled_from(["TH", "THCS", "MN", None]),
    "status": st.sampled_from(["studying", "left", None]),
}
PUPILS = st.lists(st.fixed_dictionaries(STATES), min_size=1, max_size=8)
