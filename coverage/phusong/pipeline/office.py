"""Who writes the reports: what the province file says of the office, usual words where it is silent."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict


class Office(BaseModel):
    """Hold the head of an office's documents; offices and roles, never persons.

    Parameters
    ----------
    parent, agency : who is above the writer, and the writer.
    symbol : letters behind the number.
    place : where it is written; empty: the province's name.
    addressees, recipients : to whom it goes, and who gets a copy.
    signatures : lines of each signature, by |.
    basis : the plan that it is written under.
    opens_on, closes_on : the campaign's window, where the book says none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    parent: str = ""
    agency: str = "Sở Giáo dục và Đào tạo"
    symbol: str = "BC-SGDĐT"
    place: str = ""
    addressees: list[str] = []
    recipients: list[str] = ["Như trên", "Lưu: VT"]
    signatures: list[str] = ["GIÁM ĐỐC"]
    basis: str = "Kế hoạch số 242/KH-UBND"
    opens_on: date = date(2021, 9, 21)
    closes_on: date = date(2021, 9, 26)
