"""Device lots and data packages: taken into store as their registers tell, set aside, bought, written off."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import func, select

from phusong.ledger.acting import Acting
from phusong.ledger.book import Ledger
from phusong.ledger.facts import clean_row, is_told_again, read_latest
from phusong.ledger.faults import LedgerFault
from phusong.ledger.giving import CHANGED, NEW, SAME
from phusong.ledger.money import Amount, add_entry, settle_total
from phusong.ledger.privacy import check_hash
from phusong.ledger.stock import LOT, PACKAGE, count_free, find_stock, move_stock
from phusong.ledger.tables import CONTRIBUTIONS, LOT_SERIALS, LOTS, PACKAGES, STOCK_MOVES
from phusong.ledger.writing import Row, Writing
from phusong.vocabulary.book import ContributionForm

#: Words of the book for why stock moves.
REGISTER, FITNESS = "register", "fitness"
#: What becomes of a row of a register that is not believed.
REFUSED = "refused"
SEPARATOR = "|"


def take_lots(
    ledger: Ledger, rows: Iterable[Mapping[str, Any]], *, acting: Acting, action: str = "register"
) -> list[Row]:
    """Take device lots into store as a register tells them; what it told before changes nothing.

    Parameters
    ----------
    ledger : the book.
    rows : columns of `accepted_lots`, and `bought_from` (a source's code) for devices that were bought
        with the programme's money and are therefore no contribution.
    acting : who, why, when.
    action : a word of `acting.MAY`.

    Returns
    -------
    `lot_id` and `status` (new, changed, same, refused), one a row; a row that a register tells and that is
    refused has a `doubt`, and the others go in.

    Raises
    ------
    LedgerFault
        If a lot that no register tells names a gift of money.
    """
    described = [dict(r) for r in rows]

    def _work(writing: Writing) -> list[Row]:
        known = read_latest(writing.connection, LOTS)
        gifts = read_latest(writing.connection, CONTRIBUTIONS)
        answers = []
        for row in described:
            doubt = _doubt_gift(row, gifts)
            if doubt and action != "register":
                raise LedgerFault(doubt)
            refused = {"lot_id": str(row["lot_id"]), "status": REFUSED, "doubt": doubt}
            answers.append(refused if doubt else _take_lot(writing, row, known))
        return answers

    return list(ledger.run(action, acting, {"lots": described}, _work))


def _doubt_gift(told: Row, gifts: Mapping[str, Row]) -> str:
    """Return why a lot cannot have come from the gift that it names; empty where it can."""
    number = told.get("contribution_id")
    given = gifts.get(number) if number else None
    if told.get("bought_from") or given is None or given["form"] != ContributionForm.MONEY:
        return ""
    return (
        f"lot {told['lot_id']} names {number}, which is a gift of money → correct the number, or buy the lot "
        "with it: phusong ledger buy-lot"
    )


def _take_lot(writing: Writing, told: Row, known: dict[str, Row]) -> Row:
    """Write down one lot, its serials, its stock and its receipt."""
    row, lot_id = clean_row(told, LOTS), str(told["lot_id"])
    before = known.get(lot_id)
    serials = [check_hash(s, "a serial") for s in (told.get("serials") or "").split(SEPARATOR) if s]
    new_serials = _new_serials(writing, lot_id, serials)
    if before and is_told_again(row, before, LOTS) and not new_serials:
        return {"lot_id": lot_id, "status": SAME}
    bought = told.get("bought_from") or (before or {}).get("bought_from")
    kept = {**row, "version": before["version"] + 1 if before else 1, "bought_from": bought}
    rows = {LOTS: [kept], LOT_SERIALS: [{"serial": s, "lot_id": lot_id} for s in new_serials]}
    writing.record("lot", lot_id, rows, before=before)
    known[lot_id] = kept
    more = kept["quantity"] - (before["quantity"] if before else 0)
    dated = row.get("received_on")
    if more < 0:
        _release_unfit(writing, LOT + lot_id, -more, dated=dated)
    move_stock(writing, LOT + lot_id, {"received": more}, reason=REGISTER, dated=dated)
    if not bought:
        _settle_receipt(writing, kept)
    return {"lot_id": lot_id, "status": CHANGED if before else NEW}


def _release_unfit(writing: Writing, item: str, fewer: int, *, dated: str | None) -> None:
    """Bring back what was set aside as unfit, as far as a corrected quantity needs it."""
    lacking = fewer - count_free(find_stock(writing.connection, item))
    released = min(lacking, _count_unfit(writing, item))
    if released > 0:
        move_stock(writing, item, {"set_aside": -released}, reason=FITNESS, dated=dated)


def _count_unfit(writing: Writing, item: str) -> int:
    """Return how many pieces of an item are set aside as unfit [pieces]."""
    sums = select(func.coalesce(func.sum(STOCK_MOVES.c.set_aside), 0)).where(
        STOCK_MOVES.c.item == item, STOCK_MOVES.c.reason == FITNESS
    )
    return int(writing.connection.execute(sums).scalar_one())


def list_missing_lots(ledger: Ledger, told: Collection[str]) -> list[str]:
    """Return the lots of earlier registers that a newer one leaves out; none where it shares none with them.

    Parameters
    ----------
    ledger : the book, before the newer register is taken in.
    told : lots of the newer register.
    """
    with ledger.read() as connection:
        known = read_latest(connection, LOTS)
    registered = {lot_id for lot_id, lot in known.items() if not lot["bought_from"]}
    return sorted(registered - set(told)) if registered & set(told) else []


def _new_serials(writing: Writing, lot_id: str, serials: list[str]) -> list[str]:
    """Return the serials that the book has not seen.

    Raises
    ------
    LedgerFault
        If one of them belongs to another lot, or stands in the lot twice.
    """
    if len(set(serials)) < len(serials):
        raise LedgerFault(f"lot {lot_id} names one device twice", cure="mend its list of serials")
    writing.flush()
    held = dict(
        writing.connection.execute(select(LOT_SERIALS.c.serial, LOT_SERIALS.c.lot_id)).all()
        if serials
        else []
    )
    for serial in serials:
        if held.get(serial, lot_id) != lot_id:
            what = f"lot {lot_id} names a device that is in lot {held[serial]} already"
            raise LedgerFault(what, cure="strike it from the register of one of them")
    return [s for s in serials if s not in held]


def _settle_receipt(writing: Writing, lot: Row) -> None:
    """Bring the receipt of a lot's devices to what its last version says."""
    number = lot.get("contribution_id")
    given = read_latest(writing.connection, CONTRIBUTIONS, [number]).get(number) if number else None
    value = lot.get("unit_value_vnd")
    settle_total(
        writing,
        "receipt",
        Amount(
            pieces=lot["quantity"],
            value_vnd=None if value is None else value * lot["quantity"],
        ),
        form=given["form"] if given else ContributionForm.DEVICES,
        source_code=given["source_code"] if given else f"{ContributionForm.DEVICES}:unstated",
        contribution_id=number,
        item=LOT + lot["lot_id"],
        dated=lot.get("received_on"),
    )


def buy_lot(
    ledger: Ledger,
    told: Mapping[str, Any],
    *,
    form: str,
    source_code: str,
    price_vnd: int,
    acting: Acting,
) -> Row:
    """Buy a lot with the programme's money: the money is set apart and paid, the devices come into store.

    Parameters
    ----------
    ledger : the book.
    told : columns of `accepted_lots`; `received_on` is the day of payment.
    form, source_code : whose money.
    price_vnd : for the whole lot [VND].
    acting : who, why, when.

    Raises
    ------
    LedgerFault
        If the source has less, or the lot is in the book already.
    """
    row = {**told, "bought_from": source_code}
    about = {"form": form, "source_code": source_code, "item": LOT + row["lot_id"]}

    def _work(writing: Writing) -> Row:
        known = read_latest(writing.connection, LOTS)
        if row["lot_id"] in known:
            raise LedgerFault(f"lot {row['lot_id']} is in the book already")
        for stage in ("allocation", "hand_over"):
            dated = row.get("received_on")
            add_entry(
                writing, stage, Amount(vnd=price_vnd), purpose="devices", dated=dated, **about
            )
        return _take_lot(writing, row, known)

    return dict(ledger.run("pay", acting, {"lot": row, "price_vnd": price_vnd, **about}, _work))


def take_packages(
    ledger: Ledger, rows: Iterable[Mapping[str, Any]], *, acting: Acting, action: str = "register"
) -> list[Row]:
    """Take data packages into store as a register tells them; answers as `take_lots` with `package_id`."""
    described = [dict(r) for r in rows]

    def _work(writing: Writing) -> list[Row]:
        known = read_latest(writing.connection, PACKAGES)
        return [_take_package(writing, row, known) for row in described]

    return list(ledger.run(action, acting, {"packages": described}, _work))


def _take_package(writing: Writing, told: Row, known: dict[str, Row]) -> Row:
    """Write down one package and its stock."""
    row, package_id = clean_row(told, PACKAGES), str(told["package_id"])
    before = known.get(package_id)
    if is_told_again(row, before, PACKAGES):
        return {"package_id": package_id, "status": SAME}
    kept = {**row, "version": before["version"] + 1 if before else 1}
    writing.record("package", package_id, {PACKAGES: [kept]}, before=before)
    known[package_id] = kept
    more = kept["quantity"] - (before["quantity"] if before else 0)
    dated = row.get("starts_on")
    move_stock(writing, PACKAGE + package_id, {"received": more}, reason=REGISTER, dated=dated)
    return {"package_id": package_id, "status": CHANGED if before else NEW}


def judge_lots(
    ledger: Ledger, allocable: Mapping[str, int], *, dated: str, acting: Acting
) -> list[str]:
    """Set aside what is not fit to be given, and return the lots whose stock has changed.

    Parameters
    ----------
    ledger : the book.
    allocable : lot → devices that can be given, as table `lot_fitness` says [devices].
    dated : day of the judgement.
    acting : who, why, when.

    Raises
    ------
    OutOfStock
        If more have been given already than are now found fit.
    """

    def _work(writing: Writing) -> list[str]:
        changed = []
        for lot_id, fit in sorted(allocable.items()):
            item = LOT + lot_id
            received = find_stock(writing.connection, item)["received"]
            aside = received - fit - _count_unfit(writing, item)
            if move_stock(writing, item, {"set_aside": aside}, reason=FITNESS, dated=dated):
                changed.append(lot_id)
        return changed

    asked = {"allocable": dict(allocable), "dated": dated}
    return list(ledger.run("store", acting, asked, _work))


def move_aside(
    ledger: Ledger, item: str, pieces: int, *, gone: bool, dated: str, acting: Acting
) -> None:
    """Set pieces aside (below 0: bring them back, mended), or write pieces off that were set aside.

    Parameters
    ----------
    ledger : the book.
    item : ``lot:ID`` or ``package:ID``.
    pieces : how many [pieces].
    gone : write off instead of setting aside.
    dated : day.
    acting : who, why, when.
    """
    moves = {"set_aside": -pieces, "gone": pieces} if gone else {"set_aside": pieces}
    reason = "written off" if gone else "set aside"

    def _work(writing: Writing) -> None:
        find_stock(writing.connection, item)
        move_stock(writing, item, moves, reason=reason, dated=dated)

    ledger.run("store", acting, {"item": item, "dated": dated, **moves}, _work)
