"""How colours look to an eye that lacks one kind of cone, and how far apart two colours are.

Simulation: Machado, Oliveira and Fernandes (2009), doi:10.1109/TVCG.2009.113, severity 1.0, in linear
sRGB. Distance: CIEDE2000 as in Sharma, Wu and Dalal (2005), doi:10.1002/col.20070.
"""

import numpy as np

EYES = {
    "typical": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def seen(colour, eye):
    """CIELAB of `#rrggbb` as an eye sees it."""
    srgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(EYES[eye] @ linear, 0, 1) / WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one, other):
    """CIEDE2000 between two colours in CIELAB."""
    (L1, a1, b1), (L2, a2, b2) = one, other
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    G = 0.5 * (1 - np.sqrt(mean**7 / (mean**7 + 25.0**7)))
    C1, C2 = np.hypot(a1 * (1 + G), b1), np.hypot(a2 * (1 + G), b2)
    h1, h2 = (np.degrees(np.arctan2(b, a * (1 + G))) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn, middle = _hues(h1, h2, C1 * C2)
    dH = 2 * np.sqrt(C1 * C2) * np.sin(np.radians(turn / 2))
    L, C = (L1 + L2) / 2, (C1 + C2) / 2
    T = (
        1
        - 0.17 * np.cos(np.radians(middle - 30))
        + 0.24 * np.cos(np.radians(2 * middle))
        + 0.32 * np.cos(np.radians(3 * middle + 6))
        - 0.20 * np.cos(np.radians(4 * middle - 63))
    )
    SL = 1 + 0.015 * (L - 50) ** 2 / np.sqrt(20 + (L - 50) ** 2)
    SC, SH = 1 + 0.045 * C, 1 + 0.015 * C * T
    twist = np.radians(60 * np.exp(-(((middle - 275) / 25) ** 2)))
    RT = -2 * np.sqrt(C**7 / (C**7 + 25.0**7)) * np.sin(twist)
    light, chroma, hue = (L2 - L1) / SL, (C2 - C1) / SC, dH / SH
    return float(np.sqrt(light**2 + chroma**2 + hue**2 + RT * chroma * hue))


def _hues(h1, h2, product):
    """The turn from one hue to the other, and the hue between them [degrees]."""
    if product == 0:
        return 0.0, h1 + h2
    turn = (h2 - h1 + 180) % 360 - 180
    total = h1 + h2
    if abs(h1 - h2) > 180:
        total += 360 if total < 360 else -360
    return turn, total / 2
