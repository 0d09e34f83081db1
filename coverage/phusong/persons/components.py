"""Join records that certainly are one pupil, and cut the weakest link where two numbers would meet."""

from __future__ import annotations

import pandas as pd

from phusong.persons.numbers import read_ids, read_text
from phusong.persons.pairs import Decided
from phusong.persons.traits import GONE
from phusong.vocabulary.pupils import Identity


def join_records(
    records: pd.DataFrame, links: pd.DataFrame, settled: Decided | None = None
) -> pd.Series:
    """Return for each record the position of the first record of its pupil.

    What a person has joined is taken first, whatever the numbers say. Certain links follow, the strongest
    first; one that would give a pupil two personal ids, or two codes at one school, or join two who were
    decided to be two, is not taken.

    Parameters
    ----------
    records : accepted_students on 0…n−1, ordered by record_id.
    links : from `link_records`, with what persons have joined; see `pairs.add_joined`.
    settled : what persons have decided; None: nothing.

    Returns
    -------
    on the records' index.
    """
    certain = links[links["verdict"] == str(Identity.CERTAIN)]
    strongest = certain.sort_values(["probability", "left", "right"], ascending=[False, True, True])
    at = pd.Series(records.index, index=records["record_id"])
    settled = settled or Decided()
    claims = _list_claims(records, strongest)
    for record, sides in settled.apart.items():
        if record in at.index and int(at[record]) in claims:
            claims[int(at[record])] |= sides
    groups = _Groups(claims)
    for left, right in settled.joined:
        groups.unite(int(at[left]), int(at[right]))
    for left, right in zip(at.loc[strongest["left"]], at.loc[strongest["right"]], strict=True):
        groups.join(int(left), int(right))
    return pd.Series([groups.find(n) for n in range(len(records))], index=records.index)


def _list_claims(records: pd.DataFrame, links: pd.DataFrame) -> dict[int, dict[str, str]]:
    """Return what linked records claim: a personal id, and a code at each school that still lists them."""
    linked = records[records["record_id"].isin([*links["left"], *links["right"]])]
    ids, codes = read_ids(linked["personal_id"]), read_text(linked["student_code"])
    schools = read_text(linked["school_id"]).mask(linked["status"].isin(GONE), "")
    claims: dict[int, dict[str, str]] = {}
    for at, number, code, school in zip(linked.index, ids, codes, schools, strict=True):
        stated = {"": number} if number else {}
        claims[int(at)] = stated | ({school: code} if school and code else {})
    return claims


class _Groups:
    """Join records into groups in which no two claims contradict each other."""

    def __init__(self, claims: dict[int, dict[str, str]]) -> None:
        self._claims = claims
        self._parent: dict[int, int] = {}

    def find(self, record: int) -> int:
        """Return the first record of a record's group."""
        root = record
        while (above := self._parent.get(root, root)) != root:
            root = above
        while record != root:
            self._parent[record], record = root, self._parent[record]
        return root

    def unite(self, left: int, right: int) -> None:
        """Join the groups of two records, since a person has said so; the claims of the first one stand."""
        first, second = sorted((self.find(left), self.find(right)))
        if first != second:
            self._parent[second] = first
            self._claims[first] = self._claims[second] | self._claims[first]

    def join(self, left: int, right: int) -> None:
        """Join the groups of two records, unless their claims contradict each other."""
        first, second = sorted((self.find(left), self.find(right)))
        if first == second:
            return
        ours, theirs = self._claims[first], self._claims[second]
        if all(theirs.get(where, claim) == claim for where, claim in ours.items()):
            self._parent[second] = first
            self._claims[first] = ours | theirs
