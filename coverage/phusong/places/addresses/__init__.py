"""Addresses that find their hamlet, or say honestly that they cannot.

An address is cleaned, cut into fields (a name and the kind before it), and the fields are given their roles
from the large to the small. The commune is chosen in the edition that the text speaks of and is never
changed silently; the hamlet is looked for inside it alone.
"""

from phusong.places.addresses.gazetteer import (
    Gazetteer,
    gazetteer_from_hamlets,
    make_gazetteer,
)
from phusong.places.addresses.matching import match_addresses
from phusong.places.addresses.reading import COLUMNS as ADDRESS_COLUMNS

__all__ = [
    "ADDRESS_COLUMNS",
    "Gazetteer",
    "gazetteer_from_hamlets",
    "make_gazetteer",
    "match_addresses",
]
