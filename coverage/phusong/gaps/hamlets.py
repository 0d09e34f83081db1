"""Class every hamlet by what a pupil can connect with there.

The classes K1–K5 and KU rest on the statuses of fibre, 4G or 5G, and 3G by any operator, and these on the
places where people live, never on fields:

=====  =========  ===========  ===============
class  fibre      4G or 5G     3G
=====  =========  ===========  ===============
K1     FULL       any          any
K2     not FULL   FULL         any
K3     not FULL   PARTIAL      any
K4     not FULL   NONE         FULL or PARTIAL
K5     known not  NONE         NONE
KU     otherwise: 4G unknown; or no 4G and 3G unknown; or nothing on the air and fibre unknown
=====  =========  ===========  ===============

K2 to K4 say what is on the air and stand even where nobody delivered fibre data; K5 says that there is
nothing at all, so all three must be known. A technology of which nobody has said anything is not asked:
where nobody delivered 5G, 4G alone decides.

White and partial gaps are another thing and follow another rule: see `official`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.gaps.causes import name_causes
from phusong.gaps.official import find_official_gaps
from phusong.gaps.ports import assess_ports
from phusong.vocabulary.parameters import Parameters
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.results import HAMLET_CLASSES
from phusong.vocabulary.terms import MOBILE_BROADBAND, GapClass, Status, Technology

GOOD = [str(Status.FULL), str(Status.PARTIAL)]


def class_hamlets(fibre: pd.Series, modern: pd.Series, mobile_3g: pd.Series) -> pd.Series:
    """Return the class of each hamlet from three statuses on one index.

    Parameters
    ----------
    fibre, modern, mobile_3g : FULL, PARTIAL, NONE or UNKNOWN; `modern` is the better of 4G and 5G.
    """
    no_4g = modern == Status.NONE
    nothing = no_4g & (mobile_3g == Status.NONE)
    rules = [
        (fibre == Status.FULL, GapClass.K1),
        (modern == Status.FULL, GapClass.K2),
        (modern == Status.PARTIAL, GapClass.K3),
        (no_4g & mobile_3g.isin(GOOD), GapClass.K4),
        (nothing & (fibre != Status.UNKNOWN), GapClass.K5),
    ]
    classes = np.select([r for r, _ in rules], [str(c) for _, c in rules], str(GapClass.KU))
    return pd.Series(classes, index=fibre.index, dtype="str")


def find_modern(mobile_4g: pd.Series, mobile_5g: pd.Series) -> pd.Series:
    """Return the better status of 4G and 5G; NONE only where both are known to be.

    Parameters
    ----------
    mobile_4g : FULL, PARTIAL, NONE or UNKNOWN.
    mobile_5g : the same, empty where nobody has said anything of 5G, which then is not asked.
    """
    asked = mobile_5g.fillna(mobile_4g)
    unknown = (mobile_4g == Status.UNKNOWN) | (asked == Status.UNKNOWN)
    rules = [(mobile_4g == s) | (asked == s) for s in (Status.FULL, Status.PARTIAL)]
    names = [str(s) for s in (Status.FULL, Status.PARTIAL, Status.UNKNOWN)]
    best = np.select([*rules, unknown], names, str(Status.NONE))
    return pd.Series(best, index=mobile_4g.index, dtype="str")


def find_gaps(
    hamlets: pd.DataFrame,
    reach: pd.DataFrame,
    signal: pd.DataFrame,
    residential: pd.DataFrame,
    *,
    parameters: Parameters,
    as_of: pd.Timestamp,
) -> pd.DataFrame:
    """Return table `hamlet_classes`: one row a hamlet.

    Parameters
    ----------
    hamlets, reach, signal : result tables.
    residential : table `residential_signal`.
    parameters : thresholds; 3G stops counting on the day `count_3g_until`.
    as_of : the day the question is asked.
    """
    index = pd.Index(hamlets["hamlet_id"], name="hamlet_id")
    mobile_4g = _status_of(signal, Technology.G4, index)
    mobile_5g = _of_technology(signal, Technology.G5)["status"].reindex(index)
    mobile_3g = _status_of(signal, Technology.G3, index)
    if as_of >= pd.Timestamp(str(parameters.policy.count_3g_until.value)):
        mobile_3g = pd.Series(str(Status.NONE), index=index)
        signal = signal[signal["technology"] != Technology.G3]
    fibre = best_fibre(reach, index)
    signal_4g = _of_technology(signal, Technology.G4).reindex(index)
    modern = find_modern(mobile_4g, mobile_5g)
    classes = class_hamlets(fibre, modern, mobile_3g)
    switched_off = pd.Series(str(Status.NONE), index=index)
    gaps = pd.DataFrame(
        {
            "class": classes,
            "mobile_3g": mobile_3g,
            "mobile_4g": mobile_4g,
            "mobile_5g": mobile_5g.fillna(str(Status.UNKNOWN)),
            **{f"indoor_{t.lower()}": _indoors(signal, t, index) for t in MOBILE_BROADBAND},
            "fibre": fibre,
            "cause": name_causes(classes, signal_4g, parameters=parameters),
            "probability_4g": signal_4g["probability"],
            "class_without_3g": class_hamlets(fibre, modern, switched_off),
            "disagrees": reach.groupby("hamlet_id")["disagrees"]
            .any()
            .reindex(index, fill_value=False),
            "disc_says_covered": _disc_verdict(signal_4g, parameters),
            "fibre_ports_short": assess_ports(hamlets, reach, classes, fibre=parameters.fibre),
            "as_of": as_of,
        }
    )
    official = find_official_gaps(residential, index, policy=parameters.policy, as_of=as_of)
    return conform_table(gaps.join(official).reset_index(), HAMLET_CLASSES)


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


def _indoors(signal: pd.DataFrame, technology: Technology, index: pd.Index) -> pd.Series:
    """Return the share of a hamlet's houses that a technology serves indoors; empty where nobody knows."""
    return _of_technology(signal, technology)["indoor_share"].reindex(index)


def _disc_verdict(signal_4g: pd.DataFrame, parameters: Parameters) -> pd.Series:
    """Return whether a plain radius would call the hamlet covered by 4G; empty where it cannot say."""
    share = signal_4g["disc_share"]
    verdict = (share >= parameters.policy.number("full_share")).astype("boolean")
    return verdict.mask(share.isna())
