"""tracuu evaluate-answers: a file of answers measured on judged questions."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from evaluation.answers import Answered, AnswerReport, Figure

__all__ = ["evaluate_answers"]

_NAMES = {
    "exact_match": "Đúng hệt",
    "f1": "F1 theo từ",
    "supported": "Có trích dẫn làm chứng",
    "verbatim": "Trích dẫn nguyên văn",
    "answered": "Có trả lời",
    "false_answers": "Trả lời câu không có lời đáp",
}


@click.command("evaluate-answers")
@click.argument("dataset", metavar="BỘ_DỮ_LIỆU")
@click.argument("answers", type=click.Path(path_type=Path), metavar="TỆP_TRẢ_LỜI")
@click.option("--documents", type=click.Path(path_type=Path), metavar="THƯ_MỤC",
              help="Các văn bản, để soát trích dẫn có đúng nguyên văn; “sample” đã biết.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="In JSON, cả từng câu.")
@click.option("--wrong", is_flag=True, help="In thêm các câu sai.")
def evaluate_answers(dataset: str, answers: Path, documents: Path | None, as_json: bool, wrong: bool) -> None:
    """Chấm câu trả lời ngắn: đúng hệt, F1, có trích dẫn làm chứng, trả lời bừa.

    BỘ_DỮ_LIỆU là “sample” hoặc tệp câu hỏi có trích dẫn đã chấm và câu trả lời. TỆP_TRẢ_LỜI mỗi dòng một
    JSON: {"id", "answer", "citations": [{"file", "quote"}]}; không biết thì "answer" là null.
    """
    from evaluation.answers import report
    from evaluation.answers_files import read_answers, read_documents, read_questions

    questions = read_questions(dataset)
    given = read_answers(answers, questions)
    texts = None
    if documents is not None or dataset == "sample":
        from corpus.sample import sample_files

        texts = read_documents([documents] if documents is not None else sample_files())
    found = report(questions, given, texts)
    if as_json:
        click.echo(json.dumps(_as_json(found), ensure_ascii=False, indent=1))
        return
    for name, figure in found.figures.items():
        click.echo(f"{_NAMES[name]:<30} {_shown(figure)}")
    if wrong:
        for one in found.queries:
            if why := _why_wrong(one):
                click.echo(f"{one.question.id}  {why}: {one.question.text}")
                click.echo(f"    trả lời: {one.answer.text or '(không)'}")
                click.echo(f"    cần: {' | '.join(one.question.answers) or '(không có lời đáp)'}")


def _shown(figure: "Figure") -> str:
    if figure.mean is None:
        return "không có câu nào để đo"
    return f"{figure.mean:.3f}  [{figure.low:.3f}; {figure.high:.3f}]  {figure.questions} câu"


def _why_wrong(one: "Answered") -> str | None:
    if one.false_answer:
        return "trả lời bừa"
    if one.exact == 0:
        return "khác" if one.answer.text else "không trả lời"
    if one.verbatim == 0:
        return "trích dẫn không có trong văn bản"
    return "thiếu trích dẫn làm chứng" if one.supported == 0 else None


def _as_json(found: "AnswerReport") -> dict[str, object]:
    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, 5)

    figures: dict[str, object] = {
        name: {
            "mean": rounded(figure.mean),
            "interval": None if figure.low is None else [rounded(figure.low), rounded(figure.high)],
            "questions": figure.questions,
        }
        for name, figure in found.figures.items()
    }
    figures["queries"] = {
        one.question.id: {
            "kind": one.question.kind,
            "answer": one.answer.text or None,
            "exact_match": one.exact,
            "f1": rounded(one.f1),
            "supported": one.supported,
            "verbatim": one.verbatim,
            "false_answer": one.false_answer,
        }
        for one in found.queries
    }
    return figures
