"""Class every hamlet by what a pupil can connect with there.

The classes K1–K5 and KU rest on the statuses of fibre, 4G and 3G by any operator:

=====  =========  ===========  ===============
class  fibre      4G           3G
=====  =========  ===========  ===============
K1     FULL       any          any
K2     not FULL   FULL         any
K3     not FULL   PARTIAL      any
K4     not FULL   NONE         FULL or PARTIAL
K5     known not  NONE         NONE
KU     otherwise: 4G unknown; or no 4G and 3G unknown; or nothing on the air and fibre unknown
=====  =========  ===========  ===============

K2 to K4 say what is on the air and stand even where nobody delivered fibre data; K5 says that there is
nothing at all, so all three must be known.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.gaps.causes import name_causes
from phusong.gaps.ports import assess_ports
from phusong.vocabulary.parameters import Parameters
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.results import HAMLET_CLASSES
from phusong.vocabulary.terms import GapClass, MobileGap, Status, Technology

GOOD = [str(Status.FULL), str(Status.PARTIAL)]


def class_hamlets(fibre: pd.Series, mobile_4g: pd.Series, mobile_3g: pd.Series) -> pd.Series:
    """Return the class of each hamlet from three statuses on one index.

    Parameters
    ----------
    fibre, mobile_4g, mobile_3g : FULL, PARTIAL, NONE or UNKNOWN.
    """
    no_4g = mobile_4g == Status.NONE
    nothing = no_4g & (mobile_3g == Status.NONE)
    rules = [
        (fibre == Status.FULL, GapClass.K1),
        (mobile_4g == Status.FULL, GapClass.K2),
        (mobile_4g == Status.PARTIAL, GapClass.K3),
        (no_4g & mobile_3g.isin(GOOD), GapClass.K4),
        (nothing & (fibre != Status.UNKNOWN), GapClass.K5),
    ]
    classes = np.select([r for r, _ in rules], [str(c) for _, c in rules], str(GapClass.KU))
    return pd.Series(classes, index=fibre.index, dtype="str")


def name_mobile_gap(mobile_4g: pd.Series, mobile_3g: pd.Series) -> pd.Series:
    """Return white gap, partial gap, none or unknown.

    White (trắng sóng): neither 3G nor 4G anywhere people live. Partial (lõm sóng): some of them have
    signal and some have not. A hamlet wholly served by either technology has no mobile gap.
    """
    full = (mobile_4g == Status.FULL) | (mobile_3g == Status.FULL)
    some = mobile_4g.isin(GOOD) | mobile_3g.isin(GOOD)
    dark = (mobile_4g == Status.NONE) & (mobile_3g == Status.NONE)
    gap = np.select(
        [full, some, dark],
        [str(MobileGap.NONE), str(MobileGap.PARTIAL), str(MobileGap.WHITE)],
        str(MobileGap.UNKNOWN),
    )
    return pd.Series(gap, index=mobile_4g.index, dtype="str")


def find_gaps(
    hamlets: pd.DataFrame,
    reach: pd.DataFrame,
    signal: pd.DataFrame,
    *,
    parameters: Parameters,
    as_of: pd.Timestamp,
) -> pd.DataFrame:
    """Return table `hamlet_classes`: one row a hamlet.

    Parameters
    ----------
    hamlets, reach, signal : result tables.
    parameters : thresholds; 3G stops counting on the day `count_3g_until`.
    as_of : the day the question is asked.
    """
    index = pd.Index(hamlets["hamlet_id"], name="hamlet_id")
    mobile_4g = _status_of(signal, Technology.G4, index)
    mobile_3g = _status_of(signal, Technology.G3, index)
    if as_of >= pd.Timestamp(str(parameters.policy.count_3g_until.value)):
        mobile_3g = pd.Series(str(Status.NONE), index=index)
    fibre = best_fibre(reach, index)
    signal_4g = _of_technology(signal, Technology.G4).reindex(index)
    classes = class_hamlets(fibre, mobile_4g, mobile_3g)
    switched_off = pd.Series(str(Status.NONE), index=index)
    gaps = pd.DataFrame(
        {
            "class": classes,
            "mobile_3g": mobile_3g,
            "mobile_4g": mobile_4g,
            "fibre": fibre,
            "mobile_gap": name_mobile_gap(mobile_4g, mobile_3g),
            "cause": name_causes(classes, signal_4g, parameters=parameters),
            "probability_4g": signal_4g["probability"],
            "class_without_3g": class_hamlets(fibre, mobile_4g, switched_off),
            "disagrees": reach.groupby("hamlet_id")["disagrees"]
            .any()
            .reindex(index, fill_value=False),
            "disc_says_covered": _disc_verdict(signal_4g, parameters),
            "fibre_ports_short": assess_ports(hamlets, reach, classes, fibre=parameters.fibre),
            "as_of": as_of,
        }
    )
    return conform_table(gaps.reset_index(), HAMLET_CLASSES)


def best_fibre(reach: pd.DataFrame, index: pd.Index) -> pd.Series:
    """Return the best fibre status of any operator; UNKNOWN where nobody has spoken.

    One operator's silence does not spoil another's plain no: fibre, unlike a radio signal, comes only
    from whoever has built to the hamlet, and lists name what is built.
    """
    order = [str(s) for s in (Status.UNKNOWN, Status.NONE, Status.PARTIAL, Status.FULL)]
    rows = reach[reach["technology"] == Technology.FIBRE]
    rank = rows["status"].map({name: i for i, name in enumerate(order)}).astype(float)
    best = rank.groupby(rows["hamlet_id"]).max().reindex(index, fill_value=0)
    return best.map(dict(enumerate(order))).astype("str")


def _of_technology(signal: pd.DataFrame, technology: Technology) -> pd.DataFrame:
    return signal[signal["technology"] == technology].set_index("hamlet_id")


def _status_of(signal: pd.DataFrame, technology: Technology, index: pd.Index) -> pd.Series:
    """Return the status of a technology by any operator; UNKNOWN where it was never asked."""
    status = _of_technology(signal, technology)["status"]
    return status.reindex(index).fillna(str(Status.UNKNOWN)).astype("str")


def _disc_verdict(signal_4g: pd.DataFrame, parameters: Parameters) -> pd.Series:
    """Return whether a plain radius would call the hamlet covered by 4G; empty where it cannot say."""
    share = signal_4g["disc_share"]
    verdict = (share >= parameters.policy.number("full_share")).astype("boolean")
    return verdict.mask(share.isna())
