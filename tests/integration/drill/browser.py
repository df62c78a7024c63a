# Copyright (c) 2026, netops.floating_ip contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A real browser without a screen, and what its pictures show."""

from __future__ import annotations

import pathlib
import shutil
import struct
import subprocess
import tempfile
import zlib
from collections import Counter

PICTURES = pathlib.Path(__file__).resolve().parents[3] / ".cache" / "drill"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
MISSING = "CHROMIUM IS MISSING, so nobody has seen the drill's page: apt-get install chromium"
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--hide-scrollbars", "--force-color-profile=srgb"),
)
WIDTH, HEIGHT = 1000, 900


def browse(page: pathlib.Path, *options: str) -> None:
    """Open a page from a file, with a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        command = [str(BROWSER), *QUIET, f"--user-data-dir={profile}", *options, page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=300)


def picture(
    page: pathlib.Path, name: str, *options: str, size: tuple[int, int] = (WIDTH, HEIGHT)
) -> bytes:
    """A PNG of the page's top, which stays in PICTURES."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    file = PICTURES / f"{name}.png"
    file.unlink(missing_ok=True)
    browse(page, f"--window-size={size[0]},{size[1]}", f"--screenshot={file}", *options)
    return file.read_bytes()


def rows(png: bytes) -> list[bytes]:
    """The lines of a picture as the file has them: those of the same look may differ, not others'.

    Of a PNG with eight bits a channel and no palette; the first byte of each says how it is kept.
    """
    data = zlib.decompress(b"".join(_chunks(png)))
    length = size_of(png)[0] * channels_of(png) + 1
    return [data[start : start + length] for start in range(0, len(data), length)]


def size_of(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack("!II", png[16:24])
    return width, height


def channels_of(png: bytes) -> int:
    depth, kind = png[24:26]
    assert depth == 8
    return {2: 3, 6: 4}[kind]


def colours(png: bytes) -> Counter[tuple[int, ...]]:
    """How many pixels of every eighth line have which colour."""
    channels = channels_of(png)
    found: Counter[tuple[int, ...]] = Counter()
    before = bytearray(size_of(png)[0] * channels)
    for number, row in enumerate(rows(png)):
        line = bytearray(row[1:])
        _unfilter(line, before, row[0], channels)
        before = line
        if number % 8 == 0:
            found.update(zip(line[0::channels], line[1::channels], line[2::channels], strict=True))
    return found


def _chunks(png: bytes) -> list[bytes]:
    """The image data's chunks."""
    at, found = 8, []
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"IDAT":
            found.append(png[at + 8 : at + 8 + length])
        at += length + 12
    return found


def _unfilter(line: bytearray, above: bytearray, kind: int, step: int) -> None:
    for n in range(len(line)) if kind else ():
        left = line[n - step] if n >= step else 0
        corner = above[n - step] if n >= step else 0
        guess = (0, left, above[n], (left + above[n]) // 2, _paeth(left, above[n], corner))[kind]
        line[n] = (line[n] + guess) & 0xFF


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))
