"""The letters that ask for data: to operators, to schools, to communes, each with its forms attached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from phusong.views.documents.forms.heading import begin, name_programme
from phusong.views.documents.forms.request_words import (
    Privacy,
    Request,
    ToCommunes,
    ToOperators,
    ToSchools,
    find_law,
)
from phusong.views.documents.inputs import Cover
from phusong.views.documents.model import Block, Bullet, Document, DocumentKind, Paragraph, Section
from phusong.views.kit import TEMPLATES
from phusong.views.labels import tell
from phusong.vocabulary.offices import OfficeWord
from phusong.vocabulary.terms import Term

#: What is asked of whom, by source kind.
OPERATORS = ("cells", "fibre_nodes", "claims", "packages", "commitments")
SCHOOLS = ("schools", "students")
COMMUNES = ("hamlets", "poverty")


@dataclass(frozen=True)
class Letter:
    """Hold what one letter says that the others do not.

    Parameters
    ----------
    kinds : source kinds that are asked for.
    whom, subject, opening : of the letter.
    advice : how to fill in, beside what all are told.
    guard : how the data are guarded; empty: as personal data are.
    safe : how they are sent.
    """

    kinds: tuple[str, ...]
    whom: Term
    subject: Term
    opening: Term
    advice: tuple[Term, ...]
    guard: tuple[Term, ...] = ()
    safe: Term = Request.SAFE


TO_OPERATORS = Letter(
    OPERATORS,
    ToOperators.WHOM,
    ToOperators.SUBJECT,
    ToOperators.OPENING,
    (),
    (ToOperators.USE, ToOperators.NOT_COVERED, ToOperators.NO_SUBSCRIBERS),
    ToOperators.SAFE,
)
TO_SCHOOLS = Letter(
    SCHOOLS, ToSchools.WHOM, ToSchools.SUBJECT, ToSchools.OPENING, (ToSchools.WHOLE,)
)
TO_COMMUNES = Letter(
    COMMUNES, ToCommunes.WHOM, ToCommunes.SUBJECT, ToCommunes.OPENING, (ToCommunes.TOTALS,)
)


def compose_operator_request(cover: Cover) -> Document:
    """Return the letter to telecom operators.

    Parameters
    ----------
    cover : who writes, and when; whoever it names as addressees goes before those of the day.
    """
    whom = (_name(cover, ToOperators.ADDRESSEE),)
    return _compose(replace(cover, addressees=cover.addressees or whom), TO_OPERATORS)


def compose_school_request(cover: Cover) -> Document:
    """Return the letter to schools, and to whoever is above them on the day.

    Parameters
    ----------
    cover : as for `compose_operator_request`.
    """
    above = cover.offices.format(OfficeWord.SCHOOL_OFFICES, cover.language)
    whom = tuple(filter(None, (above, _name(cover, ToSchools.SCHOOLS))))
    return _compose(replace(cover, addressees=cover.addressees or whom), TO_SCHOOLS)


def compose_commune_request(cover: Cover) -> Document:
    """Return the letter to communes.

    Parameters
    ----------
    cover : as for `compose_operator_request`.
    """
    whom = (_name(cover, ToCommunes.ADDRESSEE),)
    return _compose(replace(cover, addressees=cover.addressees or whom), TO_COMMUNES)


#: Every letter by the name of its file.
REQUESTS: dict[str, Callable[..., Document]] = {
    "cong_van_doanh_nghiep_vien_thong": compose_operator_request,
    "cong_van_truong_hoc": compose_school_request,
    "cong_van_uy_ban_nhan_dan_xa": compose_commune_request,
}


#: Who is asked by each, as files of offices name them.
ADDRESSED = dict(zip(REQUESTS, ("operators", "schools", "communes"), strict=True))


def _compose(cover: Cover, letter: Letter) -> Document:
    """Return a letter."""
    tongue, agency = cover.language, cover.agency
    subject = tell(letter.subject, tongue)
    parts = (
        (Request.ASKED, _ask(letter, tongue)),
        (
            Request.HOW,
            _list((*letter.advice, Request.FILL, Request.UNKNOWN, Request.CHECKED), tongue),
        ),
        (Request.GUARD, _guard(cover, letter)),
        (Request.DEADLINE_PART, _list((Request.DEADLINE, letter.safe), tongue)),
    )
    sections = tuple(
        Section(str(at), tell(title, tongue), blocks) for at, (title, blocks) in enumerate(parts, 1)
    )
    return begin(
        cover,
        DocumentKind.REQUEST,
        title="",
        subject="",
        regarding=tell(Request.REGARDING, tongue, what=subject),
        opening=(Paragraph(_name(cover, letter.opening)),),
        sections=sections,
        closing=(
            Paragraph(tell(Request.CONTACT, tongue, agency=agency)),
            Paragraph(tell(Request.THANKS, tongue, whom=_name(cover, letter.whom))),
        ),
    )


def _name(cover: Cover, term: Term) -> str:
    """Return a sentence with what offices and programme are called on the day."""
    tongue, offices = cover.language, cover.offices
    return tell(
        term,
        tongue,
        basis=cover.basis,
        agency=cover.agency,
        programme=name_programme(cover),
        communes=offices.format(OfficeWord.COMMUNE_COMMITTEES, tongue),
        area=offices.name_area(tongue),
    )


def _ask(letter: Letter, language: str) -> tuple[Block, ...]:
    """Return the forms that are attached, each with what must be known of it first."""
    forms = [TEMPLATES[kind] for kind in letter.kinds]
    return tuple(
        Bullet(
            tell(
                Request.FORM,
                language,
                number=f"{form.number:02d}",
                title=form.title.capitalize(),
                advice=form.advice[-1] if form.kind == "hamlets" else form.advice[0],
            )
        )
        for form in forms
    )


def _guard(cover: Cover, letter: Letter) -> tuple[Block, ...]:
    """Return how the data are guarded: an operator's as its own, persons' under the law of the day."""
    tongue = cover.language
    if letter.guard:
        return _list(letter.guard, tongue)
    law = tell(find_law(cover.dated), tongue)
    return (
        Paragraph(tell(Privacy.LAW, tongue, law=law)),
        *_list((Privacy.PURPOSE, Privacy.CHILDREN, Privacy.PSEUDONYM), tongue),
        Bullet(tell(Privacy.WITHDRAW, tongue, agency=cover.agency)),
    )


def _list(lines: Sequence[Term], language: str) -> tuple[Block, ...]:
    """Return sentences as the items of a list."""
    return tuple(Bullet(tell(line, language)) for line in lines)
