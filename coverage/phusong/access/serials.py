"""Serial numbers of devices as the book knows them: by keyed hash, never as they stand on the device."""

from __future__ import annotations

from phusong.access.desk import Desk
from phusong.intake.veiling import SERIAL, seal_text
from phusong.persons.keys import open_key
from phusong.pipeline.settings import find_living


def hash_serial(desk: Desk, text: str) -> str:
    """Return the keyed hash of a device's serial number.

    Parameters
    ----------
    desk : where the province's key is.
    text : as it stands on the device; spaces and case do not matter.
    """
    path = find_living(desk.folder, "key", desk.province_file)
    return seal_text(open_key(path), SERIAL, text)
