"""What a campaign was given, made up: pledges in five forms, lots of devices, packages.

The pattern is the campaign of autumn 2021 (domain notes §1.1, §2.1): real are only its sum of about 3
thousand million đồng, the price of a tablet and the operators' offer of 4 GB a day for three months; every
donor is invented.
"""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from phusong.vocabulary.book import (
    ContributionForm,
    DonorKind,
    LotCondition,
    PaymentMethod,
    SourceLevel,
)
from phusong.vocabulary.pupils import DeviceKind
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.book import CONTRIBUTIONS, LOTS, PACKAGES
from phusong.vocabulary.terms import Operator

MILLION = 1_000_000
#: Gifts of money in million đồng; together 3 thousand million.
MONEY = (
    500, 300, 300, 250, 200, 150, 150, 120, 100, 100, 100, 80, 80, 70, 70, 60, 60, 50, 50, 50, 50, 50, 30, 30,
)  # fmt: skip
#: Donors of money who have paid by the end of the window; all others pay later.
PAID_IN_TIME = 4
#: Price of a programme tablet [VND].
TABLET_VND = 2_400_000
TABLETS, LAPTOPS, WEAK, BLIND = 300, 120, 30, 20
#: Data packages of the first wave, by operator.
SIMS = {Operator.VIETTEL: 640, Operator.VNPT: 408, Operator.MOBIFONE: 200}
DUPLICATE, INCOMPLETE = "PT-041", "PT-042"
NUMBERS = {"pledged_vnd", "received_vnd", "quantity", "unit_value_vnd", "value_vnd"}


def list_pledges(first_day: date) -> pd.DataFrame:
    """Return table `accepted_contributions`: 40 pledges, one twice, one without quantity.

    Parameters
    ----------
    first_day : of the campaign, on which they are given.
    """
    rows = [_give_money(n, sum_) for n, sum_ in enumerate(MONEY, start=1)]
    rows += [_give_devices(25, "Tập đoàn viễn thông A", DeviceKind.TABLET, TABLETS, TABLET_VND)]
    rows += [_give_devices(26, "Sở ban ngành B", DeviceKind.LAPTOP, LAPTOPS, 3 * MILLION)]
    rows += [
        _give_devices(n, f"Công ty D{n}", DeviceKind.SMARTPHONE, 5, 2 * MILLION)
        for n in range(27, 31)
    ]
    rows += [
        _give_service(31 + n, operator, count) for n, (operator, count) in enumerate(SIMS.items())
    ]
    rows += [_give_service(34, Operator.VIETNAMOBILE, 100)]
    rows += [_give_fund(n, ContributionForm.STATE_BUDGET) for n in (35, 36)]
    rows += [_give_fund(n, ContributionForm.FUND) for n in (37, 38, 39, 40)]
    again = {**rows[4], "contribution_id": DUPLICATE}
    vague = {**rows[24], "contribution_id": INCOMPLETE, "donor": "Công ty E", "quantity": None}
    listed = _fill([*rows, again, {**vague, "value_vnd": None}])
    day = pd.Timestamp(first_day)
    return conform_table(listed.assign(given_on=day, as_of=day), CONTRIBUTIONS)


def _fill(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Return rows with every column of the table."""
    frame = pd.DataFrame(rows).reindex(columns=CONTRIBUTIONS.names)
    whole = {name: frame[name].astype("Int64") for name in NUMBERS}
    return frame.assign(**whole, publish=frame["publish"].astype("boolean"))


def _start(number: int, donor: str, kind: DonorKind, form: ContributionForm) -> dict[str, object]:
    """Return what every gift has."""
    return {
        "contribution_id": f"PT-{number:03d}",
        "donor": donor,
        "donor_kind": str(kind),
        "form": str(form),
        "source": str(SourceLevel.PROVINCE),
        "publish": True,
    }


def _give_money(number: int, millions: int) -> dict[str, object]:
    """Return a gift of money; the first donors have paid at once."""
    row = _start(number, f"Công ty C{number:02d}", DonorKind.ENTERPRISE, ContributionForm.MONEY)
    paid = number <= PAID_IN_TIME
    return row | {
        "pledged_vnd": millions * MILLION,
        "received_vnd": millions * MILLION if paid else None,
        "method": str(PaymentMethod.TREASURY),
    }


def _give_devices(
    number: int, donor: str, kind: DeviceKind, count: int, price: int
) -> dict[str, object]:
    """Return a gift of devices, which are received by lot."""
    row = _start(number, donor, DonorKind.ENTERPRISE, ContributionForm.DEVICES)
    return row | {
        "method": str(PaymentMethod.IN_KIND),
        "in_kind": kind.vi,
        "quantity": count,
        "unit_value_vnd": price,
        "value_vnd": count * price,
    }


def _give_service(number: int, operator: Operator, count: int) -> dict[str, object]:
    """Return an operator's mechanism: so many packages, free for three months."""
    row = _start(number, operator.vi, DonorKind.ENTERPRISE, ContributionForm.TARIFF)
    return row | {
        "method": str(PaymentMethod.IN_KIND),
        "in_kind": "gói 4 GB/ngày, 3 tháng",
        "quantity": count,
        "unit_value_vnd": 150_000,
        "value_vnd": count * 150_000,
    }


def _give_fund(number: int, form: ContributionForm) -> dict[str, object]:
    """Return money of the State budget or of a fund, promised and not paid yet."""
    kind = DonorKind.AGENCY if form == ContributionForm.STATE_BUDGET else DonorKind.ORGANISATION
    row = _start(number, f"Quỹ, ngân sách F{number}", kind, form)
    return row | {"pledged_vnd": 50 * MILLION, "method": str(PaymentMethod.TREASURY)}


def list_stock(first_day: date) -> pd.DataFrame:
    """Return table `accepted_lots` of the second day: 300 4G tablets, 120 used laptops in three states.

    Parameters
    ----------
    first_day : of the campaign.
    """
    tablet = {"kind": DeviceKind.TABLET, "ram_gb": 3.0, "storage_gb": 32.0, "screen_in": 10.1,
              "camera": True, "microphone": True, "battery_mah": 6000.0, "modem": True,
              "condition": LotCondition.NEW, "contribution_id": "PT-025",
              "unit_value_vnd": TABLET_VND}  # fmt: skip
    laptop = {"kind": DeviceKind.LAPTOP, "ram_gb": 4.0, "storage_gb": 128.0, "screen_in": 14.0,
              "camera": True, "microphone": True, "battery_mah": 4000.0, "modem": False,
              "condition": LotCondition.USED, "contribution_id": "PT-026",
              "unit_value_vnd": 3 * MILLION}  # fmt: skip
    rows = [
        {**tablet, "lot_id": "LO-01", "quantity": TABLETS},
        {**laptop, "lot_id": "LO-02", "quantity": LAPTOPS - WEAK - BLIND},
        {**laptop, "lot_id": "LO-03", "quantity": WEAK, "ram_gb": 1.0},
        {**laptop, "lot_id": "LO-04", "quantity": BLIND, "camera": False},
    ]
    return tabulate_lots(rows, pd.Timestamp(first_day + timedelta(days=1)))


def tabulate_lots(rows: list[dict[str, object]], day: pd.Timestamp) -> pd.DataFrame:
    """Return rows as table `accepted_lots`.

    Parameters
    ----------
    rows : what each lot says; what it does not say is unknown.
    day : on which they came.
    """
    frame = pd.DataFrame(rows).reindex(columns=LOTS.names)
    flags = {n: frame[n].astype("boolean") for n in ("camera", "microphone", "modem")}
    words = {n: frame[n].astype("str") for n in ("kind", "condition")}
    sums = frame["unit_value_vnd"].astype("Int64")
    told = frame.assign(**flags, **words, unit_value_vnd=sums, received_on=day, as_of=day)
    return conform_table(told, LOTS)


def buy_tablets(count: int, day: pd.Timestamp) -> pd.DataFrame:
    """Return table `accepted_lots` of tablets bought with the campaign's money.

    Parameters
    ----------
    count : how many [devices].
    day : of the payment.
    """
    row = {"lot_id": "LO-05", "kind": DeviceKind.TABLET, "ram_gb": 3.0, "storage_gb": 32.0,
           "screen_in": 10.1, "camera": True, "microphone": True, "battery_mah": 6000.0,
           "modem": True, "condition": LotCondition.NEW, "quantity": count,
           "unit_value_vnd": TABLET_VND}  # fmt: skip
    return tabulate_lots([row], day)


def list_offers(first_day: date) -> pd.DataFrame:
    """Return table `accepted_packages`: SIMs with 4 GB a day for three months.

    Parameters
    ----------
    first_day : of the campaign.
    """
    rows = [
        {
            "package_id": f"GC-{operator}",
            "operator": str(operator),
            "name": "4 GB/ngày, 3 tháng",
            "quantity": count,
            "gb_per_day": 4.0,
            "months": 3,
            "price_after_vnd": 50_000,
        }
        for operator, count in SIMS.items()
    ]
    frame = pd.DataFrame(rows).reindex(columns=PACKAGES.names)
    typed = {
        c.name: frame[c.name].astype(c.dtype)
        for c in PACKAGES.columns
        if c.holds in ("int", "bool", "float")
    }
    return conform_table(frame.assign(**typed, as_of=pd.Timestamp(first_day)), PACKAGES)
