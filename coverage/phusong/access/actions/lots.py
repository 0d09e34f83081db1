"""Deeds about devices that come in: a lot that is given, a lot that is bought; what is unfit is set aside."""

from __future__ import annotations

from dataclasses import dataclass, replace

from phusong.access.authorisation import authorise
from phusong.access.book import act, name_day, open_book
from phusong.access.desk import Desk, read_run_parameters
from phusong.access.principals import Principal
from phusong.intake.specifications import parse_specification
from phusong.ledger import lots
from phusong.ledger.acting import Acting
from phusong.ledger.book import Ledger
from phusong.ledger.facts import clean_row, is_told_again, read_latest
from phusong.ledger.faults import LedgerFault
from phusong.ledger.inventory import list_lots
from phusong.ledger.tables import CONTRIBUTIONS, LOTS
from phusong.ledger.writing import Row
from phusong.plans.devices import judge_lots
from phusong.vocabulary.book import ContributionForm, LotCondition
from phusong.vocabulary.parameters import Devices
from phusong.vocabulary.pupils import DeviceKind


@dataclass(frozen=True)
class NewLot:
    """Say what has come.

    Parameters
    ----------
    lot_id : number that it gets.
    kind : a word of `DeviceKind`.
    quantity : how many [devices].
    specification : what each of them has, as a register's cell says it: `3GB/32GB, 10 inch, SIM 4G`.
    model : maker and model.
    condition : a word of `LotCondition`; empty where nobody says.
    unit_value_vnd : what one of them is worth [VND].
    kept_at : where they are kept.
    contribution_id : of whose gift they are; empty where no gift is known.
    """

    lot_id: str
    kind: str
    quantity: int
    specification: str = ""
    model: str = ""
    condition: str = ""
    unit_value_vnd: int | None = None
    kept_at: str = ""
    contribution_id: str = ""

    def write_row(self, day: str) -> Row:
        """Return the lot in the columns of `accepted_lots`.

        Parameters
        ----------
        day : on which it came.

        Raises
        ------
        LedgerFault
            If it has no number, kind or quantity, or its specification says nothing that can be read.
        """
        self._check()
        told = parse_specification(self.specification)
        if self.specification.strip() and told.is_empty:
            cure = "write it as in a register: 3GB/32GB, 10 inch, camera, SIM 4G, pin 5000mAh"
            raise LedgerFault(f"“{self.specification}” says nothing of a device", cure=cure)
        parts = {n: v for n, v in vars(told).items() if n != "twice" and v is not None}
        row = {n: v for n, v in vars(self).items() if n != "specification" and v}
        row |= {n: int(v) if isinstance(v, bool) else v for n, v in parts.items()}
        return {**row, "lot_id": self.lot_id.strip(), "received_on": day, "as_of": day}

    def _check(self) -> None:
        """Refuse what no lot can be."""
        if not self.lot_id.strip() or self.quantity < 1:
            raise LedgerFault("a lot needs its number and how many devices it has")
        if self.kind not in list(DeviceKind):
            raise LedgerFault(
                f"“{self.kind}” is no kind of device", cure=f"choose: {', '.join(DeviceKind)}"
            )
        if self.condition and self.condition not in list(LotCondition):
            raise LedgerFault(
                f"“{self.condition}” is no condition", cure=f"choose: {', '.join(LotCondition)}"
            )


@dataclass(frozen=True)
class Price:
    """Say what a lot costs and who pays.

    Parameters
    ----------
    form, source_code : whose money.
    vnd : for the whole lot [VND].
    """

    form: str
    source_code: str
    vnd: int


@dataclass(frozen=True)
class Taken:
    """Say what has come into store.

    Parameters
    ----------
    lot_id : its number.
    received : how many came [devices].
    fit : how many of them can be given [devices]; the rest is set aside.
    """

    lot_id: str
    received: int
    fit: int


@authorise
def take_lot(principal: Principal, desk: Desk, told: NewLot, *, why: str, key: str) -> Taken:
    """Take a lot that was given into store; what is not fit for lessons is set aside as it comes.

    Parameters
    ----------
    principal, desk : who acts, and where.
    told : what has come.
    why, key : see `phusong.access.book.act`.

    Raises
    ------
    NotAllowed
        If the role sees no stock; so do all deeds of this module.
    LedgerFault
        If the book has another lot under the number, or refuses; so do all deeds.
    """
    acting = act(principal, desk, why=why, key=key)
    devices = read_run_parameters(desk.folder).devices
    return enter_lot(open_book(desk), told, day=name_day(desk), acting=acting, devices=devices)


@authorise
def buy_lot(
    principal: Principal, desk: Desk, told: NewLot, price: Price, *, why: str, key: str
) -> Taken:
    """Buy a lot with money of one source, all at once: the money is paid, the devices come into store.

    Parameters
    ----------
    principal, desk, told, why, key : see `take_lot`.
    price : what the whole lot costs, and whose money pays it.
    """
    acting = act(principal, desk, why=why, key=key)
    devices = read_run_parameters(desk.folder).devices
    book, day = open_book(desk), name_day(desk)
    return enter_bought(book, told, price, day=day, acting=acting, devices=devices)


def enter_lot(ledger: Ledger, told: NewLot, *, day: str, acting: Acting, devices: Devices) -> Taken:
    """Take a lot that was given into the store of a book.

    Parameters
    ----------
    ledger : the book.
    told : what has come.
    day : on which it came.
    acting : who, why, when.
    devices : the least that a device must have.
    """
    row = told.write_row(day)
    _check_new(ledger, row)
    lots.take_lots(ledger, [row], acting=acting)
    return _set_unfit_aside(ledger, row["lot_id"], day, acting, devices)


def enter_bought(
    ledger: Ledger, told: NewLot, price: Price, *, day: str, acting: Acting, devices: Devices
) -> Taken:
    """Take a lot that was bought into the store of a book, and pay for it.

    Parameters
    ----------
    ledger, told, day, acting, devices : see `enter_lot`.
    price : what the whole lot costs, and whose money pays it.
    """
    each = told.unit_value_vnd or price.vnd // max(told.quantity, 1)
    row = replace(told, unit_value_vnd=each).write_row(day)
    lots.buy_lot(
        ledger,
        row,
        form=price.form,
        source_code=price.source_code,
        price_vnd=price.vnd,
        acting=acting,
    )
    return _set_unfit_aside(ledger, row["lot_id"], day, acting, devices)


def _check_new(ledger: Ledger, row: Row) -> None:
    """Refuse a number under which the book has another lot, and a gift that it does not have or count."""
    lot_id, gift = row["lot_id"], row.get("contribution_id")
    with ledger.read() as connection:
        known = read_latest(connection, LOTS, [lot_id]).get(lot_id)
        gifts = read_latest(connection, CONTRIBUTIONS, [gift]) if gift else {}
    if known is not None and not is_told_again(clean_row(row, LOTS), known, LOTS):
        raise LedgerFault(
            f"lot {lot_id} is in the book already", cure="give this one its own number"
        )
    if gift and not (gift in gifts and gifts[gift]["form"] == ContributionForm.DEVICES):
        raise LedgerFault(
            f"there is no gift of devices {gift}", cure="write down the promise first"
        )


def _set_unfit_aside(
    ledger: Ledger, lot_id: str, day: str, acting: Acting, devices: Devices
) -> Taken:
    """Set aside what is not fit to be given; doing it again changes nothing, whatever the key."""
    known = list_lots(ledger)
    mine = known[known["lot_id"] == lot_id]
    fit = int(judge_lots(mine, devices=devices)["allocable"].sum())
    lots.judge_lots(ledger, {lot_id: fit}, dated=day, acting=replace(acting, key=""))
    return Taken(lot_id, int(mine["quantity"].sum()), fit)
