"""Deeds about single devices: one in the place of another, and one that is given without a plan."""

from __future__ import annotations

from dataclasses import replace as change
from typing import Any

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.book import act, choose_day, open_book
from phusong.access.desk import Desk
from phusong.access.own_awards import check_own_awards
from phusong.access.own_pupils import find_own_pupil
from phusong.access.principals import Principal
from phusong.access.pupil_index import load_pupil_index
from phusong.ledger import award_steps, awards
from phusong.ledger.acting import Acting
from phusong.ledger.awards import Wish
from phusong.ledger.book import Ledger
from phusong.ledger.faults import LedgerFault
from phusong.ledger.inventory import list_lots
from phusong.ledger.lots import move_aside
from phusong.ledger.stock import LOT
from phusong.persons.vault import Vault
from phusong.pipeline.result_files import PERSONAL_FOLDER, TOKENS
from phusong.pipeline.single_device import BEYOND, OUTSIDE, check_single
from phusong.store import read_table
from phusong.vocabulary.tables.places import COMMUNES
from phusong.vocabulary.terms import Term

#: Column of a lot → the pupil's own that must be among its codes.
EARMARKS = {
    "only_schools": "school_id",
    "only_communes": "commune_code",
    "only_levels": "level",
    "only_district": "district_code",
}


class Fate(Term):
    """Say what became of a device in whose place another is given."""

    UNFIT = "unfit", "hỏng: thu hồi, để riêng", "broken: taken back, set aside"
    FIT = "fit", "còn dùng được: nhập lại kho", "works: back into store"
    LOST = "lost", "bị mất: ghi giảm kho", "lost: written off"


@authorise
def replace_device(
    principal: Principal,
    desk: Desk,
    number: int,
    lot_id: str,
    fate: Fate,
    *,
    why: str,
    key: str,
    record: str = "",
    dated: str = "",
) -> int:
    """Give another device in the place of one: a new award, which another person approves.

    Parameters
    ----------
    principal, desk : who acts, and where.
    number : of the award whose device is replaced.
    lot_id : lot of the other device.
    fate : what became of the first; only who keeps the store writes a lost one off.
    why, key : see `phusong.access.book.act`.
    record : number of the signed record.
    dated : day on the record, ISO; empty: today.

    Returns
    -------
    number of the new award.

    Raises
    ------
    NotAllowed
        If the award is not one's own.
    LedgerFault
        If the donor gives the lot to others alone, or the book refuses.
    """
    mine = check_own_awards(principal, desk, "replace_device", [number])
    book, day = open_book(desk), choose_day(desk, dated)
    index = load_pupil_index(desk.folder)
    (at,) = index.find_keys(mine["student_key"])
    _check_earmarks(book, desk, lot_id, index.pupils.iloc[at] if at >= 0 else None)
    acting = act(principal, desk, why=why, key=key)
    if fate == Fate.LOST:
        acting.check_may("store")
    fit = fate == Fate.FIT
    other = award_steps.replace(
        book, number, lot_id, fit=fit, dated=day, acting=acting, record=record
    )
    if fate == Fate.LOST:
        _write_off(book, str(mine["lot_id"].iloc[0]), day, acting)
    return other


def _write_off(book: Ledger, lot_id: str, day: str, acting: Acting) -> None:
    """Write off the device that was set aside when another took its place."""
    own = change(acting, key=f"{acting.key}-gone" if acting.key else "")
    move_aside(book, LOT + lot_id, 1, gone=True, dated=day, acting=own)


@authorise
def propose_award(
    principal: Principal,
    desk: Desk,
    student: str,
    *,
    lot_id: str = "",
    package_id: str = "",
    outside_policy: bool = False,
    why: str,
    key: str,
    dated: str = "",
) -> int:
    """Propose a device or package for one pupil without a plan, and return the award's number.

    Parameters
    ----------
    principal, desk, why, key : see `replace_device`.
    student : pseudonym of a pupil of one's own communes or schools, whole or as lists show it.
    lot_id, package_id : out of which lot and package; at least one of them.
    outside_policy : whether it is given beyond what the policy says, for the stated reason.
    dated : day of the proposal, ISO; empty: today.

    Raises
    ------
    LedgerFault
        If the pupil may be another one and nobody has decided, or the policy gives them nothing.
    NotAllowed
        If the role sees no awards, or the pupil is not theirs or not there: the answer is the same.
    AlreadyAwarded
        If the pupil has one already.
    """
    pupil = find_own_pupil(principal, desk, "propose_award", student, subject="propose")
    book = open_book(desk)
    if lot_id:
        _check_earmarks(book, desk, lot_id, pupil)
    token_rows = Vault(desk.folder / PERSONAL_FOLDER).read(TOKENS, of=[pupil["student_key"]])
    tokens, key_of = tuple(token_rows["token"]), str(pupil["student_key"])
    stated = check_single(
        desk.folder,
        book,
        key_of,
        with_device=bool(lot_id),
        outside_policy=outside_policy,
        province_file=desk.province_file,
    )
    lots = {"lot_id": lot_id, "package_id": package_id}
    wish = make_wish(pupil, tokens, **lots, beyond=stated in OUTSIDE)
    acting = act(principal, desk, why=why, key=key)
    done = awards.propose(book, [wish], dated=choose_day(desk, dated), acting=acting)
    return int(done["awards"][wish.student_key])


def make_wish(
    pupil: pd.Series[Any],
    tokens: tuple[str, ...],
    *,
    lot_id: str,
    package_id: str,
    beyond: bool = False,
) -> Wish:
    """Return what one pupil is to be given.

    Parameters
    ----------
    pupil : row of table `students`.
    tokens : keyed hashes of the pupil's identities.
    lot_id, package_id : out of which lot and package; empty for none.
    beyond : whether it is beyond what the policy gives, which the award then says.
    """
    named = ("household_key", "tier", "level", "policy")
    known = {n: str(pupil[n]) if n in pupil and pd.notna(pupil[n]) else None for n in named}
    if beyond:
        known["policy"] = " · ".join(filter(None, (known["policy"], BEYOND)))
    return Wish(str(pupil["student_key"]), lot_id or None, package_id or None, tokens, **known)


def _check_earmarks(book: Ledger, desk: Desk, lot_id: str, pupil: pd.Series[Any] | None) -> None:
    """Refuse a lot that its donor gives to other places, schools or levels alone than those of a pupil."""
    lots = list_lots(book)
    mine = lots[lots["lot_id"] == lot_id]
    if mine.empty:
        raise LedgerFault(f"there is no lot {lot_id}", cure="choose one that lies in store")
    own = {} if pupil is None else dict(pupil)
    if pd.notna(mine["only_district"].iloc[0]):
        names = ["commune_code", "district_code"]
        communes = read_table(desk.folder, COMMUNES.name, columns=names)
        homes = communes.drop_duplicates("commune_code").set_index("commune_code")["district_code"]
        own["district_code"] = homes.get(own.get("commune_code"))
    for wish, place in EARMARKS.items():
        codes = mine[wish].iloc[0]
        if pd.notna(codes) and str(own.get(place)) not in codes.split("|"):
            cure = "choose a lot without this wish of its donor"
            raise LedgerFault(f"lot {lot_id} is for {codes} alone, as its donor wishes", cure=cure)
