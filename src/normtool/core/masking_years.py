"""What former years tell of numbers of patients, in a dossier and in the form, and which of it is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from normtool.core.assessment import Share
from normtool.core.dossier import Dossier, FormerResult
from normtool.core.evidence import PreviousAnswer
from normtool.core.kinds import Pooled
from normtool.core.masking_results import counts_patients, is_small_number, is_small_share
from normtool.core.masking_texts import Secrets
from normtool.core.standards import Framework


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersThen:
    """What an indicator was measured by in a former year."""

    indicator: str
    numbers: tuple[int | None, ...]
    share: Share | None

    @classmethod
    def of_result(cls, result: FormerResult) -> NumbersThen:
        """Those of a result in the dossier."""
        return cls(indicator=result.id, numbers=(result.number,), share=result.share)

    @classmethod
    def of_answer(cls, answer: PreviousAnswer) -> NumbersThen:
        """Those of an answer that last year's form kept."""
        numerator, denominator = answer.numerator, answer.denominator
        is_whole = numerator is not None and denominator is not None
        share = Share(numerator=numerator or 0, denominator=denominator or 0) if is_whole else None
        return cls(indicator=answer.indicator, numbers=(answer.number, numerator, denominator), share=share)

    def is_hidden(self, framework: Framework, hidden: frozenset[str], limit: int) -> bool:
        """Whether they are small numbers of patients, sums of rows, or of what is hidden this year.

        Whether the documents of that year told a sum depends on rows that nobody has any more. Of an indicator that
        these norms do not have, nobody can tell what it counted: it is taken for patients.
        """
        indicator = framework.indicator(self.indicator)
        if indicator is not None and not counts_patients(framework, self.indicator):
            return False
        if indicator is not None and isinstance(indicator.kind, Pooled):
            return True
        is_small = any(is_small_number(number, limit) for number in self.numbers)
        return self.indicator in hidden or is_small or is_small_share(self.share, limit)

    @property
    def secrets(self) -> Secrets:
        """What no text may tell, when they are hidden."""
        shares = [(self.share.numerator, self.share.denominator)] if self.share is not None else []
        return Secrets.of((number for number in self.numbers if number is not None), shares)


def secrets_then(dossier: Dossier, hidden: frozenset[str], limit: int) -> Iterator[tuple[str, Secrets]]:
    """The hidden numbers of former years, by indicator; `hidden` are those whose value is hidden this year."""
    for then in _numbers_then(dossier):
        if then.is_hidden(dossier.framework, hidden, limit):
            yield then.indicator, then.secrets


def _numbers_then(dossier: Dossier) -> Iterator[NumbersThen]:
    above = dossier.region.evidence if dossier.region is not None else None
    for evidence in (dossier.evidence, above):
        if evidence is not None and evidence.previous is not None:
            yield from map(NumbersThen.of_answer, evidence.previous.answers)
    for year in dossier.history:
        yield from map(NumbersThen.of_result, year.results)
