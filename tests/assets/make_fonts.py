"""Make ``resources/fonts`` and ``resources/icons`` from the packages that are named here.

Run once, when a version or a weight changes: ``python make_fonts.py PACKAGES OUT`` where PACKAGES
holds the archives that ``npm pack NAME@VERSION`` wrote. It needs fontTools and brotli, which the
program does not. Fonts are unpacked from WOFF2 to TTF unchanged: "Plex" is a reserved name, so a
subset would have to be called something else.
"""

from __future__ import annotations

import argparse
import io
import sys
import tarfile
from pathlib import Path

LIMIT = 400_000
"""Bytes of one font file at most."""

FONTS = {  # package, version -> family part of the file names, weights
    ("ibm-plex-sans", "1.1.0"): ("IBMPlexSans", ("Regular", "Medium", "SemiBold", "Bold")),
    ("ibm-plex-sans-condensed", "2.0.0"): ("IBMPlexSansCondensed", ("Regular", "SemiBold")),
    ("ibm-plex-sans-arabic", "1.1.0"): ("IBMPlexSansArabic", ("Regular", "SemiBold")),
    ("ibm-plex-sans-devanagari", "1.1.0"): ("IBMPlexSansDevanagari", ("Regular", "SemiBold")),
    ("ibm-plex-sans-hebrew", "1.1.0"): ("IBMPlexSansHebrew", ("Regular", "SemiBold")),
    ("ibm-plex-sans-thai", "1.1.0"): ("IBMPlexSansThai", ("Regular", "SemiBold")),
}
ICONS = ("lucide-static", "1.62.0")


def _read(archive: Path, name: str) -> bytes:
    with tarfile.open(archive) as files:
        member = files.extractfile(f"package/{name}")
        if member is None:
            raise FileNotFoundError(f"{name} in {archive}")
        return member.read()


def unpack_fonts(packages: Path, out: Path) -> None:
    """Write every font of ``FONTS`` as TTF, and the licence beside them."""
    from fontTools.ttLib import TTFont  # only this script needs it

    out.mkdir(parents=True, exist_ok=True)
    for (package, version), (family, weights) in FONTS.items():
        archive = packages / f"{package}-{version}.tgz"
        for weight in weights:
            packed = _read(archive, f"fonts/complete/woff2/{family}-{weight}.woff2")
            font = TTFont(io.BytesIO(packed), recalcTimestamp=False)
            font.flavor = None
            target = out / f"{family}-{weight}.ttf"
            font.save(target)
            if target.stat().st_size > LIMIT:
                raise ValueError(f"{target} is larger than {LIMIT} bytes")
    (out / "OFL.txt").write_bytes(_read(packages / "ibm-plex-sans-1.1.0.tgz", "LICENSE.txt"))


def unpack_icons(packages: Path, out: Path, names: list[str]) -> None:
    """Write the icons called ``names`` as SVG, unchanged, and the licence beside them."""
    out.mkdir(parents=True, exist_ok=True)
    archive = packages / f"{ICONS[0]}-{ICONS[1]}.tgz"
    for name in names:
        (out / f"{name}.svg").write_bytes(_read(archive, f"icons/{name}.svg"))
    (out / "LICENSE").write_bytes(_read(archive, "LICENSE"))


def main() -> int:
    """Unpack what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", type=Path)
    parser.add_argument("out", type=Path, help="the folder that holds fonts/ and icons/")
    parser.add_argument("--icons", nargs="*", default=None, help="names; default: those there now")
    chosen = parser.parse_args()
    unpack_fonts(chosen.packages, chosen.out / "fonts")
    icons = chosen.icons or [f.stem for f in sorted((chosen.out / "icons").glob("*.svg"))]
    unpack_icons(chosen.packages, chosen.out / "icons", icons)
    return 0


if __name__ == "__main__":
    sys.exit(main())
