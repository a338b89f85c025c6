"""Make one case again and show what is wrong with it: `python -m tests.planting NAME [FOLDER]`."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.planting.comparing import differences, line_of, report
from tests.planting.dealing import named, plant, save_all


def main(name: str, folder: Path) -> str:
    """What was planted in a case, what the program says of it, and where the two differ."""
    case = named(name)
    save_all([case], folder)
    planted = plant(case)
    paths = [folder / file for file in planted.files]
    told = "\n".join(" ".join(line_of(item)) for item in report(*paths))
    planned = f"planted: {', '.join(planted.kinds)}\nshapes: {', '.join(planted.shapes)}"
    return f"{planned}\n{told}\n{differences(planted, folder) or 'as it should be'}\n"


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.stdout.write(main(sys.argv[1], Path(sys.argv[2])))
    else:
        with TemporaryDirectory() as folder:
            sys.stdout.write(main(sys.argv[1], Path(folder)))
