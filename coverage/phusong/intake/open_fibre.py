"""Unfold what the Open Fibre Data Standard nests within a feature: providers, types, ends, the network.

Only what the accepted tables hold is taken out (Open Fibre Data Standard 0.3, GeoJSON publication format).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.reading import RawTable

PROVIDERS, NETWORK, ACCESS = "networkProviders", "network", "accessPoint"
ENDS = ("start", "end")
#: What a network package calls the things of a source kind, and where their shapes stand.
PARTS = {"fibre_nodes": ("nodes", "location"), "fibre_routes": ("spans", "route")}
#: Columns of lists of words, which stand as words.
LISTS = ("type", "deployment", "transmissionMedium")
#: When a network was recorded, and else when it was published.
DATES = ("collectionDate", "publicationDate")
#: What the unfolded columns are called, as the headings of a plain table would be.
OPERATOR, AS_OF = "operator", "as_of"
#: What else is read of what is nested: whether users may be connected, where a route ends, its date.
NESTED = {ACCESS: "access", **dict.fromkeys(ENDS, "geometry"), NETWORK: "as_of"}


def list_package(whole: Any, kind: str) -> list[dict[str, Any]] | None:
    """Return what a network package of the standard holds, as its GeoJSON form would; None for other JSON.

    Parameters
    ----------
    whole : a file of JSON.
    kind : source kind: nodes or spans are taken out of it.
    """
    networks = whole.get("networks") if isinstance(whole, dict) else None
    if kind not in PARTS or not isinstance(networks, list):
        return None
    return [
        feature
        for network in networks
        if isinstance(network, dict)
        for feature in _list_parts(network, *PARTS[kind])
    ]


def _list_parts(network: dict[str, Any], part: str, place: str) -> list[dict[str, Any]]:
    """Return the nodes or spans of a network as features, each with its network and its ends."""
    about = {name: value for name, value in network.items() if not isinstance(value, list)}
    nodes = network.get("nodes")
    known = (
        {n.get("id"): n for n in nodes if isinstance(n, dict)} if isinstance(nodes, list) else {}
    )
    features = []
    for thing in network.get(part) or []:
        row = dict(thing) if isinstance(thing, dict) else {}
        shape = row.pop(place, None)
        ends = {end: known.get(row[end], row[end]) for end in ENDS if isinstance(row.get(end), str)}
        properties = {**row, **ends, NETWORK: about}
        features.append({"type": "Feature", "properties": properties, "geometry": shape})
    return features


def unfold_features(raw: RawTable, findings: Findings) -> RawTable:
    """Return a layer with its nested providers, types and date as columns of their own.

    A network that several providers share stands under the first of them, and is warned of. A layer that is
    not of the standard comes back as it is.

    Parameters
    ----------
    raw : the layer.
    findings : notebook of this reading.
    """
    frame = raw.frame
    if PROVIDERS in frame and OPERATOR not in frame:
        names = frame[PROVIDERS].map(_list_names)
        several = names.map(len) > 1
        shown = names[several].map("; ".join)
        findings.nested[PROVIDERS] = OPERATOR
        findings.warn("several_operators", PROVIDERS, shown.index, shown)
        frame = frame.assign(**{OPERATOR: _as_text(names.map(lambda n: n[0] if n else ""))})
    for column in LISTS:
        if column in frame:
            frame = frame.assign(**{column: _as_text(frame[column].map(_spell_list))})
    findings.nested |= {h: name for h, name in NESTED.items() if h in frame}
    if NETWORK in frame and AS_OF not in frame:
        frame = frame.assign(**{AS_OF: _as_text(_look_up(frame[NETWORK], _tell_date))})
    return replace(raw, frame=frame)


def read_access(raw: RawTable) -> pd.Series:
    """Return whether each node says that users may be connected there; missing where it says nothing."""
    if ACCESS not in raw.frame:
        return pd.Series(None, index=raw.frame.index, dtype="object")
    return raw.frame[ACCESS].str.lower().map({"true": True, "false": False}).astype("object")


def has_ends(raw: RawTable) -> bool:
    """Return whether a layer says between which nodes its routes run."""
    return any(end in raw.frame for end in ENDS)


def read_end(raw: RawTable, end: str) -> pd.DataFrame:
    """Return the node that an end of each route names, and where that is said to stand.

    Parameters
    ----------
    raw : a layer of routes.
    end : ``start`` or ``end``.

    Returns
    -------
    id, lon, lat [°] on the index of the rows; empty or NaN where nothing is said.
    """
    cells = raw.frame.get(end, pd.Series("", index=raw.frame.index))
    rows = [_tell_end(_load(text)) for text in cells]
    return pd.DataFrame(rows, columns=["id", "lon", "lat"], index=cells.index)


def read_accuracy(raw: RawTable) -> pd.Series:
    """Return how far from the truth each feature's network says its coordinates may be [m], else 0."""
    if NETWORK not in raw.frame:
        return pd.Series(0.0, index=raw.frame.index)
    return _look_up(raw.frame[NETWORK], _tell_accuracy).astype("float64")


def _look_up(cells: pd.Series, tell: Callable[[Any], Any]) -> pd.Series:
    """Return what each cell tells, working out each different cell once."""
    described = {text: tell(_load(text)) for text in cells.unique()}
    return cells.map(described)


def _as_text(cells: pd.Series) -> pd.Series:
    return cells.astype("str")


def _load(text: str) -> Any:
    """Return JSON text as data; None where it is none."""
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return None


def _list_names(text: str) -> list[str]:
    """Return the names in a list of organisations, each once."""
    found = _load(text)
    organisations = [o for o in found if isinstance(o, dict)] if isinstance(found, list) else []
    return list(dict.fromkeys(str(o["name"]) for o in organisations if o.get("name")))


def _spell_list(text: str) -> str:
    """Return a list of words as words; anything else as it is."""
    found = _load(text)
    return ", ".join(str(word) for word in found) if isinstance(found, list) else text


def _tell_date(network: Any) -> str:
    """Return the date of a network's data."""
    if not isinstance(network, dict):
        return ""
    return next((str(network[name]) for name in DATES if network.get(name)), "")


def _tell_accuracy(network: Any) -> float:
    """Return the accuracy that a network states [m]."""
    stated = network.get("accuracy") if isinstance(network, dict) else None
    return float(stated) if isinstance(stated, int | float) else 0.0


def _tell_end(node: Any) -> tuple[str, float, float]:
    """Return id, longitude and latitude of a node that an end names."""
    if not isinstance(node, dict):
        return "", np.nan, np.nan
    location = node.get("location")
    spot: Any = location.get("coordinates") if isinstance(location, dict) else None
    try:
        lon, lat = (float(number) for number in spot[:2])  # some publish the numbers as text
    except (TypeError, ValueError):
        lon, lat = np.nan, np.nan
    return str(node.get("id") or ""), lon, lat
