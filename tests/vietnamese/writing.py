"""How Vietnamese was written before Unicode, the other way round: text to bytes, syllables to keys."""

import re
import unicodedata

from hypothesis import strategies as st

from phusong.vietnamese import tcvn3, viscii
from phusong.vietnamese.alphabet import TONE_MARKS, list_tones, set_tone, strip_tones
from phusong.vietnamese.orthography import allowed_tones, shapes
from phusong.vietnamese.tones import place_tone

#: The VNI table by hand: each small letter, and what a VNI font writes for it.
VNI_TABLE = """
à aø ả aû ã aõ á aù ạ aï   ă aê ằ aè ẳ aú ẵ aü ắ aé ặ aë   â aâ ầ aà ẩ aå ẫ aã ấ aá ậ aä
è eø ẻ eû ẽ eõ é eù ẹ eï   ê eâ ề eà ể eå ễ eã ế eá ệ eä   ì ì ỉ æ ĩ ó í í ị ò
ò oø ỏ oû õ oõ ó où ọ oï   ô oâ ồ oà ổ oå ỗ oã ố oá ộ oä   ơ ô ờ ôø ở ôû ỡ ôõ ớ ôù ợ ôï
ù uø ủ uû ũ uõ ú uù ụ uï   ư ö ừ öø ử öû ữ öõ ứ öù ự öï   ỳ yø ỷ yû ỹ yõ ý yù ỵ î   đ ñ
"""
VNI = dict(re.findall(r"(\S+) (\S+)", VNI_TABLE))
VNI |= {letter.upper(): shown.upper() for letter, shown in VNI.items()}

TCVN3 = {letter: byte for byte, letter in tcvn3.CONTROL_CAPITALS.items()}
TCVN3 |= {letter: byte for byte, letter in tcvn3.BYTE_LETTERS.items()}
VISCII = {letter: byte for byte, letter in viscii.BYTE_LETTERS.items()}

SHAPE_MARKS = {"\u0302": "^", "\u0306": "(", "\u031b": "+"}
TELEX_MARKS = {"\u0306": "w", "\u031b": "w"}
VNI_MARKS = {"\u0302": "6", "\u0306": "8", "\u031b": "7"}


def write_cp1258(letter: str) -> bytes:
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        return (strip_tones(letter) + TONE_MARKS[list_tones(letter)[0]]).encode("cp1258")


def write(text: str, encoding: str) -> bytes:
    """Return text as an office of the 1990s saved it."""
    if encoding == "vni":
        return "".join(VNI.get(letter, letter) for letter in text).encode("cp1252")
    if encoding == "cp1258":
        return b"".join(map(write_cp1258, text))
    table = {"tcvn3": TCVN3, "viscii": VISCII}.get(encoding)
    if table is None:
        return text.encode(encoding)
    return bytes(table.get(letter, ord(letter)) for letter in text)


def show(data: bytes) -> str:
    """Return bytes as a careful reader of Windows-1252 shows them."""
    return "".join(
        chr(byte) if byte in b"\x81\x8d\x8f\x90\x9d" else bytes([byte]).decode("cp1252")
        for byte in data
    )


def spell_letters(toneless: str, marks: dict[str, str]) -> str:
    """Return letters with the key of its mark behind each vowel; â is aa in Telex."""
    keys = ""
    for sign in unicodedata.normalize("NFD", toneless):
        keys += marks.get(sign, keys[-1:] if sign == "\u0302" else sign)
    return keys


def type_keys(syllable: str, method: str) -> str:
    """Return the keys that a careful typist presses for a small syllable."""
    toneless, tones = strip_tones(syllable), list_tones(syllable)
    tone = tones[0] if tones else 0
    if method == "telex":
        return spell_letters(toneless, TELEX_MARKS).replace("đ", "dd") + ["", *"frxsj"][tone]
    if method == "vni":
        return spell_letters(toneless, VNI_MARKS).replace("đ", "d9") + ["", *"23415"][tone]
    keys = ""
    for letter in syllable:
        keys += spell_letters(strip_tones(letter), SHAPE_MARKS).replace("đ", "dd")
        keys += ["", *"`?~'."][list_tones(letter)[0]] if list_tones(letter) else ""
    return keys


def list_syllables():
    """Yield every possible syllable, small, its tone in the new place."""
    for letters, shape in shapes().items():
        at = len(shape.onset) + len(shape.medial)
        for tone in allowed_tones(shape):
            yield place_tone(letters[:at] + set_tone(letters[at], tone) + letters[at + 1 :])


SYLLABLES = list(list_syllables())
syllables = st.sampled_from(SYLLABLES)
cases = st.sampled_from([str, str.capitalize])
cased_syllables = st.builds(lambda word, case: case(word), syllables, cases | st.just(str.upper))
#: Names as people write them: small words, and words headed by a capital.
named = st.builds(lambda word, case: case(word), syllables, cases)
names = st.lists(named, min_size=1, max_size=6).map(" ".join)
