"""A letter to a donor: thanks, and what was received; money and things apart."""

from __future__ import annotations

import pandas as pd

from phusong.views.documents.cells import write_count
from phusong.views.documents.forms.frames import declare, list_rows
from phusong.views.documents.forms.heading import begin, name_programme
from phusong.views.documents.forms.other_words import Thanks
from phusong.views.documents.forms.report_words import Say
from phusong.views.documents.inputs import GIFTS, KIND_FORMS, MONEY_FORMS, Cover, DonorFigures
from phusong.views.documents.model import (
    Block,
    Cell,
    Document,
    DocumentKind,
    Gap,
    Kind,
    Paragraph,
    Table,
)
from phusong.views.figures import format_date
from phusong.views.labels import tell
from phusong.vocabulary.schema import conform_table

#: The columns that money and things have in common, and those of each.
SHARED = (
    ("contribution_id", Kind.TEXT),
    ("received_on", Kind.DATE),
    ("form", Kind.TEXT),
    ("item", Kind.TEXT),
)
OWN = {
    Thanks.MONEY: (("received_vnd", Kind.MONEY),),
    Thanks.KIND: (("quantity", Kind.INT), ("value_vnd", Kind.VALUE)),
}
FORMS = {Thanks.MONEY: MONEY_FORMS, Thanks.KIND: KIND_FORMS}


def compose_acknowledgement(cover: Cover, figures: DonorFigures) -> Document:
    """Return the letter to a donor.

    Parameters
    ----------
    cover : who, when, by which data.
    figures : the donor and the gifts.
    """
    tongue, agency = cover.language, cover.agency
    programme = name_programme(cover)
    donor = figures.donor or tell(Thanks.DONOR, tongue)
    gifts = conform_table(figures.gifts, GIFTS)
    tables = [_print(gifts, part, tongue) for part in OWN]
    return begin(
        cover,
        DocumentKind.ACKNOWLEDGEMENT,
        title=tell(Thanks.TITLE, tongue),
        subject=tell(Thanks.SUBJECT, tongue, programme=programme),
        addressees=(donor,),
        opening=(
            Paragraph(_open(agency, donor, programme, tongue)),
            Paragraph(tell(Thanks.CONFIRM, tongue, agency=agency)),
            *(table for table in tables if table.rows),
            *_use(cover, figures),
        ),
        closing=(Paragraph(tell(Thanks.CLOSING, tongue, agency=agency, donor=donor)),),
    )


def _open(agency: str, donor: str, programme: str, language: str) -> str:
    """Return the first sentence."""
    named = {"agency": agency, "donor": donor, "programme": programme}
    return tell(Thanks.OPENING, language, **named)


def _print(gifts: pd.DataFrame, part: Thanks, language: str) -> Table:
    """Return the gifts in money, or those in kind."""
    own = gifts[gifts["form"].isin(FORMS[part])]
    listed = (*SHARED, *OWN[part])
    units = {"received_vnd": Say.VND, "value_vnd": Say.VND}
    columns = tuple(
        declare(GIFTS, name, language, kind, tell(units[name], language) if name in units else "")
        for name, kind in listed
    )
    missing: dict[str, Cell] = dict.fromkeys(("value_vnd", "received_vnd"), Gap.UNKNOWN)
    rows = list_rows(own, GIFTS, [name for name, _ in listed], language, missing=missing)
    title = tell(part, language)
    notes = (tell(Thanks.ESTIMATE, language),) if part == Thanks.KIND else ()
    return Table(title, title, columns, rows, notes=notes, apart=True, numbered=True)


def _use(cover: Cover, figures: DonorFigures) -> tuple[Block, ...]:
    """Return what the gift has done, if that may be told, and how it is kept."""
    tongue = cover.language
    lines = [tell(Thanks.ON_ITS_WAY, tongue)]
    if figures.pupils_helped:
        count = write_count(figures.pupils_helped, language=tongue)
        date = format_date(cover.as_of)
        lines.append(tell(Thanks.HELPED, tongue, date=date, n=count))
    return tuple(Paragraph(text) for text in lines)
