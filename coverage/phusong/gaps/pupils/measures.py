"""What is counted of each pupil: the national survey's figures first, then the programme's own."""

from __future__ import annotations

import pandas as pd

from phusong.vocabulary.pupils import (
    HomeConnection,
    HomeDevice,
    MatchStatus,
    PlacedBy,
    Poverty,
    Reason,
    Tier,
)

#: Reasons of whoever is not counted at all.
OUTSIDE = (Reason.LEVEL_OUTSIDE, Reason.NOT_STUDYING)


def find_counted(students: pd.DataFrame) -> pd.Series:
    """Return who is counted: all but those of other levels and those who do not study.

    Parameters
    ----------
    students : table `students`.
    """
    codes, distinct = pd.factorize(students["reasons"])
    outside = [any(reason in str(text).split("|") for reason in OUTSIDE) for text in distinct]
    return pd.Series(~pd.array(outside, dtype=bool)[codes], index=students.index, dtype=bool)


def find_placed(students: pd.DataFrame) -> pd.Series:
    """Return who feeds a hamlet's total: an address that was found, or a person's decision.

    Parameters
    ----------
    students : table `students`.
    """
    sure = (students["match_status"] == MatchStatus.MATCHED) | (
        students["placed_by"] == PlacedBy.DECISION
    )
    return (sure & students["hamlet_id"].notna()).astype(bool)


def measure_pupils(students: pd.DataFrame) -> pd.DataFrame:
    """Return one column of 0 and 1 for each count of `pupil_counts`.

    pupils_online : some device and some connection at home, adequate or not: who can attend at all.
    without_device_poor, _near_poor, _hardship : parts of without_device that do not overlap; hardship is
    counted of those who are neither poor nor near-poor, as the national survey did.

    Parameters
    ----------
    students : table `students`.
    """
    device, poverty, link = students["device"], students["poverty"], students["connection"]
    none, shared = device == HomeDevice.NONE, device == HomeDevice.SHARED
    listed = poverty.isin([str(Poverty.POOR), str(Poverty.NEAR_POOR)])
    some_device = device.isin([str(HomeDevice.OWN), str(HomeDevice.SHARED)])
    enough, connected = students["device_adequate"], students["connection_adequate"]
    flags = {
        "pupils": pd.Series(data=True, index=students.index),
        "pupils_online": some_device & link.notna() & (link != HomeConnection.NONE),
        "without_device": none,
        "without_device_poor": none & (poverty == Poverty.POOR),
        "without_device_near_poor": none & (poverty == Poverty.NEAR_POOR),
        "without_device_hardship": none & ~listed & students["hardship"],
        "without_own_device": none | shared,
        "device_unknown": device.isna(),
        "without_connection": ~connected,
        "connection_unknown": connected.isna(),
        "with_both": enough & connected,
        "eligible": students["eligible"],
        "eligibility_unknown": students["eligible"].isna(),
        "devices_per_student": students["device_needed"],
        "devices_per_household": students["device_needed_household"],
    }
    flags |= {f"tier_{n}": students["tier"] == tier for n, tier in enumerate(Tier, start=1)}
    counted = {name: flag.fillna(value=False).astype("int64") for name, flag in flags.items()}
    return pd.DataFrame(counted, index=students.index)


#: The names of the counts, in the order of the table.
MEASURES = (
    "pupils",
    "pupils_online",
    "without_device",
    "without_device_poor",
    "without_device_near_poor",
    "without_device_hardship",
    "without_own_device",
    "device_unknown",
    "without_connection",
    "connection_unknown",
    "with_both",
    "eligible",
    "eligibility_unknown",
    "devices_per_student",
    "devices_per_household",
    *(f"tier_{n}" for n, _ in enumerate(Tier, start=1)),
)

#: Which counts lie in which, whatever the policy: a whole, and parts of it that do not overlap. What the
#: parts leave of the whole is a group of pupils too, and is protected like a count of its own.
NESTINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("pupils", ("pupils_online", "without_device", "device_unknown")),
    ("pupils", ("without_own_device", "device_unknown")),
    ("pupils", ("without_connection", "connection_unknown", "with_both")),
    ("pupils", ("eligible", "eligibility_unknown", "with_both")),
    ("pupils", ("device_unknown", "devices_per_student")),
    ("pupils_online", ("with_both",)),
    ("without_own_device", ("without_device",)),
    (
        "without_device",
        ("without_device_poor", "without_device_near_poor", "without_device_hardship"),
    ),
    ("eligible", tuple(name for name in MEASURES if name.startswith("tier_"))),
    ("eligible", ("devices_per_student",)),
    ("devices_per_student", ("devices_per_household",)),
)
