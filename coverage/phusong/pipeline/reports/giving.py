"""What was given, as the reports tell it: money by form and donor, what of it was spent, things apart."""

from __future__ import annotations

from datetime import date

import pandas as pd

from phusong.ledger.book import Ledger
from phusong.ledger.inventory import list_lots
from phusong.ledger.queries import list_contributions, list_entries, sum_contributions, sum_devices
from phusong.plans.devices import judge_lots
from phusong.views.documents.inputs import KIND_FORMS, MONEY_FORMS
from phusong.vocabulary.book import Adequacy, AwardState, ContributionForm, DonorKind
from phusong.vocabulary.parameters import Devices
from phusong.vocabulary.pupils import DeviceKind
from phusong.vocabulary.reporting import PledgeUnit

#: First and last day of a campaign; None where nobody states them.
Window = tuple[date, date] | None
#: States in which a device has left the store for a pupil.
ALLOCATED = ("proposed", "approved", "handed_over", "confirmed")
HANDED = (AwardState.HANDED_OVER, AwardState.CONFIRMED)


def list_gifts(ledger: Ledger, window: Window) -> pd.DataFrame:
    """Return what counts of every contribution: pledged, received within the window and after it.

    Parameters
    ----------
    ledger : the book.
    window : first and last day of the campaign.

    Returns
    -------
    contribution_id, form, donor_kind, in_kind, value_vnd, and for money and pieces each pledged, received
    within and after.
    """
    told = list_contributions(ledger)
    told = told[told["counted"]]
    entries = list_entries(ledger)
    gone = set(entries["reverses"].dropna())
    standing = entries[entries["reverses"].isna() & ~entries["number"].isin(gone)]
    closes_on = pd.Timestamp.max if window is None else pd.Timestamp(window[1])
    after = pd.to_datetime(standing["dated"]) > closes_on
    stage = standing["stage"].map({"pledge": "pledged", "receipt": "received_within"})
    stage = stage.mask((stage == "received_within") & after, "received_after")
    long = standing.assign(column=stage)[stage.notna()]
    sums = {
        f"{column}{suffix}": long[long["column"] == column]
        .groupby("contribution_id")[measure]
        .sum()
        for column in ("pledged", "received_within", "received_after")
        for measure, suffix in (("amount_vnd", "_vnd"), ("pieces", ""))
    }
    frame = told.set_index("contribution_id")[["form", "donor_kind", "in_kind", "value_vnd"]]
    joined = frame.join(pd.DataFrame(sums)).fillna(dict.fromkeys(sums, 0))
    joined["donor_kind"] = joined["donor_kind"].fillna(str(DonorKind.ANONYMOUS))
    return joined.astype(dict.fromkeys(sums, "int64")).reset_index()


def tell_money(gifts: pd.DataFrame) -> pd.DataFrame:
    """Return table `money_by_form`.

    Parameters
    ----------
    gifts : from `list_gifts`.
    """
    mine = gifts[gifts["form"].isin([str(f) for f in MONEY_FORMS])]
    columns = ["pledged_vnd", "received_within_vnd", "received_after_vnd"]
    grouped = mine.groupby(["form", "donor_kind"], as_index=False)
    return grouped.agg(gifts=("form", "size"), **{c: (c, "sum") for c in columns})


def tell_spending(ledger: Ledger, gifts: pd.DataFrame) -> pd.DataFrame:
    """Return table `spending_by_form`: what the forms of money received, spent and have left.

    Parameters
    ----------
    ledger : the book.
    gifts : from `list_gifts`.
    """
    sums = sum_contributions(ledger, None)
    money = sums[(sums["measure"] == "vnd") & sums["form"].isin([str(f) for f in MONEY_FORMS])]
    by_form = money.groupby("form", sort=False)[
        ["pledged", "received", "allocated", "handed_over", "balance"]
    ].sum()
    names = {"pledged": "pledged_vnd", "received": "received_vnd", "balance": "balance_vnd"}
    told = by_form.rename(columns=names | {"handed_over": "spent_vnd"})
    told["set_apart_vnd"] = told.pop("allocated") - told["spent_vnd"]
    counts = gifts["form"].value_counts()
    return told.assign(gifts=counts.reindex(told.index, fill_value=0)).reset_index()


def list_open_pledges(ledger: Ledger, gifts: pd.DataFrame) -> pd.DataFrame:
    """Return table `pledges_open`: of what was promised in money or devices, where less has come.

    Operators' mechanisms are left out: their packages come by a register of their own and are told apart.

    Parameters
    ----------
    ledger : the book.
    gifts : from `list_gifts`.
    """
    mine = gifts[gifts["form"] != ContributionForm.TARIFF]
    money = mine["form"].isin([str(f) for f in MONEY_FORMS])
    pledged = mine["pledged_vnd"].where(money, mine["pledged"])
    came = (mine["received_within_vnd"] + mine["received_after_vnd"]).where(
        money, mine["received_within"] + mine["received_after"]
    )
    unit = money.map({True: str(PledgeUnit.VND), False: str(PledgeUnit.DEVICES)})
    known = list_contributions(ledger).set_index("contribution_id")
    named = known["donor"].where(
        ~known["donor_kind"].isin([str(DonorKind.PERSON), str(DonorKind.ANONYMOUS)])
    )
    frame = pd.DataFrame(
        {
            "contribution_id": mine["contribution_id"],
            "donor": mine["contribution_id"].map(named),
            "form": mine["form"],
            "pledged_on": pd.to_datetime(mine["contribution_id"].map(known["given_on"])),
            "unit": unit,
            "pledged": pledged,
            "received": came,
            "missing": pledged - came,
        }
    )
    return frame[frame["missing"] > 0].reset_index(drop=True)


def tell_things(gifts: pd.DataFrame) -> pd.DataFrame:
    """Return table `kind_by_item`.

    Parameters
    ----------
    gifts : from `list_gifts`.
    """
    mine = gifts[gifts["form"].isin([str(f) for f in KIND_FORMS])]
    unit = mine["form"].map({"devices": "máy", "tariff": "gói"})
    told = mine.assign(item=mine["in_kind"].fillna("không ghi"), unit=unit)
    grouped = told.groupby(["form", "donor_kind", "item", "unit"], as_index=False)
    counts = ["pledged", "received_within", "received_after"]
    return grouped.agg(
        gifts=("form", "size"),
        **{c: (c, "sum") for c in counts},
        value_vnd=("value_vnd", lambda v: v.sum(skipna=False)),
    )


def tell_lots(ledger: Ledger, devices: Devices) -> pd.DataFrame:
    """Return table `lots_by_kind`: received, what it is fit for, and how far it has come.

    Parameters
    ----------
    ledger : the book.
    devices : the minimum profile.
    """
    lots = list_lots(ledger)
    fitness = judge_lots(lots, devices=devices).set_index("lot_id")["adequacy"]
    fit = lots.assign(adequacy=lots["lot_id"].map(fitness))
    wide = fit.pivot_table("quantity", "kind", "adequacy", aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=[str(a) for a in Adequacy], fill_value=0)
    stock = sum_devices(ledger).set_index("kind")
    told = wide.reindex([str(k) for k in DeviceKind]).dropna(how="all")
    states = stock.loc[told.index]
    return (
        told.assign(
            received=states["received"],
            allocated=states[list(ALLOCATED)].sum(axis=1),
            handed_over=states[[str(s) for s in HANDED]].sum(axis=1),
        )
        .rename_axis("device_kind")
        .reset_index()
    )
