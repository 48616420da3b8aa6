"""
Tesseract, where it is installed as a program of the system.

It runs confined (`foundation/programs.py`): it gets pixels through a pipe, reads its own language
files, and writes words to another pipe.
"""

from __future__ import annotations

import os
import shutil
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np

from concilia.documents.core.parsed import Picture, SeenPage
from concilia.documents.ports import RecognitionFailed
from concilia.foundation.programs import ProgramFailed, run_confined

PROGRAM: Final = "tesseract"
LANGUAGES: Final = ("ita", "fra", "spa", "deu", "eng")
ORIENTATION: Final = "osd"
FOLDERS: Final = ("/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/local/share/tessdata")
# One thread: on a busy machine several wait for each other four times as long.
ENVIRONMENT: Final = {"OMP_THREAD_LIMIT": "1"}
POINTS: Final = 72
WORD: Final = "5"  # the level of words in its table
COLUMNS: Final = 12
CONFIDENCE_MIN: Final = 30.0
TURN_CONFIDENCE_MIN: Final = 2.0
RULES: Final = "|_—–-=~.·"  # what lines between cells are taken for


class TesseractRecogniser:
    """Five languages at once, as far as they are installed."""

    def is_ready(self) -> bool:
        """Whether the program and at least one language are there."""
        return self._program is not None and bool(self._languages)

    def recognise(self, picture: Picture) -> SeenPage:
        """Return the words of a page; one that lies on its side or its head is turned first."""
        upright = self._turned(picture)
        languages = "+".join(self._languages)
        table = self._run(upright, "-l", languages, "--psm", "3", "tsv")
        scale = POINTS / upright.dpi
        words = tuple(_words(table, scale))
        return SeenPage(upright.width * scale, upright.height * scale, words)

    @cached_property
    def _program(self) -> str | None:
        found = shutil.which(PROGRAM)
        return str(Path(found).resolve()) if found else None

    @cached_property
    def _folder(self) -> Path | None:
        named = os.environ.get("TESSDATA_PREFIX")
        places = [Path(each) for each in ((named,) if named else FOLDERS)]
        files = (file for place in places for file in place.glob("**/*.traineddata"))
        return next((file.parent for file in sorted(files)), None)

    @cached_property
    def _languages(self) -> tuple[str, ...]:
        return tuple(each for each in LANGUAGES if self._has(each))

    def _has(self, language: str) -> bool:
        return self._folder is not None and (self._folder / f"{language}.traineddata").is_file()

    def _turned(self, picture: Picture) -> Picture:
        """Ask which way is up; a picture with too few words for an answer stays as it is."""
        if not self._has(ORIENTATION):
            return picture
        try:
            said = self._run(picture, "-l", ORIENTATION, "--psm", "0")
        except RecognitionFailed:
            return picture
        values = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
        try:
            sure = float(values["Orientation confidence"])
            quarters = int(values["Rotate"]) // 90
        except (KeyError, ValueError):
            return picture
        if not quarters or sure < TURN_CONFIDENCE_MIN:
            return picture
        grey = np.frombuffer(picture.pixels, np.uint8).reshape(picture.height, picture.width)
        turned = np.ascontiguousarray(np.rot90(grey, -quarters))
        height, width = turned.shape
        return Picture(width, height, picture.dpi, turned.tobytes())

    def _run(self, picture: Picture, *arguments: str) -> str:
        assert self._program is not None
        assert self._folder is not None
        if len(picture.pixels) != picture.width * picture.height:
            raise RecognitionFailed("not a picture")
        command = [self._program, "stdin", "stdout", "--tessdata-dir", str(self._folder)]
        command += ["--dpi", str(picture.dpi), *arguments]
        head = f"P5\n{picture.width} {picture.height}\n255\n".encode()
        try:
            said = run_confined(
                command,
                head + picture.pixels,
                readable=[str(self._folder)],
                environment=ENVIRONMENT,
            )
        except ProgramFailed as error:
            raise RecognitionFailed(f"text recognition: {error}") from error
        return said.decode("utf-8", "replace")


def _words(table: str, scale: float) -> list[tuple[str, float, float, float, float]]:
    words = []
    for line in table.splitlines()[1:]:
        cells = line.split("\t")
        if len(cells) != COLUMNS or cells[0] != WORD or not cells[11].strip(f" {RULES}"):
            continue
        try:
            left, top, width, height = (int(cell) * scale for cell in cells[6:10])
            sure = float(cells[10])
        except ValueError:
            continue
        if sure >= CONFIDENCE_MIN:
            words.append((cells[11].strip(), left, top, left + width, top + height))
    return words
