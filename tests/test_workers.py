"""Work shared by several processes: what comes of each task, where it is done, and what is left behind."""

from __future__ import annotations

import gc
import os
from contextlib import closing
from pathlib import Path

import pytest

from normtool.app import workers
from normtool.app.losses import KILLED, Lost


def done_by(task: object) -> tuple[object, int]:
    """A task, and the process that did it."""
    return task, os.getpid()


def dies_of_two(task: object) -> object:
    """The work of which the second task ends the process."""
    if task == 2:
        os._exit(1)
    return task


def results(work: workers.Work, jobs: int, method: str, monkeypatch: pytest.MonkeyPatch) -> dict[int, object]:
    monkeypatch.setattr(workers, "start_method", lambda: method)
    with closing(workers.work_through((1, 2, 3, 4), work, jobs)) as found:
        return dict(found)


@pytest.mark.parametrize(("method", "processes"), [(workers.FORK, {4}), (workers.SPAWN, {1, 2})])
def test_a_fork_does_one_task_and_a_new_interpreter_several(
    method: str, processes: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = results(done_by, 2, method, monkeypatch)
    told = [value for value in found.values() if isinstance(value, tuple)]
    assert {number: value[0] for number, value in zip(found, told, strict=True)} == {0: 1, 1: 2, 2: 3, 3: 4}
    assert len({value[1] for value in told}) in processes
    assert os.getpid() not in {value[1] for value in told}


@pytest.mark.parametrize("method", [workers.FORK, workers.SPAWN])
def test_a_worker_that_dies_costs_its_task_only(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert results(dies_of_two, 2, method, monkeypatch) == {0: 1, 1: Lost(reason=KILLED), 2: 3, 3: 4}


def test_no_process_is_left_and_the_collector_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    before = children.read_text(encoding="ascii") if children.exists() else ""
    results(done_by, 2, workers.FORK, monkeypatch)
    assert gc.get_freeze_count() == 0
    assert (children.read_text(encoding="ascii") if children.exists() else "") == before


def test_alone_everything_is_done_here_in_order() -> None:
    with closing(workers.work_through((1, 2, 3), done_by, 1)) as found:
        assert list(found) == [(number, (number + 1, os.getpid())) for number in range(3)]
