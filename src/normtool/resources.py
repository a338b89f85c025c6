"""Where the data folders live, in a wheel and in a checkout; nothing else knows."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def data_dir(name: str) -> Path:
    """The folder `standards`, `templates` or `sample_data`.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    packaged = PACKAGE / name
    checkout = PACKAGE.parent.parent / name
    for folder in (packaged, checkout):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the data folder {name!r} is missing from this installation")


def words_dir(language: str) -> Path:
    """The folder with every sentence the program can say in this language."""
    return PACKAGE / "words" / language


def schemas() -> dict[str, str]:
    """The JSON Schemas that are written by hand, by name: those of norms and dossiers are made from their types."""
    found = sorted((PACKAGE / "schemas").glob("*.schema.json"))
    return {path.name.removesuffix(".schema.json"): path.read_text(encoding="utf-8") for path in found}
