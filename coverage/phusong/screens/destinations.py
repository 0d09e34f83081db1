"""Where somebody is going: a page of ours with parameters that we know, and nowhere else."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

from phusong.screens.contents import PAGES
from phusong.screens.speech import LANGUAGES

FIRST_PAGE = "/"
#: What an address bar says of a place, by code and never by anybody's name.
PLACE_PARAMETERS = ("commune", "hamlet", "school")
LANGUAGE_PARAMETER = "lang"
LONGEST = 500
#: What codes are made of; with the same sense as the address bar's own in `phusong.screens.place`.
_CODE = re.compile(r"[A-Za-z0-9_.:-]{1,40}")


def clean_destination(address: str) -> str:
    """Return a page of this server with its query; the first page where it is none of ours.

    Parameters
    ----------
    address : path and query, as a browser sent them; what is not known of the query is left out.
    """
    path, _, query = address.partition("?")
    known = path == FIRST_PAGE or path in {f"/{page.name}" for page in PAGES}
    if not known or len(address) > LONGEST:
        return FIRST_PAGE
    kept = {name: value for name, value in parse_qsl(query) if _is_known(name, value)}
    return f"{path}?{urlencode(kept)}" if kept else path


def _is_known(name: str, value: str) -> bool:
    """Say whether a parameter is one of ours, with a value that it may have."""
    if name == LANGUAGE_PARAMETER:
        return value in LANGUAGES
    return name in PLACE_PARAMETERS and _CODE.fullmatch(value) is not None


def find_language(destination: str) -> str:
    """Find the language in which a destination is to be shown; empty where it does not say."""
    return dict(parse_qsl(destination.partition("?")[2])).get(LANGUAGE_PARAMETER, "")


def add_language(destination: str, language: str) -> str:
    """Return a destination that is shown in a language.

    Parameters
    ----------
    destination : from `clean_destination`.
    language : one that the screens speak.
    """
    path, _, query = destination.partition("?")
    return f"{path}?{urlencode({**dict(parse_qsl(query)), LANGUAGE_PARAMETER: language})}"


def names_place(destination: str) -> bool:
    """Say whether a destination names a page or a place that is lost if it is not kept."""
    path, _, query = destination.partition("?")
    return path != FIRST_PAGE or any(name in PLACE_PARAMETERS for name, _ in parse_qsl(query))
