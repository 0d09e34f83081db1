"""Judge each lot against the least that online lessons ask of a device.

A specification is met, missed or not stated. What is missed makes the lot unfit, unless it is a camera or
a microphone of a computer, which can be added. What is not stated must be asked for, but for one case: new
tablets, smartphones and laptops have camera, microphone and battery, as every one that is sold.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.vocabulary.book import Adequacy, Lack, LotCondition
from phusong.vocabulary.parameters import Devices
from phusong.vocabulary.pupils import DeviceKind, Level
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.book import LOT_FITNESS

#: Which column each specification stands in, in the order in which lacks are told.
SPECIFICATIONS = {
    Lack.RAM: "ram_gb",
    Lack.STORAGE: "storage_gb",
    Lack.SCREEN: "screen_in",
    Lack.CAMERA: "camera",
    Lack.MICROPHONE: "microphone",
    Lack.BATTERY: "battery_mah",
    Lack.MODEM: "modem",
}
#: What can be added to a computer.
ADDED = (Lack.CAMERA, Lack.MICROPHONE)
#: What every new device of these kinds has.
BUILT_IN = (Lack.CAMERA, Lack.MICROPHONE, Lack.BATTERY)
PORTABLE = (DeviceKind.TABLET, DeviceKind.SMARTPHONE, DeviceKind.LAPTOP)
COMPUTERS = (DeviceKind.LAPTOP, DeviceKind.DESKTOP)
LEVELS = (Level.TH, Level.THCS, Level.THPT)


def judge_lots(lots: pd.DataFrame, *, devices: Devices) -> pd.DataFrame:
    """Return what each lot is fit for.

    Parameters
    ----------
    lots : the table `accepted_lots`.
    devices : the least that a device must have.

    Returns
    -------
    The table `lot_fitness`: adequacy, levels, what is lacking (of a lot of unknown adequacy: what is not
    stated), and how many devices can be allocated.
    """
    wanted = {str(kind): _minimum(kind, devices) for kind in DeviceKind}
    missed = {lack: np.zeros(len(lots), dtype=bool) for lack in SPECIFICATIONS}
    silent = {lack: np.zeros(len(lots), dtype=bool) for lack in SPECIFICATIONS}
    kinds = lots["kind"].to_numpy(dtype=object)
    for kind, minimum in wanted.items():
        mine = np.flatnonzero(kinds == kind)
        for lack, least in minimum.items():
            told = lots[SPECIFICATIONS[lack]].iloc[mine].astype("Float64")
            missed[lack][mine] = (told < least).fillna(value=False).to_numpy(dtype=bool)
            silent[lack][mine] = told.isna().to_numpy(dtype=bool)
    _trust_new(lots, silent)
    return conform_table(_conclude(lots, missed, silent, devices), LOT_FITNESS)


def _minimum(kind: DeviceKind, devices: Devices) -> dict[Lack, float]:
    """Return the least of each specification that a kind must have; 1 for what must be there."""
    seen = {Lack.CAMERA: 1.0, Lack.MICROPHONE: 1.0}
    if kind in COMPUTERS:
        return {Lack.RAM: devices.number("computer_ram_gb"), **seen}
    if kind == DeviceKind.TABLET:
        return {
            Lack.RAM: devices.number("tablet_ram_gb"),
            Lack.STORAGE: devices.number("tablet_storage_gb"),
            Lack.SCREEN: devices.number("tablet_screen_in"),
            Lack.BATTERY: devices.number("tablet_battery_mah"),
            **seen,
        }
    modem = {Lack.MODEM: 1.0} if devices.smartphone_modem.value else {}
    return {
        Lack.RAM: devices.number("smartphone_ram_gb"),
        Lack.STORAGE: devices.number("smartphone_storage_gb"),
        Lack.SCREEN: devices.number("smartphone_screen_in"),
        **seen,
        **modem,
    }


def _trust_new(lots: pd.DataFrame, silent: dict[Lack, np.ndarray]) -> None:
    """Take as there what every new portable device has, and every smartphone's modem."""
    new = (lots["condition"] == LotCondition.NEW).fillna(value=False).to_numpy(dtype=bool)
    portable = lots["kind"].isin([str(kind) for kind in PORTABLE]).to_numpy(dtype=bool)
    for lack in BUILT_IN:
        silent[lack] &= ~(new & portable)
    silent[Lack.MODEM][:] = False  # a smartphone has one unless somebody says it has not


def _conclude(
    lots: pd.DataFrame,
    missed: dict[Lack, np.ndarray],
    silent: dict[Lack, np.ndarray],
    devices: Devices,
) -> pd.DataFrame:
    """Return adequacy, lacks, levels and the number of devices that can be allocated."""
    computer = lots["kind"].isin([str(kind) for kind in COMPUTERS]).to_numpy(dtype=bool)
    fatal = np.zeros(len(lots), dtype=bool)
    for lack, miss in missed.items():
        fatal |= miss & ~(computer & (lack in ADDED))
    unknown = np.any(list(silent.values()), axis=0) & ~fatal
    to_complete = np.any(list(missed.values()), axis=0) & ~fatal & ~unknown
    adequacy = np.select(
        [fatal, unknown, to_complete],
        [str(Adequacy.INADEQUATE), str(Adequacy.UNKNOWN), str(Adequacy.TO_COMPLETE)],
        str(Adequacy.ADEQUATE),
    )
    fit = adequacy == str(Adequacy.ADEQUATE)
    shown = {lack: np.where(unknown, silent[lack], missed[lack]) for lack in SPECIFICATIONS}
    lacks = ["|".join(str(k) for k in shown if shown[k][n]) or None for n in range(len(lots))]
    return pd.DataFrame(
        {
            "lot_id": lots["lot_id"].to_numpy(),
            "adequacy": adequacy,
            "levels": _fit_levels(lots, fatal, devices),
            "lacks": lacks,
            "allocable": np.where(fit, lots["quantity"].to_numpy(dtype=np.int64), 0),
        }
    )


def _fit_levels(lots: pd.DataFrame, fatal: np.ndarray, devices: Devices) -> list[str]:
    """Return the levels that a lot would serve once complete, by |; none for a lot that is unfit."""
    small = lots["screen_in"].astype("Float64") < devices.number("primary_screen_in")
    small &= lots["kind"] == DeviceKind.TABLET
    too_small = small.fillna(value=False).to_numpy(dtype=bool)
    told = []
    for n in range(len(lots)):
        levels = [str(v) for v in LEVELS if not (too_small[n] and v == Level.TH)]
        told.append("" if fatal[n] else "|".join(levels))
    return told
