"""Kinds that are answered in the indicator's own row. Source: docs/method.md, Kinds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from normtool.core.assessment import STEPS, Because, Reason, Share, Verdict
from normtool.core.dates import Truth, is_recent, on_or_before, truth
from normtool.core.evidence import Answer, DateSpan, DocumentEntry, Said
from normtool.core.iza import told_of_steps
from normtool.core.kinds import DocumentAge, Step
from normtool.core.ledger import Ledger, proof, substantiates
from normtool.core.outcomes import Outcome, against, because, decided, not_applicable, undecided, wilson


def score_yes_no(ledger: Ledger, answer: Answer | None) -> Outcome:
    """Yes with a registered document is met; no is not met; yes alone is not substantiated."""
    said = _bool_of(answer)
    if said is None or answer is None:
        return undecided(Reason.NO_ANSWER, because("no_answer"))
    if not said:
        return decided(Verdict.NOT_MET, because("said_no"), value=False)
    if proof(ledger, answer.documents) is not Truth.YES:
        return undecided(Reason.UNSUBSTANTIATED, because("yes_without_document"), value=True)
    return decided(Verdict.MET, because("yes_with_document"), value=True)


def score_document_age(ledger: Ledger, kind: DocumentAge, answer: Answer | None) -> Outcome:
    """Yes with a document recent enough, or dated on or before a deadline."""
    said = _bool_of(answer)
    if said is None or answer is None:
        outcome = undecided(Reason.NO_ANSWER, because("no_answer"))
    elif not said:
        outcome = decided(Verdict.NOT_MET, because("said_no"), value=False)
    else:
        entries = _usable(ledger, answer)
        outcome = (
            _against_deadline(entries, kind.deadline)
            if kind.deadline is not None
            else _against_age(entries, kind.months or 0, ledger.reference_date)
        )
    outcome = replace(outcome, because=(*outcome.because, *told_of_steps(ledger, kind)))
    early = kind.deadline is not None and ledger.reference_date < kind.deadline
    if early and outcome.verdict is not Verdict.MET:
        return replace(outcome, verdict=Verdict.INFORMATIVE, reason=Reason.DUE, due=kind.deadline)
    return outcome


def score_maturity(ledger: Ledger, answer: Answer | None, step: Step) -> Outcome:
    """A level, 0 to 4; from 1 up it needs a document."""
    level = _number_of(answer)
    if level is None or answer is None:
        return undecided(Reason.NO_ANSWER, because("no_answer"))
    facts = because("level", level=level, target=step.target)
    reached = against(level, step)
    if level >= 1 and proof(ledger, answer.documents) is not Truth.YES:
        missing = because("level_without_document", level=level, target=step.target)
        return undecided(Reason.UNSUBSTANTIATED, missing, worst=against(0, step), best=reached, value=level)
    return decided(reached, facts, value=level)


def score_count(answer: Answer | None, step: Step) -> Outcome:
    """A number in the reporting year."""
    number = _number_of(answer)
    if number is None:
        return undecided(Reason.NO_ANSWER, because("no_answer"))
    return decided(against(number, step), because("count", number=number, target=step.target), value=number)


def score_proportion(answer: Answer | None, step: Step, small_below: int, *, patients: bool) -> Outcome:
    """A share of two numbers; of patients, small numbers are not judged."""
    if answer is None or answer.numerator is None or answer.denominator is None:
        return undecided(Reason.NO_ANSWER, because("no_answer"))
    share = Share(numerator=answer.numerator.value, denominator=answer.denominator.value)
    return judge_share(share, step, small_below=small_below, patients=patients)


def judge_share(share: Share, step: Step, *, small_below: int, patients: bool) -> Outcome:
    """A share against the target: 0/0 is not applicable, a small denominator of patients is not judged."""
    if share.denominator == 0:
        return not_applicable(Reason.ZERO_DENOMINATOR, because("zero_denominator"))
    facts = because("share", share=share, target=step.target)
    interval = wilson(share) if patients else None
    if patients and share.denominator < small_below:
        small = because("small_numbers", denominator=share.denominator, small_below=small_below)
        return replace(undecided(Reason.SMALL_NUMBERS, small, value=share), interval=interval)
    return replace(decided(against(share.fraction, step), facts, value=share), interval=interval)


def _bool_of(answer: Answer | None) -> bool | None:
    if answer is None or answer.answer is None or not isinstance(answer.answer.value, bool):
        return None
    return answer.answer.value


def _number_of(answer: Answer | None) -> int | None:
    if answer is None or answer.answer is None or isinstance(answer.answer.value, bool | Said):
        return None
    return answer.answer.value


def _usable(ledger: Ledger, answer: Answer) -> list[DocumentEntry]:
    """The documents named that exist, are not past their end and are not surely dated in the future."""
    entries = [ledger.documents.get(reference.value.document) for reference in answer.documents]
    day = ledger.reference_date
    return [
        entry
        for entry in entries
        if entry is not None
        and substantiates(replace(entry, date=None), day) is Truth.YES
        and (entry.date is None or on_or_before(entry.date.value, day) is not Truth.NO)
    ]


def _against_age(entries: list[DocumentEntry], months: int, reference_date: date) -> Outcome:
    """The newest document counts; one without a date could be newer."""
    outcomes = [_age_truth(entry, months, reference_date) for entry in entries]
    dated = [entry.date.value for entry in entries if entry.date is not None]
    newest = max(dated, key=lambda span: span.last, default=None)
    value = newest.first if newest is not None and newest.is_exact else True
    if Truth.YES in outcomes:
        return decided(Verdict.MET, because("age", date=value, months=months), value=value)
    if not outcomes or Truth.UNDECIDED in outcomes:
        return undecided(Reason.UNSUBSTANTIATED, _no_exact_date(entries, months), value=value)
    return decided(Verdict.NOT_MET, because("too_old", date=value, months=months), value=value)


def _no_exact_date(entries: list[DocumentEntry], months: int) -> Because:
    """Why the age is not known: a year alone, or no date at all."""
    years = [entry.date for entry in entries if entry.date is not None and not entry.date.value.is_exact]
    if not years:
        return because("yes_without_date", months=months)
    newest = max(years, key=lambda cell: cell.value.last)
    return because("age_year_only", (newest.place,), months=months, year=newest.value.first.year)


def _age_truth(entry: DocumentEntry, months: int, reference_date: date) -> Truth:
    """Whether a document is recent; a year alone is decided when its first and its last day agree."""
    if entry.date is None:
        return Truth.UNDECIDED
    first, last = (
        Truth.UNDECIDED if day > reference_date else truth(is_recent(day, months, reference_date))
        for day in (entry.date.value.first, entry.date.value.last)
    )
    return first if first is last else Truth.UNDECIDED


def _against_deadline(entries: list[DocumentEntry], deadline: date) -> Outcome:
    """The oldest document counts: on or before the deadline is met, later is partly met."""
    spans = [entry.date.value for entry in entries if entry.date is not None]
    if not spans:
        return undecided(Reason.UNSUBSTANTIATED, because("yes_without_date_deadline", deadline=deadline), value=True)
    earliest, latest = (_deadline_verdict(spans, deadline, first=first) for first in (True, False))
    if any(entry.date is None for entry in entries):
        earliest = Verdict.MET
    oldest = min(spans)
    value = oldest.first if oldest.is_exact else True
    facts = because("deadline", date=value, deadline=deadline)
    if earliest is latest:
        return decided(latest, facts, value=value)
    worst, best = sorted((earliest, latest), key=STEPS.__getitem__)
    return undecided(Reason.UNSUBSTANTIATED, facts, worst=worst, best=best, value=value)


def _deadline_verdict(spans: list[DateSpan], deadline: date, *, first: bool) -> Verdict:
    oldest = min(span.first if first else span.last for span in spans)
    return Verdict.MET if oldest <= deadline else Verdict.PARTLY_MET
