"""Judge each pupil's need: what they lack, whether the policy helps them, and why.

Everything is three-valued. A pupil known to lack a device is eligible whatever is known of the connection;
one of whom nothing is known is neither eligible nor ineligible, and the reasons say what to ask.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.gaps.pupils.conditions import hold_condition, place_tiers
from phusong.gaps.pupils.connections import judge_connections
from phusong.gaps.pupils.devices import judge_devices
from phusong.gaps.pupils.facts import gather_facts, settle_poverty
from phusong.gaps.pupils.policy import NeedPolicy
from phusong.vocabulary.parameters import Learning
from phusong.vocabulary.pupils import HomeDevice, Identity, Level, Reason

#: The grade with which each level ends.
LAST_GRADE = {Level.TH: 5, Level.THCS: 9, Level.THPT: 12}


def judge_need(
    pupils: pd.DataFrame,
    hamlets: pd.DataFrame,
    gaps: pd.DataFrame,
    *,
    policy: NeedPolicy,
    learning: Learning,
) -> pd.DataFrame:
    """Return the pupils with what they lack and whether the policy helps them.

    Parameters
    ----------
    pupils : one row a pupil, merged, with household and poverty.
    hamlets, gaps : result tables; a pupil's hamlet is looked up in both.
    policy : whom it serves.
    learning : what a live lesson asks of a connection.

    Returns
    -------
    The pupils, `level` filled in from the grade and `poverty` as far as it is proven, with hamlet_class,
    device_adequate, connection_adequate, eligible, reasons (words of `Reason` by `|`), tier, hardship; and
    for ranking device_suits, home_learners, home_devices, home_short.
    """
    judged = pupils.assign(level=fill_levels(pupils))
    place = judged["hamlet_id"]
    hamlet_class, fibre = _look_up(gaps, "class", place), _look_up(gaps, "fibre", place)
    special = _look_up(hamlets, "special_difficulty", place).astype("boolean")
    scope = _find_scope(judged, policy)
    devices = judge_devices(judged, scope["inside"], policy=policy)
    links = judge_connections(
        judged["connection"], hamlet_class, fibre, policy=policy, learning=learning
    )
    lacking = pd.DataFrame(
        {"device": ~devices["device_adequate"], "connection": ~links["adequate"]}
    )
    poverty = settle_poverty(judged, policy=policy)
    facts = gather_facts(judged, poverty["poverty"], special, lacking)
    place_no = place_tiers(facts, policy.tier, policy.condition)
    served = pd.Series(place_no >= 0, index=judged.index, dtype="boolean")
    eligible = scope["inside"] & served & _lack_any(lacking, policy)
    reasons = _give_reasons(judged, scope, served, devices, links, poverty, eligible, policy)
    names = np.array([*(str(t.tier) for t in policy.tier), ""], dtype=object)
    tier = pd.Series(names[place_no], index=judged.index, dtype="str")
    return judged.assign(
        hamlet_class=hamlet_class,
        poverty=poverty["poverty"],
        hardship=_mark_hardship(judged, facts, policy),
        **devices,
        connection_adequate=links["adequate"],
        eligible=eligible,
        reasons=reasons,
        tier=tier.where(eligible.fillna(value=False).astype(bool)),
    )


def fill_levels(pupils: pd.DataFrame) -> pd.Series:
    """Return each pupil's level; where it is not stated, the one that their grade belongs to."""
    ends = [0, *LAST_GRADE.values()]
    graded = pd.cut(
        pupils["grade"].astype("float64"), bins=ends, labels=[str(level) for level in LAST_GRADE]
    )
    return pupils["level"].astype("str").fillna(graded.astype("str"))


def _look_up(table: pd.DataFrame, column: str, hamlet_id: pd.Series) -> pd.Series:
    """Return a hamlet's value for each pupil, empty for pupils without a hamlet."""
    return hamlet_id.map(table.set_index("hamlet_id")[column])


def _find_scope(pupils: pd.DataFrame, policy: NeedPolicy) -> pd.DataFrame:
    """Return whether level and enrolment lie inside the policy; empty where they are not stated."""
    level = pupils["level"].isin([str(n) for n in policy.levels]).astype("boolean")
    status = pupils["status"].isin([str(s) for s in policy.studying]).astype("boolean")
    level = level.mask(pupils["level"].isna())
    silent = pupils["status"].isna()
    status = status.mask(silent, other=True if policy.unknown.status == "studying" else pd.NA)
    return pd.DataFrame({"level": level, "status": status, "inside": level & status})


def _lack_any(lacking: pd.DataFrame, policy: NeedPolicy) -> pd.Series:
    """Return whether any need of the policy is unmet; unknown where none is known to be and one may."""
    unmet = lacking[policy.needs[0]]
    for need in policy.needs[1:]:
        unmet = unmet | lacking[need]
    return unmet


def _mark_hardship(pupils: pd.DataFrame, facts: pd.DataFrame, policy: NeedPolicy) -> pd.Series:
    """Return who is in other hardship; empty where the record says nothing of hardships."""
    held = hold_condition(policy.hardship, facts, policy.condition)
    mark = pd.Series(held, index=pupils.index, dtype="boolean")
    return mark.mask(pupils["hardships"].isna())


def _give_reasons(
    pupils: pd.DataFrame,
    scope: pd.DataFrame,
    served: pd.Series,
    devices: pd.DataFrame,
    links: pd.DataFrame,
    poverty: pd.DataFrame,
    eligible: pd.Series,
    policy: NeedPolicy,
) -> pd.Series:
    """Return the reasons of each pupil, in the order of the closed list, separated by `|`.

    Whoever is outside the policy is told that and nothing of devices.
    """
    inside = _is(scope["inside"], value=True) | scope["inside"].isna().to_numpy()
    lacks = _is(devices["device_adequate"], value=False)
    unsuited = lacks & _is(devices["device_suits"], value=False)
    none = (pupils["device"] == HomeDevice.NONE).to_numpy(dtype=bool)
    holds = {
        Reason.NO_DEVICE: none,
        Reason.UNSUITABLE_DEVICE: unsuited & ~none,
        Reason.SHARED_DEVICE: lacks & ~none & ~unsuited,
        Reason.DEVICE_UNKNOWN: devices["device_adequate"].isna().to_numpy(),
        Reason.EQUIPPED: _is(eligible, value=False) & served.to_numpy(dtype=bool),
        Reason.NOT_BENEFICIARY: ~served.to_numpy(dtype=bool),
        Reason.POVERTY_PROBABLE: poverty["poverty_probable"].to_numpy(dtype=bool),
        Reason.IDENTITY_PROBABLE: (pupils["identity"] == Identity.PROBABLE).to_numpy(dtype=bool),
    }
    if "connection" in policy.needs:
        holds |= {Reason.of(n): links[n].to_numpy() for n in links.columns if n != "adequate"}
    holds = {reason: mask & inside for reason, mask in holds.items()}
    holds |= {
        Reason.LEVEL_OUTSIDE: _is(scope["level"], value=False),
        Reason.NOT_STUDYING: _is(scope["status"], value=False),
        Reason.LEVEL_UNKNOWN: scope["level"].isna().to_numpy(),
        Reason.STATUS_UNKNOWN: scope["status"].isna().to_numpy(),
    }
    return pd.Series(_join_reasons(holds), index=pupils.index, dtype="str")


def _is(answer: pd.Series, *, value: bool) -> np.ndarray:
    """Return where a three-valued answer is known to be the value."""
    return (answer == value).fillna(value=False).to_numpy(dtype=bool)


def _join_reasons(holds: dict[Reason, np.ndarray]) -> np.ndarray:
    """Return the words whose masks hold, joined row by row; each combination is written once."""
    order = [reason for reason in Reason if reason in holds]
    bits = sum(holds[reason].astype(np.int64) << i for i, reason in enumerate(order))
    seen, codes = np.unique(bits, return_inverse=True)
    written = ["|".join(r for i, r in enumerate(order) if mask >> i & 1) for mask in seen.tolist()]
    return np.array(written, dtype=object)[codes]
