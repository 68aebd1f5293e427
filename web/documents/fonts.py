"""The Chinese font of certificates, set up beside the code by `make set-up`; without it the hub runs and says what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "font" / "dist"
REGULAR, BOLD = "NotoSerifSC_400Regular.ttf", "NotoSerifSC_700Bold.ttf"
MENDED_BY = "make fonts"


@dataclass(frozen=True, slots=True)
class Fonts:
    """Noto Serif SC (SIL Open Font License 1.1), of which a certificate carries the signs it shows."""

    folder: Path = FOLDER

    @property
    def regular(self) -> Path:
        """The font of text."""
        return self.folder / REGULAR

    @property
    def bold(self) -> Path:
        """The font of names and headings."""
        return self.folder / BOLD

    @property
    def is_there(self) -> bool:
        """Whether both can be read."""
        return self.regular.is_file() and self.bold.is_file()
