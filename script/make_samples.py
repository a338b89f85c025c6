"""Makes sample_data from script/samples: writes the form, fills it in as a person would, saves stable bytes.

Run from anywhere: python script/make_samples.py [FOLDER]. Twice gives the same files.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from normtool.files.standards_yaml import load_framework  # noqa: E402
from script.samples.faults import fault_list, load_faults, seed  # noqa: E402
from script.samples.filling import load_sample, make_workbook  # noqa: E402
from script.samples.stable_bytes import saved  # noqa: E402

DATA = ROOT / "script" / "samples"
TARGET = ROOT / "sample_data"
STANDARDS = ROOT / "standards" / "netwerknormering-voorbeeld"
FAULTS = "fouten.yaml"
NETWORKS = "netwerken.yaml"
"""A registry of networks; it goes to the folder of its region as it is."""


def make_all() -> dict[str, bytes]:
    """Every generated file of sample_data by its path within it.

    Raises:
        ValueError: the norms in the repository have errors.
    """
    framework, found = load_framework(STANDARDS)
    if framework is None:
        raise ValueError(f"{STANDARDS}: {found}")
    samples = [load_sample(path) for path in sorted(DATA.rglob("*.yaml")) if path.name not in (FAULTS, NETWORKS)]
    files = {sample.file: saved(make_workbook(framework, sample), sample.network["Toetsjaar"]) for sample in samples}
    base, network, faults = load_faults(DATA / FAULTS)
    sample = next(item for item in samples if item.file == base)
    changed = replace(sample, file="fictional/fouten-2026.xlsx", network={**sample.network, **network})
    book = make_workbook(framework, changed)
    seeded = seed(book, faults)
    files[changed.file] = saved(book, sample.network["Toetsjaar"])
    files |= {f"fictional/{path.parent.name}/{NETWORKS}": path.read_bytes() for path in DATA.rglob(NETWORKS)}
    files["fictional/fouten-2026.md"] = fault_list(seeded, "fouten-2026.xlsx").encode()
    return files


def main(arguments: list[str]) -> None:
    target = Path(arguments[0]) if arguments else TARGET
    for name, content in make_all().items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"{path} ({len(content):,} bytes)")


if __name__ == "__main__":
    main(sys.argv[1:])
