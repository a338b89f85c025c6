"""Writing files: whole or not at all, and nothing overwritten unless asked."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from normtool.files.interruptions import uninterrupted


class OutputError(Exception):
    """Something could not be written. `reason` is a key in words/*/output.yaml, `path` what it is about."""

    def __init__(self, reason: str, path: Path) -> None:
        super().__init__(f"{reason}: {path}")
        self.reason = reason
        self.path = path


REASONS = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EACCES: "not_allowed",
    errno.EPERM: "not_allowed",
    errno.EROFS: "not_allowed",
    errno.ENOTDIR: "not_a_folder",
    errno.EEXIST: "not_a_folder",
    errno.ENAMETOOLONG: "name_too_long",
}


def check_target(folder: Path, names: tuple[str, ...], *, force: bool) -> None:
    """Refuse before any work is done when a file is in the way or the folder cannot be one.

    Raises:
        OutputError: with the reason.
    """
    try:
        _check_folder(folder)
        for parent in dict.fromkeys((folder / name).parent for name in names):
            _check_folder(parent)
        for name in names:
            target = folder / name
            if target.is_dir():
                raise OutputError("is_a_folder", target)
            if target.exists() and not force:
                raise OutputError("exists", target)
    except OSError as error:
        raise OutputError(_reason(error), folder) from error


def _check_folder(folder: Path) -> None:
    nearest = folder
    while not nearest.exists() and nearest.parent != nearest:
        nearest = nearest.parent
    if not nearest.is_dir():
        raise OutputError("not_a_folder", nearest)


def write_files(folder: Path, files: Mapping[str, bytes], *, force: bool) -> tuple[Path, ...]:
    """Write all files, or none: each beside its place under a temporary name, then renamed.

    A name may have a folder before it (`onf-2026/dossier.json`). Folders that had to be made are removed again when
    the writing fails.

    Raises:
        OutputError: with the reason.
    """
    check_target(folder, tuple(files), force=force)
    made = _make_folder(folder)
    waiting: dict[Path, Path] = {}
    try:
        for name, data in files.items():
            target = folder / name
            made[:0] = _make_folder(target.parent)
            waiting[target] = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
            _write(waiting[target], data)
        with uninterrupted():
            for target, temporary in waiting.items():
                temporary.replace(target)
    except OSError as error:
        _clean_up(waiting.values(), made)
        raise OutputError(_reason(error), folder) from error
    except BaseException:
        _clean_up(waiting.values(), made)
        raise
    return tuple(waiting)


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder with the ones above it; the ones that were not there before, deepest first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _remove_folders(missing)
        raise OutputError(_reason(error), folder) from error
    return missing


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _clean_up(temporaries: Iterable[Path], made: list[Path]) -> None:
    for path in temporaries:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
    _remove_folders(made)


def _remove_folders(folders: list[Path]) -> None:
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _reason(error: OSError) -> str:
    return REASONS.get(error.errno or 0, "failed")
