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
    "html": ("normtool.documents.pages", "normtool.core.circles", "babel.dates"),
    "xlsx": ("normtool.documents.board_xlsx",),
    PDF: ("normtool.documents.pages", "weasyprint"),
}
"""What making a kind of document imports, as far as it takes time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """The documents of one plan, which are made in one go."""

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
    tasks: dict[int, Task] = {}
    for number, plan in enumerate(plans):
        if plan.to_make:
            tasks[number] = Task(stored=plan.stored, kinds=plan.to_make, language=language)
        else:
            yield number, Rendered(files={})
    if not tasks:
        return
    numbers, in_order = list(tasks), list(tasks.values())
    workers = min(jobs or _worthwhile(in_order), len(in_order))
    if workers > 1:
        load_all(in_order)
    with closing(work_through(in_order, render_task, workers)) as results:
        for index, result in results:
            if not isinstance(result, Rendered | Lost):
                raise TypeError(type(result).__name__)
            yield numbers[index], result


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


def load_all(tasks: Sequence[Task]) -> None:
    """Load here what the workers will need, so that a copy of this process has it already."""
    kinds = {kind for task in tasks for kind in task.kinds}
    for kind, modules in LOADED.items():
        for name in modules if kind in kinds else ():
            # What is missing is found again, and told, when a document needs it. WeasyPrint prints its own advice.
            with suppress(ImportError, OSError), redirect_stdout(StringIO()):
                import_module(name)
    if start_method() == FORK and not kinds.isdisjoint(("html", PDF)):
        from normtool.documents.page_frame import environment

        for name in environment().list_templates(("j2",)):
            environment().get_template(name)
