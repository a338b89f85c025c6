"""Making the documents of one or more dossiers, here or by several workers at once.

What is made does not depend on who makes it: a document follows from its dossier, its kind and the language.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing, nullcontext, redirect_stdout, suppress
from dataclasses import dataclass
from importlib import import_module
from io import StringIO

from normtool.app.delivering import Plan
from normtool.app.losses import Lost
from normtool.app.making import DOCUMENTS, Stored, render_document
from normtool.app.reading import Common
from normtool.app.workers import FORK, cores, start_method, work_through
from normtool.texts import Words

PDF = "pdf"
LOADED = {
    "html": ("normtool.documents.pages",),
    "xlsx": ("normtool.documents.board_xlsx",),
    PDF: ("normtool.documents.pages", "weasyprint"),
}
"""What making a kind of document imports, as far as it takes time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Documents of one plan that are made in one go; `plan` is its number."""

    plan: int
    stored: Stored
    kinds: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The documents of a task by name; `missing` are the kinds that cannot be made on this machine."""

    files: Mapping[str, bytes]
    missing: tuple[str, ...] = ()


def render_task(task: Task) -> Rendered:
    """Make the documents of one task."""
    from normtool.documents.pdf import PdfUnavailable

    words = Words(task.language)
    files: dict[str, bytes] = {}
    missing: list[str] = []
    for kind in task.kinds:
        try:
            files[DOCUMENTS[kind]] = render_document(words, task.stored, kind)
        except PdfUnavailable:
            missing.append(kind)
    return Rendered(files=files, missing=tuple(missing))


def render_plans(
    plans: Sequence[Plan], language: str, jobs: int
) -> Generator[tuple[int, Rendered | Lost], None, None]:
    """What came of each plan, by its number, as soon as all its documents are there.

    Of plans with nothing to make nothing is started or imported.
    """
    tasks = tasks_of(plans, language)
    found: dict[int, Rendered | Lost] = {}
    left = {number: sum(task.plan == number for task in tasks) for number in range(len(plans))}
    for number in (number for number, count in left.items() if not count):
        yield number, Rendered(files={})
    if not tasks:
        return
    workers = min(jobs or _worthwhile(tasks), sum(bool(item.to_make) for item in plans))
    if workers > 1:
        load_all(tasks)
    with closing(work_through(tasks, render_task, workers)) as results:
        for index, result in results:
            number = tasks[index].plan
            found[number] = _with(found.get(number), result)
            left[number] -= 1
            if not left[number]:
                yield number, found.pop(number)


def _worthwhile(tasks: Sequence[Task]) -> int:
    """How many workers to take when nothing was asked: a new interpreter only pays for itself with paper to make."""
    is_slow = any(PDF in task.kinds for task in tasks)
    return cores() if is_slow or start_method() == FORK else 1


def render_together(common: Common, plans: Sequence[Plan]) -> list[Rendered] | Lost:
    """What came of plans that belong together, in their order; when one is lost, all are."""
    words, to_make = common.words, [item for item in plans if item.to_make]
    if len(to_make) < 2:
        is_slow = any(PDF in item.to_make for item in to_make)
        with common.screen.progress(words.say("cli.making_pdf")) if is_slow else nullcontext():
            return _all_of(plans, (words.language, 1), lambda _: None)
    with common.screen.steps(words.say("batch.making"), len(plans)) as step:
        return _all_of(plans, (words.language, common.jobs), step)


def _all_of(plans: Sequence[Plan], how: tuple[str, int], step: Callable[[str], None]) -> list[Rendered] | Lost:
    found: dict[int, Rendered] = {}
    with closing(render_plans(plans, *how)) as results:
        for number, result in results:
            if isinstance(result, Lost):
                return result
            found[number] = result
            step(plans[number].stored.dossier.evidence.network.name)
    return [found[number] for number in range(len(plans))]


def tasks_of(plans: Sequence[Plan], language: str) -> list[Task]:
    """The tasks, in the order in which they are begun: of each plan the paper first, for it takes longest.

    What is quick comes after the next paper, so that it fills the time in which a worker would wait.
    """
    tasks: list[Task] = []
    quick: list[Task] = []
    for number, item in enumerate(plans):
        slow = [kind for kind in item.to_make if kind == PDF]
        rest = tuple(kind for kind in item.to_make if kind != PDF)
        tasks += [Task(plan=number, stored=item.stored, kinds=(kind,), language=language) for kind in slow]
        tasks += quick
        quick = [Task(plan=number, stored=item.stored, kinds=rest, language=language)] if rest else []
    return tasks + quick


def _with(former: Rendered | Lost | None, result: object) -> Rendered | Lost:
    """What is known of a plan, with what came of one more of its tasks; once lost stays lost."""
    if isinstance(former, Lost) or not isinstance(result, Rendered):
        return former if isinstance(former, Lost) else _lost(result)
    if former is None:
        return result
    return Rendered(files={**former.files, **result.files}, missing=(*former.missing, *result.missing))


def _lost(result: object) -> Lost:
    if not isinstance(result, Lost):
        raise TypeError(type(result).__name__)
    return result


def load_all(tasks: Sequence[Task]) -> None:
    """Import here what the workers will need, so that a copy of this process has it already."""
    kinds = {kind for task in tasks for kind in task.kinds}
    for kind, modules in LOADED.items():
        for name in modules if kind in kinds else ():
            # What is missing is found again, and told, when a document needs it. WeasyPrint prints its own advice.
            with suppress(ImportError, OSError), redirect_stdout(StringIO()):
                import_module(name)
