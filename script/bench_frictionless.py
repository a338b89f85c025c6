"""Check the workbooks of a folder with frictionless, as script/bench_evidence.py describes them; count what it finds.

Run by script/bench in an environment of its own; normtool never imports frictionless.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from frictionless import Resource, Schema
from frictionless.formats import ExcelControl


def main(folder: Path) -> None:
    found = 0
    for description in sorted(folder.glob("*.json")):
        for sheet in json.loads(description.read_text(encoding="utf-8")):
            resource = Resource(
                path=f"{description.stem}.xlsx",
                basepath=str(folder),
                schema=Schema.from_descriptor(sheet["schema"]),
                control=ExcelControl(sheet=sheet["sheet"]),
            )
            report = resource.validate(limit_errors=1_000_000)
            found += sum(task.stats["errors"] for task in report.tasks)
    print(found)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
