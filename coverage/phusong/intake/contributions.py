"""Accept contributions: the register of what is given, in the five forms of the plan.

What is pledged and what is received are kept apart, and so are money and things: a value in kind never stands
in a column of money. A contribution without a date of receipt is a pledge, where the register has such dates.
"""

from __future__ import annotations

import pandas as pd

from phusong.intake.book_ids import read_ids
from phusong.intake.book_words import (
    CONTENT_PIECES,
    FORM_WORDS,
    LEVEL_WORDS,
    METHOD_WORDS,
    find_terms,
)
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.gift_donors import read_donors
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.identities import make_unique
from phusong.intake.judge import Judge
from phusong.intake.money import (
    ask_whose_value,
    check_words,
    multiply_singles,
    read_money,
    warn_products,
)
from phusong.intake.reading import RawTable
from phusong.intake.values import (
    fill_date,
    read_column,
    read_dates,
    read_terms,
    read_texts,
)
from phusong.intake.veiling import read_label
from phusong.intake.words import word_key
from phusong.vocabulary.book import ContributionForm, PaymentMethod
from phusong.vocabulary.tables.book import CONTRIBUTIONS
from phusong.vocabulary.terms import Severity

WARNING = Severity.WARNING
#: Forms that are things whatever way they come.
THINGS = (ContributionForm.DEVICES, ContributionForm.TARIFF)
#: A form that is said by way of payment alone, told by what is given.
IN_KIND_WORDS = frozenset(("hienvat", "banghienvat", "hv", "inkind"))
SUMS = ("pledged_vnd", "received_vnd", "unit_value_vnd", "value_vnd")
#: In what the rows of one receipt must agree.
SAME = ("form", "pledged_vnd", "received_vnd", "quantity", "value_vnd")


def accept_contributions(
    raw: RawTable, findings: Findings, options: ReadOptions, _judge: Judge
) -> pd.DataFrame:
    """Return the contributions of a register, one a row.

    Parameters
    ----------
    raw : the file as text, its persons veiled.
    findings : notebook of this reading.
    options : date of the register where no column gives it.

    Returns
    -------
    columns of accepted_contributions for every row, wrong ones included; index = row number in the file.

    Raises
    ------
    SourceFault
        If the register names neither donors nor receipts, or nothing that is given.
    """
    given = (
        "pledged_vnd",
        "received_vnd",
        "sum_vnd",
        "sum_words",
        "in_kind",
        "quantity",
        "value_vnd",
    )
    table = match_headings(
        raw, "contributions", findings, required=(("donor", "contribution_id"), given)
    )
    gifts = _read_gifts(table, findings)
    gifts = _tell_forms(gifts, table, findings)
    gifts = _part_kinds(gifts, table, findings)
    _warn_sums(gifts, table, findings)
    described = gifts.assign(
        **read_donors(table, findings),
        method=_read_methods(gifts, table, findings),
        condition=read_texts(table, "condition", findings),
        source=read_terms(table, "source", findings, words=LEVEL_WORDS, severity=WARNING),
        note=read_texts(table, "note", findings),
        as_of=fill_date(read_dates(table, "as_of", findings, severity=WARNING), options.as_of),
    )
    _warn_repeated(described, table, findings)
    return _name(described, table, findings)


def _read_gifts(table: MatchedTable, findings: Findings) -> pd.DataFrame:
    """Return dates, sums and things of each row."""
    quantity = read_column(table, CONTRIBUTIONS.column("quantity"), findings)
    sums = {name: read_money(table, name, findings) for name in (*SUMS, "sum_vnd")}
    ask_whose_value(table, sums["value_vnd"], sums["unit_value_vnd"], quantity, findings)
    sums["value_vnd"] = multiply_singles(table, sums["value_vnd"], quantity, findings)
    figures = [sums[n] for n in ("pledged_vnd", "received_vnd", "sum_vnd", "value_vnd")]
    words = check_words(table, figures, findings)
    dated = read_dates(table, "received_on", findings)
    empty = pd.concat(figures, axis=1).isna().all(axis=1)
    alone = sums.pop("sum_vnd").fillna(words.where(empty))
    # a sum alone is a pledge, and a receipt too where it has a date of receipt
    pledged = sums["pledged_vnd"].fillna(alone)
    received = sums["received_vnd"].fillna(alone.where(dated.notna()))
    if table.has("received_on"):
        undated = received.notna() & dated.isna() & (received > 0).fillna(value=False)
        table.fault(findings, "received_undated", "received_vnd", undated, severity=WARNING)
        undated = undated.astype(bool)
        pledged = pledged.fillna(received.where(undated))
        received = received.mask(undated)
    return pd.DataFrame(
        {
            "given_on": read_dates(table, "given_on", findings).fillna(dated),
            **sums,
            "pledged_vnd": pledged,
            "received_vnd": received,
            "in_kind": read_texts(table, "in_kind", findings),
            "quantity": quantity,
        }
    )


def _tell_forms(gifts: pd.DataFrame, table: MatchedTable, findings: Findings) -> pd.DataFrame:
    """Return the rows with their form: as stated, else by what is given; a row of none is turned away."""
    cells = table.cells("form")
    known = {text: _parse_form(text) for text in cells.unique()}
    stated = cells.map(known).astype("object")
    bare = (cells == "") | cells.map(lambda text: word_key(text) in IN_KIND_WORDS).astype(bool)
    content = gifts["in_kind"].map(_form_of, na_action="ignore").astype("object")
    money = gifts[["pledged_vnd", "received_vnd"]].notna().any(axis=1) & gifts["in_kind"].isna()
    money &= gifts["quantity"].isna()
    read = content.where(content.notna() | ~money, str(ContributionForm.MONEY)).where(bare)
    for form in sorted(set(read.dropna())):
        own = read == form
        vi = ContributionForm.of(form).vi
        table.fault(findings, "form_read", "form", own & (cells != ""), severity=WARNING, form=vi)
        silent = own & (cells == "")
        findings.fix("form_read", table.heading("form"), cells[silent], read[silent])
    forms = stated.where(stated.notna(), read)
    choices = ", ".join(f.vi for f in ContributionForm)
    table.fault(findings, "unknown_term", "form", forms.isna() & ~bare, choices=choices)
    table.fault(findings, "form_unstated", "form", forms.isna() & bare)
    return gifts.assign(form=forms)


def _parse_form(text: str) -> str | None:
    """Return the form that a cell states, by its word or by its longest beginning of words."""
    key = word_key(text)
    if not key or key in IN_KIND_WORDS:
        return None
    labels = {word_key(label): f for f in ContributionForm for label in (f.value, f.vi, f.en)}
    form = FORM_WORDS.get(key) or labels.get(key)
    if form is None:
        begun = [f for word, f in FORM_WORDS.items() if len(word) > 2 and word in key]
        form = begun[0] if len(set(begun)) == 1 else None
    return str(form) if form else None


def _form_of(content: str) -> str | None:
    """Return the form that the name of a thing tells."""
    found = find_terms(content, CONTENT_PIECES)
    return str(found[0]) if found else None


def _part_kinds(gifts: pd.DataFrame, table: MatchedTable, findings: Findings) -> pd.DataFrame:
    """Return the rows with things valued apart: never in a column of money, nor money among things."""
    things = _are_things(gifts, table)
    moved = things & gifts["pledged_vnd"].notna() & gifts["value_vnd"].isna()
    back = (
        ~things
        & gifts["value_vnd"].notna()
        & gifts["pledged_vnd"].isna()
        & gifts["received_vnd"].isna()
    )
    shown = gifts[["pledged_vnd", "value_vnd"]].astype("str")
    findings.fix(
        "value_apart", "value_vnd", shown["pledged_vnd"][moved], shown["pledged_vnd"][moved]
    )
    findings.fix(
        "value_is_money", "pledged_vnd", shown["value_vnd"][back], shown["value_vnd"][back]
    )
    return gifts.assign(
        value_vnd=gifts["value_vnd"].mask(moved, gifts["pledged_vnd"]).mask(~things),
        unit_value_vnd=gifts["unit_value_vnd"].where(things),
        pledged_vnd=gifts["pledged_vnd"].mask(back, gifts["value_vnd"]).mask(things),
        received_vnd=gifts["received_vnd"].mask(gifts["form"] == ContributionForm.DEVICES),
    )


def _are_things(gifts: pd.DataFrame, table: MatchedTable) -> pd.Series:
    """Return which rows give things, by their form or by the way in which they come."""
    method = table.cells("method").map(lambda text: METHOD_WORDS.get(word_key(text)))
    in_kind = (method == PaymentMethod.IN_KIND) & (gifts["form"] != ContributionForm.MONEY)
    return (gifts["form"].isin([str(f) for f in THINGS]) | in_kind).astype(bool)


def _warn_sums(gifts: pd.DataFrame, table: MatchedTable, findings: Findings) -> None:
    """Warn of what does not say how much it is, or says two things."""
    things = _are_things(gifts, table)
    known = gifts["form"].notna()
    none = gifts[["pledged_vnd", "received_vnd"]].isna().all(axis=1)
    few = things & known & gifts["quantity"].fillna(0).eq(0)
    table.fault(findings, "quantity_unstated", "quantity", few.astype(bool), severity=WARNING)
    written = [
        table.cells(n) != "" for n in ("pledged_vnd", "received_vnd", "sum_vnd", "sum_words")
    ]
    silent = (~things & known & none & ~pd.concat(written, axis=1).any(axis=1)).astype(bool)
    name = next(
        (n for n in ("pledged_vnd", "sum_vnd", "received_vnd") if table.has(n)), "pledged_vnd"
    )
    table.fault(findings, "sum_unstated", name, silent, severity=WARNING)
    more = (gifts["received_vnd"] > gifts["pledged_vnd"]).fillna(value=False) & ~things
    table.fault(findings, "more_than_pledged", "received_vnd", more.astype(bool), severity=WARNING)
    warn_products(
        table,
        gifts["quantity"] * gifts["unit_value_vnd"].astype("Float64"),
        gifts["value_vnd"],
        findings,
    )


def _read_methods(gifts: pd.DataFrame, table: MatchedTable, findings: Findings) -> pd.Series:
    """Return by which way each comes; cash is warned of, since the plan takes money through the Treasury."""
    methods = read_terms(table, "method", findings, words=METHOD_WORDS, severity=WARNING)
    by_form = table.cells("form").map(lambda text: METHOD_WORDS.get(word_key(text)))
    methods = methods.where(methods.notna(), by_form.map(_method_of, na_action="ignore"))
    things = gifts["form"].isin([str(f) for f in THINGS])
    methods = methods.mask(methods.isna() & things, str(PaymentMethod.IN_KIND))
    cash = (methods == PaymentMethod.CASH).astype(bool)
    name = "method" if table.has("method") else "form"
    table.fault(findings, "cash_taken", name, cash, severity=WARNING)
    return methods.astype("object")


def _method_of(method: PaymentMethod) -> str:
    return str(method)


def _warn_repeated(gifts: pd.DataFrame, table: MatchedTable, findings: Findings) -> None:
    """Warn of rows that may be one gift written twice: the book counts it once."""
    donors = table.cells("donor").map(lambda text: text if read_label(text)[0] else word_key(text))
    things = gifts["form"].isin([str(f) for f in THINGS])
    alike = pd.DataFrame(
        {
            "donor": donors,
            "day": gifts["given_on"],
            "form": gifts["form"],
            "pledged": gifts["pledged_vnd"].mask(things).fillna(-1),
            "received": gifts["received_vnd"].mask(things).fillna(-1),
            "pieces": gifts["quantity"].where(things).fillna(-1),
        }
    )
    twice = alike.duplicated(keep=False) & (donors != "") & gifts["given_on"].notna()
    for _, group in alike[twice].groupby(list(alike.columns), sort=True, dropna=False):
        shown = ", ".join(str(r) for r in group.index[:10])
        later = pd.Series(gifts.index.isin(group.index[1:]), index=gifts.index)
        name = "donor" if table.has("donor") else "contribution_id"
        table.fault(findings, "gift_repeated", name, later, severity=WARNING, shown=shown)


def _name(gifts: pd.DataFrame, table: MatchedTable, findings: Findings) -> pd.DataFrame:
    """Return the rows with an id each; a receipt that says two things is turned away."""
    made_of = gifts[
        ["given_on", "donor", "form", "pledged_vnd", "received_vnd", "in_kind", "quantity"]
    ]
    ids = read_ids(table, "contribution_id", findings, prefix="PT-", made_of=made_of)
    heading = table.heading("contribution_id")
    named = gifts.assign(contribution_id=ids)
    return make_unique(named, "contribution_id", heading, findings, same=SAME)
