"""The Vietnamese script itself: legacy fonts, tones, search keys, collation.

Text in, text out; nothing here knows a commune or a pupil. A file's bytes go through ``detection`` and
``legacy``, a name through ``keys`` to be found and through ``collation`` to be listed.
"""

from phusong.vietnamese.collation import sort_key
from phusong.vietnamese.detection import Guess, Repair, guess_encoding, guess_repair, score
from phusong.vietnamese.keys import base_key, base_keys, normalise, search_key, tone_key
from phusong.vietnamese.keystrokes import type_telex, type_viqr, type_vni
from phusong.vietnamese.legacy import ENCODINGS, decode, repair
from phusong.vietnamese.mojibake import Mended, mend_utf8
from phusong.vietnamese.numbers import parse_number
from phusong.vietnamese.tones import Syllable, is_syllable, place_tone, split_syllable

__all__ = [
    "ENCODINGS",
    "Guess",
    "Mended",
    "Repair",
    "Syllable",
    "base_key",
    "base_keys",
    "decode",
    "guess_encoding",
    "guess_repair",
    "is_syllable",
    "mend_utf8",
    "normalise",
    "parse_number",
    "place_tone",
    "repair",
    "score",
    "search_key",
    "sort_key",
    "split_syllable",
    "tone_key",
    "type_telex",
    "type_viqr",
    "type_vni",
]
