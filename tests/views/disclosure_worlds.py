"""Small provinces of random pupils, as the flow counts them."""

import numpy as np
import pandas as pd
from tests.gaps_pupils.worlds import GAPS, LEARNING, POLICY, SCHOOLS, pupils_of

from phusong.gaps.pupils.counts import count_pupils
from phusong.gaps.pupils.need import judge_need
from phusong.gaps.pupils.ranking import rank_pupils
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.pupils import STUDENTS

EDITION, LATER = "2021-01-01", "2025-07-01"
#: Five communes of two districts; in 2025 Đạo Trù and Yên Dương are one, and so are the two of Lập Thạch.
COMMUNES = ("08914", "08917", "08911", "08764", "08767")
#: Three hamlets in each, of every class.
HAMLETS = pd.DataFrame(
    {
        "hamlet_id": [f"H{n}" for n in range(15)],
        "kind": "thôn",
        "name": [f"H{n}" for n in range(15)],
        "commune_code": [COMMUNES[n // 3] for n in range(15)],
        "edition": EDITION,
        "special_difficulty": pd.array([n % 5 == 0 for n in range(15)], dtype="boolean"),
    }
)
CLASSES = GAPS.iloc[[n % len(GAPS) for n in range(15)]].assign(
    hamlet_id=HAMLETS["hamlet_id"].to_numpy()
)
SCHOOL_LIST = pd.concat(
    [
        SCHOOLS,
        SCHOOLS.head(1).assign(
            school_id="S4", name="Trường THCS Hợp Châu", level="THCS", commune_code="08911"
        ),
    ],
    ignore_index=True,
)


def make_pupils(seed, number):
    """Return so many random pupils: most are plain, as in life, so that many groups are small."""
    rng = np.random.default_rng(seed)

    def pick(words, weights):
        share = np.array(weights, dtype=float) / sum(weights)
        return [None if w == "-" else str(w) for w in rng.choice(words, number, p=share)]

    hamlet = pick([*HAMLETS["hamlet_id"], "-"], [*rng.integers(1, 9, 15), 6])
    home = HAMLETS.set_index("hamlet_id")["commune_code"]
    columns = {
        "device": pick(["own", "shared", "none", "-"], [60, 20, 8, 4]),
        "connection": pick(["fixed", "mobile_4g", "mobile_3g", "none", "-"], [40, 40, 5, 8, 5]),
        "poverty": pick(["poor", "near_poor", "neither", "-"], [6, 6, 80, 8]),
        "hardships": pick(["", "orphan_both", "disability"], [80, 5, 10]),
        "level": pick(["TH", "THCS", "THPT", "-"], [40, 40, 15, 3]),
        "school_id": pick(["S1", "S2", "S3", "S4"], [4, 3, 2, 1]),
        "household_key": pick([f"ho-{n}" for n in range(number)], [1] * number),
    }
    pupils = []
    for n, place in enumerate(hamlet):
        known = rng.random() < 0.7
        commune = home[place] if place else str(rng.choice(COMMUNES))
        status = "MATCHED" if place else "COMMUNE_ONLY" if known else "EMPTY"
        pupils.append(
            {
                "hamlet_id": place,
                "commune_code": commune,
                "match_status": status,
                "placed_by": "address" if place else "nothing",
                "grade": None,
                **{name: values[n] for name, values in columns.items()},
                "hardships": columns["hardships"][n] or "",
            }
        )
    return pupils


def make_students(pupils):
    """Return table `students` of them."""
    judged = judge_need(pupils_of(*pupils), HAMLETS, CLASSES, policy=POLICY, learning=LEARNING)
    ranked = rank_pupils(judged, policy=POLICY)
    dated = ranked.assign(policy=POLICY.name, as_of=pd.Timestamp("2021-09-21"))
    return conform_table(dated[STUDENTS.names], STUDENTS)


def count(pupils):
    """Return the rows of `pupil_counts` that are published: levels of the province and districts alone."""
    counts = count_pupils(
        make_students(pupils),
        SCHOOL_LIST,
        HAMLETS,
        editions=[EDITION, LATER],
        province=("26", "Vĩnh Phúc"),
    )
    large = counts["unit"].isin(["province", "district"])
    return counts[large | (counts["level"] == "all")].reset_index(drop=True)
