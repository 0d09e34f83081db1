"""Contributions: pledged, received, set apart, paid out and confirmed, each by a command of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from phusong.ledger.acting import Acting
from phusong.ledger.book import Ledger
from phusong.ledger.facts import clean_row, is_told_again, read_latest
from phusong.ledger.faults import LedgerFault
from phusong.ledger.money import (
    IN_KIND_FORMS,
    Amount,
    add_entry,
    list_standing_entries,
    reverse_entry,
    settle_total,
)
from phusong.ledger.privacy import is_donor_pseudonym
from phusong.ledger.tables import CONTRIBUTIONS, ENTRIES, ORGANISATIONS
from phusong.ledger.writing import Row, Writing
from phusong.vocabulary.book import ContributionForm, DonorKind, PaymentMethod, SourceLevel
from phusong.vocabulary.terms import Term

#: Why a contribution is written down and not counted.
NO_QUANTITY, NO_SUM, DUPLICATE = "no_quantity", "no_sum", "duplicate_of:"
NEW, CHANGED, SAME = "new", "changed", "same"
#: Columns whose cells are words of a closed list.
_LISTS: dict[str, type[Term]] = {
    "form": ContributionForm,
    "donor_kind": DonorKind,
    "method": PaymentMethod,
    "source": SourceLevel,
}


def register_organisation(
    ledger: Ledger, organisation: str, *, acting: Acting, role: str = "", kind: str = ""
) -> str:
    """Write down an organisation, its role in the programme and its kind; persons have no place here."""
    told = {"organisation": organisation, "role": role or None, "kind": kind or None}

    def _work(writing: Writing) -> str:
        known = read_latest(writing.connection, ORGANISATIONS, [organisation]).get(organisation)
        if is_told_again(told, known, ORGANISATIONS):
            return SAME
        row = {**told, "version": known["version"] + 1 if known else 1}
        writing.record("organisation", organisation, {ORGANISATIONS: [row]}, before=known)
        return CHANGED if known else NEW

    return str(ledger.run("register", acting, told, _work))


def pledge(ledger: Ledger, told: Mapping[str, Any], *, acting: Acting) -> Row:
    """Write down one contribution, in the columns of the accepted table, and what is pledged of it.

    Parameters
    ----------
    ledger : the book.
    told : columns of `accepted_contributions`, and `source_code` where the source has a code of its own.
    acting : who, why, when.

    Returns
    -------
    `contribution_id`, `status` (new, changed, same), `counted`, `doubt`.
    """
    return dict(take_contributions(ledger, [told], acting=acting, action="pledge")[0])


def take_contributions(
    ledger: Ledger,
    rows: Iterable[Mapping[str, Any]],
    *,
    acting: Acting,
    action: str = "register",
    pseudonym: Callable[[str], str] | None = None,
) -> list[Row]:
    """Write down contributions as a register tells them; what it told before changes nothing.

    Parameters
    ----------
    ledger : the book.
    rows : columns of `accepted_contributions`.
    acting : who, why, when.
    action : a word of `acting.MAY`.
    pseudonym : name of a person who gives → pseudonym; without it such names are left out.

    Returns
    -------
    one answer a row, as `pledge` gives it.
    """
    told = [_without_name(row, pseudonym) for row in rows]

    def _work(writing: Writing) -> list[Row]:
        known = read_latest(writing.connection, CONTRIBUTIONS)
        seen = {_likeness(r): r["contribution_id"] for r in reversed(known.values())}
        return [_take_in(writing, row, known, seen) for row in told]

    return list(ledger.run(action, acting, {"contributions": told}, _work))


def _without_name(row: Mapping[str, Any], pseudonym: Callable[[str], str] | None) -> Row:
    """Return what is told, the name of a person who gives replaced by a pseudonym."""
    told = dict(row)
    donor = told.get("donor")
    if told.get("donor_kind") == DonorKind.PERSON and donor and not is_donor_pseudonym(donor):
        told["donor"] = pseudonym(donor) if pseudonym else None
    return told


def _take_in(
    writing: Writing, told: Row, known: dict[str, Row], seen: dict[tuple[Any, ...], str]
) -> Row:
    """Write down one contribution, judge whether it counts, and bring its entries to what it says."""
    row, number = clean_row(told, CONTRIBUTIONS), str(told["contribution_id"])
    for name, words in _LISTS.items():
        if row.get(name) not in (None, *words):
            cure = f"choose one of: {', '.join(words)}"
            raise LedgerFault(f"{number}: “{row[name]}” is no {name}", cure=cure)
    before = known.get(number)
    code = told.get("source_code") or (before or {}).get("source_code") or _source_code(row)
    if before and before["source_code"] == code and is_told_again(row, before, CONTRIBUTIONS):
        return _answer(before, SAME)
    decided = int(bool(before and before["decided"]))
    doubt = "" if decided and before and before["counted"] else _judge(row, seen)
    kept = {
        **row,
        "version": before["version"] + 1 if before else 1,
        "source_code": code,
        "counted": int(not doubt),
        "doubt": doubt,
        "decided": decided,
    }
    return _keep(writing, kept, before, known, seen)


def _keep(
    writing: Writing,
    kept: Row,
    before: Row | None,
    known: dict[str, Row],
    seen: dict[tuple[Any, ...], str],
) -> Row:
    """Write one version of a contribution and settle its entries."""
    number = kept["contribution_id"]
    writing.record("contribution", number, {CONTRIBUTIONS: [kept]}, before=before)
    known[number] = kept
    seen.setdefault(_likeness(kept), number)
    _settle(writing, kept)
    return _answer(kept, CHANGED if before else NEW)


def _answer(row: Row, status: str) -> Row:
    """Return what is answered about one contribution."""
    told = {n: row[n] for n in ("contribution_id", "counted", "doubt")}
    return {**told, "counted": bool(row["counted"]), "status": status}


def _source_code(row: Row) -> str:
    """Return the code of a source that has none of its own: its form and level of government."""
    return f"{row['form']}:{row.get('source') or 'unstated'}"


def is_in_kind(row: Mapping[str, Any]) -> bool:
    """Return whether a contribution is counted in pieces."""
    if row["form"] == ContributionForm.MONEY:
        return False
    return row["form"] in IN_KIND_FORMS or row.get("method") == PaymentMethod.IN_KIND


def _likeness(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what two entries of the register share that may be one pledge written twice."""
    names = ("donor", "given_on", "form")
    sums = ("quantity",) if is_in_kind(row) else ("pledged_vnd", "received_vnd")
    if not row.get("donor") or not row.get("given_on"):
        return ("alone", row["contribution_id"])
    return tuple(row.get(n) for n in (*names, *sums))


def _judge(row: Row, seen: Mapping[tuple[Any, ...], str]) -> str:
    """Return why a contribution is not counted; empty where it is."""
    if is_in_kind(row) and not row.get("quantity"):
        return NO_QUANTITY
    if not is_in_kind(row) and not row.get("pledged_vnd") and not row.get("received_vnd"):
        return NO_SUM
    first = seen.get(_likeness(row))
    return f"{DUPLICATE}{first}" if first and first != row["contribution_id"] else ""


def _settle(writing: Writing, row: Row) -> None:
    """Bring the entries of a contribution to what its last version says."""
    about = {
        "form": row["form"],
        "source_code": row["source_code"],
        "contribution_id": row["contribution_id"],
        "dated": row.get("given_on"),
    }
    pledged, received = _amounts(row) if row["counted"] else (None, None)
    settle_total(writing, "pledge", pledged, **about)
    if received is not None or not row["counted"]:
        settle_total(writing, "receipt", received, **about)


def _amounts(row: Row) -> tuple[Amount | None, Amount | None]:
    """Return what is pledged and what has been received; None where the register does not say.

    Devices are received by lot, and nowhere else; other things once their value is said to be received.
    """
    if not is_in_kind(row):
        sums = (row.get("pledged_vnd"), row.get("received_vnd"))
        pledged, received = (Amount(vnd=s) if s else None for s in sums)
        return pledged, received
    value = row.get("value_vnd") or row.get("pledged_vnd")
    if value is None and row.get("unit_value_vnd") is not None:
        value = row["unit_value_vnd"] * row["quantity"]
    things = Amount(pieces=row["quantity"], value_vnd=value)
    by_lot = row["form"] == ContributionForm.DEVICES
    return things, things if row.get("received_vnd") and not by_lot else None


def settle_doubt(ledger: Ledger, contribution_id: str, *, counts: bool, acting: Acting) -> Row:
    """Decide whether a contribution in doubt counts; the decision outlasts every later delivery."""

    def _work(writing: Writing) -> Row:
        known = read_latest(writing.connection, CONTRIBUTIONS)
        before = _find(known, contribution_id)
        if counts and _judge(before, {}):
            cure = "deliver the register with its sum or quantity"
            raise LedgerFault(f"{contribution_id} does not say how much it is", cure=cure)
        doubt = "" if counts else before["doubt"] or "left out by decision"
        kept = {**before, "version": before["version"] + 1, "decided": 1}
        return _keep(writing, {**kept, "counted": int(counts), "doubt": doubt}, before, known, {})

    asked = {"contribution_id": contribution_id, "counts": counts}
    return dict(ledger.run("settle doubt", acting, asked, _work))


def receive(
    ledger: Ledger,
    contribution_id: str,
    amount: Amount,
    *,
    dated: str,
    acting: Acting,
    beyond: bool = False,
) -> int:
    """Write down a receipt and return its number.

    Parameters
    ----------
    ledger : the book.
    contribution_id : of the gift.
    amount : what has come.
    dated, acting : day, and who, why, when.
    beyond : whether it is right that more has come than was promised.

    Raises
    ------
    LedgerFault
        If there is no such contribution, it is in doubt, its devices come by lot, or more would have come
        than was promised and nobody said that this is right.
    """

    def _work(writing: Writing) -> int:
        known = _find(
            read_latest(writing.connection, CONTRIBUTIONS, [contribution_id]), contribution_id
        )
        if not known["counted"]:
            cure = f"decide first: phusong ledger decide {contribution_id}"
            raise LedgerFault(f"{contribution_id} is not counted ({known['doubt']})", cure=cure)
        if known["form"] == ContributionForm.DEVICES:
            raise LedgerFault("devices are received by lot", cure="phusong ledger import lots FILE")
        if not beyond:
            _check_promised(writing, contribution_id, amount)
        about = {n: known[n] for n in ("form", "source_code", "contribution_id")}
        return int(add_entry(writing, "receipt", amount, dated=dated, **about)["number"])

    asked: Row = {"contribution_id": contribution_id, "amount": asdict(amount), "dated": dated}
    asked |= {"beyond": True} if beyond else {}
    return int(ledger.run("receive", acting, asked, _work))


def _check_promised(writing: Writing, contribution_id: str, amount: Amount) -> None:
    """Ask about a receipt by which more would have come than was promised."""
    measure = "amount_vnd" if amount.vnd is not None else "pieces"
    sums = {
        stage: sum(
            row[measure] or 0
            for row in list_standing_entries(writing, stage, contribution_id=contribution_id)
        )
        for stage in ("pledge", "receipt")
    }
    come = sums["receipt"] + (amount.columns[measure] or 0)
    if sums["pledge"] and come > sums["pledge"]:
        unit = "VND" if measure == "amount_vnd" else "pieces"
        raise LedgerFault(
            f"{contribution_id}: {come:,} {unit} would have come of {sums['pledge']:,} promised",
            cure="check the sum; if it is right, say so: --beyond-pledge",
        )


def _find(known: Mapping[str, Row], contribution_id: str) -> Row:
    """Return a contribution."""
    if contribution_id not in known:
        raise LedgerFault(f"there is no contribution {contribution_id}")
    return known[contribution_id]


def allocate(
    ledger: Ledger,
    amount: Amount,
    *,
    form: str,
    source_code: str,
    purpose: str,
    dated: str,
    acting: Acting,
) -> int:
    """Set money or things of one source apart for a purpose, and return the entry's number."""
    return _spend(
        ledger, "allocate", "allocation", amount, form, source_code, purpose, dated, acting
    )


def pay(
    ledger: Ledger,
    amount: Amount,
    *,
    form: str,
    source_code: str,
    purpose: str,
    dated: str,
    acting: Acting,
) -> int:
    """Hand over what was set apart, which is then spent, and return the entry's number."""
    return _spend(ledger, "pay", "hand_over", amount, form, source_code, purpose, dated, acting)


def confirm_payment(
    ledger: Ledger,
    amount: Amount,
    *,
    form: str,
    source_code: str,
    purpose: str,
    dated: str,
    acting: Acting,
) -> int:
    """Write down that whoever was to get it has it, and return the entry's number."""
    action = "confirm payment"
    return _spend(ledger, action, "confirmation", amount, form, source_code, purpose, dated, acting)


def _spend(
    ledger: Ledger,
    action: str,
    stage: str,
    amount: Amount,
    form: str,
    source_code: str,
    purpose: str,
    dated: str,
    acting: Acting,
) -> int:
    """Write down an entry out of one source."""
    about = {"form": form, "source_code": source_code, "purpose": purpose, "dated": dated}

    def _work(writing: Writing) -> int:
        return int(add_entry(writing, stage, amount, **about)["number"])

    return int(ledger.run(action, acting, {"amount": asdict(amount), **about}, _work))


def reverse(ledger: Ledger, number: int, *, dated: str, acting: Acting) -> int:
    """Take an entry back by another one that names it, and return the new one's number.

    Raises
    ------
    LedgerFault
        If there is no such entry, it has been reversed, its money has gone further since, or it is a pledge
        of which something has come.
    """

    def _work(writing: Writing) -> int:
        _check_nothing_came(writing, number)
        return int(reverse_entry(writing, number, dated)["number"])

    return int(ledger.run("reverse", acting, {"number": number, "dated": dated}, _work))


def _check_nothing_came(writing: Writing, number: int) -> None:
    """Refuse to take a pledge back of which receipts stand: what has come was promised."""
    asked = select(ENTRIES.c.stage, ENTRIES.c.contribution_id).where(ENTRIES.c.number == number)
    entry = writing.connection.execute(asked).one_or_none()
    if entry is None or entry.stage != "pledge" or not entry.contribution_id:
        return
    gone = select(ENTRIES.c.reverses).where(ENTRIES.c.reverses.is_not(None))
    standing = select(ENTRIES.c.number).where(
        ENTRIES.c.stage == "receipt",
        ENTRIES.c.contribution_id == entry.contribution_id,
        ENTRIES.c.reverses.is_(None),
        ENTRIES.c.number.not_in(gone),
    )
    receipts = list(writing.connection.execute(standing.order_by(ENTRIES.c.number)).scalars())
    if receipts:
        listed = ", ".join(map(str, receipts))
        raise LedgerFault(
            f"entry {number} is the pledge of {entry.contribution_id}, of which receipts stand ({listed})",
            cure="reverse the receipts first, or deliver the register with the right sum",
        )
