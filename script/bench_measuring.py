"""How the benches measure: contenders by turns in this process, or whole commands with their memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from normtool.core.standards import Framework
from normtool.files.standards_yaml import load_framework
from normtool.resources import data_dir

START = "from normtool.cli import main; main()"


def built_in() -> Framework:
    """The built-in norms.

    Raises:
        SystemExit: they cannot be read.
    """
    framework, _ = load_framework(data_dir("standards") / "netwerknormering-voorbeeld")
    if framework is None:
        raise SystemExit("the norms cannot be read; run script/test first")
    return framework


def compare(name: str, target: str, *contenders: tuple[str, Callable[[], object]], rounds: int) -> None:
    """Time contenders by turns and print the median of each as a ratio of the last one (the peer)."""
    times: dict[str, list[float]] = {label: [] for label, _ in contenders}
    for _ in range(rounds):
        for label, run in contenders:
            start = time.perf_counter()
            run()
            times[label].append(time.perf_counter() - start)
    peer = contenders[-1][0]
    floor = statistics.median(times[peer])
    print(f"\n{name}  (target: {target}; {rounds} rounds by turns)")
    for label, measured in times.items():
        middle = statistics.median(measured)
        spread = f"{min(measured) * 1000:.1f} to {max(measured) * 1000:.1f}"
        print(f"  {label:<34} {middle * 1000:9.1f} ms  x {middle / floor:5.2f}   ({spread})")


def process(*arguments: str) -> Callable[[], object]:
    """A whole process, from start to exit."""
    return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def program(*arguments: str) -> list[str]:
    """The command that runs a verb of the program."""
    return [sys.executable, "-c", START, *arguments]


class Measured:
    """A command that is run several times: its wall and processor times, its largest memory, all its processes.

    What it prints and its last exit code are kept for whoever wants to know that it did what it was asked.
    """

    def __init__(self, label: str) -> None:
        self.label = label
        self.seconds: list[float] = []
        self.processor: list[float] = []
        self.megabytes = 0.0
        self.code = 0

    def run(self, command: list[str]) -> str:
        """Run it once; gives what it printed."""
        start = time.perf_counter()
        with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
            child = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(child.pid, 0)
            self.code = child.returncode = os.waitstatus_to_exitcode(status)
            self.seconds.append(time.perf_counter() - start)
            self.processor.append(usage.ru_utime + usage.ru_stime)
            self.megabytes = max(self.megabytes, usage.ru_maxrss / 1024)
            output.seek(0)
            return output.read()

    def against(self, peer: Measured) -> str:
        """One line: median, ratio, spread; the ratios of the fastest runs, which others on the machine touch least,
        and of the processor time; memory."""
        ratio = statistics.median(self.seconds) / statistics.median(peer.seconds)
        fastest = min(self.seconds) / min(peer.seconds)
        busy = min(self.processor) / min(peer.processor)
        spread = (
            f"{min(self.seconds):.2f} to {max(self.seconds):.2f}; fastest x {fastest:.2f}, processor x {busy:.2f}"
        )
        middle = statistics.median(self.seconds)
        return f"  {self.label:<24} {middle:7.2f} s  x {ratio:5.2f}   ({spread})  {self.megabytes:6.0f} MB  "
