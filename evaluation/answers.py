"""Measures of answers: right words, borne out by what is cited, and silence where nothing answers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from evaluation.answers_text import exact, holds, overlap
from evaluation.statistics import interval
from evaluation.topics import ByQuote, Result, normal

__all__ = ["Answer", "AnswerReport", "Answered", "Cited", "Figure", "Question", "report", "wilson"]

_LEAST_PART = 3
"""Words of a judged quote that a shorter citation must hold to be a part of it."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage that an answer leans on."""

    file: str
    quote: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system said to one question; "" is that it does not know."""

    text: str = ""
    citations: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is known of one question. Without anything relevant it cannot be answered."""

    id: str
    text: str
    kind: str
    answers: tuple[str, ...]
    """Short answers that are right; () where none was written down."""
    relevant: tuple[tuple[str, str, int], ...]
    """Judged quotes: file, quote, grade."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over questions with the ends of its 95% interval; None where there was no question."""

    mean: float | None
    low: float | None
    high: float | None
    questions: int


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with its scores; a score is None where it is not asked of this question."""

    question: Question
    answer: Answer
    exact: float | None
    f1: float | None
    supported: float | None
    """The answer stands in a cited passage that was judged relevant. Of answered questions only."""
    verbatim: float | None
    """Every citation stands word for word in its document. Where documents and citations are there."""
    false_answer: float | None
    """Answered, though nothing answers. Of unanswerable questions only."""


@dataclass(frozen=True, slots=True)
class AnswerReport:
    """Everything measured of one file of answers."""

    exact: Figure
    """Over questions that have a short answer."""
    f1: Figure
    supported: Figure
    """Over answerable questions that were answered."""
    verbatim: Figure
    """Over questions answered with citations, if the documents are known: none of them was made up."""
    answered: Figure
    """Share of answerable questions that were answered at all."""
    false_answers: Figure
    """Over unanswerable questions."""
    queries: tuple[Answered, ...]

    @property
    def figures(self) -> dict[str, Figure]:
        """By the names under which they are reported."""
        return {
            "exact_match": self.exact,
            "f1": self.f1,
            "supported": self.supported,
            "verbatim": self.verbatim,
            "answered": self.answered,
            "false_answers": self.false_answers,
        }


def report(
    questions: Sequence[Question], answers: Mapping[str, Answer], documents: Mapping[str, str] | None = None
) -> AnswerReport:
    """Score `answers` by question id; a question without one was not answered.

    `documents` are whole texts by file name, in which citations are looked up.
    """
    texts = None if documents is None else {name: f" {normal(text)} " for name, text in documents.items()}
    scored = [_scored(question, answers.get(question.id, Answer()), texts) for question in questions]
    answerable = [one for one in scored if one.false_answer is None]
    return AnswerReport(
        exact=_share([one.exact for one in scored]),
        f1=_mean([one.f1 for one in scored]),
        supported=_share([one.supported for one in scored]),
        verbatim=_share([one.verbatim for one in scored]),
        answered=_share([float(bool(one.answer.text)) for one in answerable]),
        false_answers=_share([one.false_answer for one in scored]),
        queries=tuple(scored),
    )


def wilson(successes: float, trials: int) -> tuple[float, float]:
    """95% interval of a share (E. B. Wilson, JASA 22, 1927): sensible also at none or all of a few.

    The bootstrap would give [0, 0] for none of ten.
    """
    z = 1.959964
    share = successes / trials
    middle = share + z * z / (2 * trials)
    half = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def _scored(question: Question, answer: Answer, texts: Mapping[str, str] | None) -> Answered:
    said = answer.text
    answerable = any(grade > 0 for _, _, grade in question.relevant) or bool(question.answers)
    return Answered(
        question,
        answer,
        exact=exact(said, question.answers) if question.answers else None,
        f1=overlap(said, question.answers) if question.answers else None,
        supported=float(_is_supported(question, answer)) if answerable and said else None,
        verbatim=_is_verbatim(answer, texts) if texts is not None and said and answer.citations else None,
        false_answer=None if answerable else float(bool(said)),
    )


def _is_supported(question: Question, answer: Answer) -> bool:
    return any(
        holds(cited.quote, answer.text) and _is_relevant(question, cited) for cited in answer.citations
    )


def _is_verbatim(answer: Answer, texts: Mapping[str, str]) -> float:
    return float(
        all(
            f" {normal(cited.quote)} " in texts.get(PurePath(cited.file).name, "")
            for cited in answer.citations
        )
    )


def _is_relevant(question: Question, cited: Cited) -> bool:
    """Whether the cited words cover a judged quote of the same file, or are a part of one."""
    relevant = tuple(one for one in question.relevant if one[2] > 0)
    if ByQuote(relevant).brings(Result("", cited.quote, cited.file)):
        return True
    words = normal(cited.quote)
    if len(words.split()) < _LEAST_PART:
        return False
    return any(
        PurePath(file).name == PurePath(cited.file).name and f" {words} " in f" {normal(quote)} "
        for file, quote, _ in relevant
    )


def _share(values: Sequence[float | None]) -> Figure:
    held = [value for value in values if value is not None]
    if not held:
        return Figure(None, None, None, 0)
    return Figure(sum(held) / len(held), *wilson(sum(held), len(held)), len(held))


def _mean(values: Sequence[float | None]) -> Figure:
    held = [value for value in values if value is not None]
    if not held:
        return Figure(None, None, None, 0)
    return Figure(sum(held) / len(held), *interval(held), len(held))
