"""One pupil who is to be given something without a plan: what the plan would say of them comes first."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pandas as pd

from phusong.ledger.book import Ledger
from phusong.ledger.faults import LedgerFault
from phusong.persons.vault import Vault
from phusong.pipeline.book_standing import list_served, read_standing
from phusong.pipeline.near_served import add_near_served
from phusong.pipeline.pair_review import list_pair_decisions
from phusong.pipeline.result_files import PERSONAL_FOLDER, TOKENS
from phusong.plans.devices import judge_pupils
from phusong.store import read_table
from phusong.store.decisions import TWO
from phusong.vocabulary.book import Outcome
from phusong.vocabulary.errors import FolderFault
from phusong.vocabulary.tables.results import PUPIL_LINKS, STUDENTS

#: What the policy says of who is given nothing, which a decision with a reason may override.
OUTSIDE = (Outcome.INELIGIBLE, Outcome.UNJUDGED, Outcome.NOT_NEEDED, Outcome.CONNECTION_WAITING)
#: What stands beside the policy of an award that was decided beyond it.
BEYOND = "ngoài đối tượng của chính sách"


def check_single(
    folder: Path,
    ledger: Ledger,
    student_key: str,
    *,
    with_device: bool,
    outside_policy: bool = False,
    province_file: Path | None = None,
) -> Outcome | None:
    """Return what the plan would say of a pupil, None for one in line; refuse one whom it would give nothing.

    Parameters
    ----------
    folder : output folder of a run.
    ledger : the book, which refuses by itself whoever has an award, declines or has left.
    student_key : pseudonym of the pupil.
    with_device : whether a device is to be given; a package alone helps who waits for a connection.
    outside_policy : whether it is decided, with a reason, to give beyond what the policy says.
    province_file : beside which decisions about pairs lie; None: where the run left it.

    Raises
    ------
    LedgerFault
        If the pupil may be another one who comes first, and nobody has decided; or if the policy gives them
        nothing, and nobody has said why all the same.
    """
    students, vault = read_table(folder, STUDENTS.name), Vault(folder / PERSONAL_FOLDER)
    served = list_served(read_standing(ledger, vault.read(TOKENS)).awards, students)
    links = _list_open(folder, province_file)
    links = add_near_served(folder, links, served, province_file)
    group = _find_group(links, student_key)
    mine = students[students["student_key"].isin(group)].reset_index(drop=True)
    standing = read_standing(ledger, vault.read(TOKENS, of=sorted(group)))
    own = links[links["left_key"].isin(group) & links["right_key"].isin(group)]
    described = judge_pupils(mine, standing.awards, links=own, known=standing.known)
    outcome = described.get(student_key)
    if outcome == Outcome.HELD:
        pair = " ".join(sorted(group)[:2])
        cure = f"a person decides first: phusong pairs {folder} --two {pair}, or --one {pair}"
        raise LedgerFault(f"{student_key}: {outcome.en}", cure=cure)
    barred = outcome in OUTSIDE and (with_device or outcome != Outcome.CONNECTION_WAITING)
    if outcome is not None and barred and not outside_policy:
        cure = "if it is given all the same, say so and why: --outside-policy"
        raise LedgerFault(f"{student_key}: {outcome.en}", cure=cure)
    return outcome


def _list_open(folder: Path, province_file: Path | None) -> pd.DataFrame:
    """Return the pairs of pupils who may be one, without those who were decided to be two.

    Where the province file is not at hand, beside which decisions lie, every pair is open.
    """
    links = read_table(folder, PUPIL_LINKS.name)
    if links.empty:
        return links
    with suppress(FolderFault):
        made = list_pair_decisions(folder, province_file)
        two = {(d.left, d.right) for d in made if d.action == TWO}
        pairs = zip(links["left_key"], links["right_key"], strict=True)
        links = links[[pair not in two for pair in pairs]].reset_index(drop=True)
    return links


def _find_group(links: pd.DataFrame, student_key: str) -> set[str]:
    """Return the pupils who may be one with a pupil, directly or through others, the pupil included."""
    group = {student_key}
    while True:
        near = links["left_key"].isin(group) | links["right_key"].isin(group)
        wider = group | set(links.loc[near, "left_key"]) | set(links.loc[near, "right_key"])
        if wider == group:
            return group
        group = wider
