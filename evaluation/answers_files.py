"""Files of answers, and the judged questions that they are held against."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from corpus.errors import TracuuError
from evaluation.answers import Answer, Cited, Question
from evaluation.files import json_lines

__all__ = ["SAMPLE_QUERIES", "read_answers", "read_documents", "read_questions"]

SAMPLE_QUERIES = Path(__file__).resolve().parent / "datasets" / "sample_queries.jsonl"


def read_questions(dataset: str) -> list[Question]:
    """Questions of a judged set: "sample" for the bundled one, or a file of judged quotes.

    "answer" is a short answer or a list of them; without one only support is measured. TracuuError
    where nothing in the file can be measured.
    """
    path = SAMPLE_QUERIES if dataset == "sample" else Path(dataset)
    if path.is_dir():
        raise TracuuError(
            f"{path}: là thư mục; để chấm câu trả lời, hãy chỉ tệp JSON Lines có trích dẫn và câu trả lời."
        )
    questions = [_question(row, path) for row in json_lines(path)]
    if not any(question.answers or question.relevant for question in questions):
        raise TracuuError(
            f"{path.name}: không câu hỏi nào có câu trả lời hay trích dẫn đã chấm; hãy chọn bộ khác."
        )
    return questions


def read_documents(paths: Iterable[Path]) -> dict[str, str]:
    """Clean texts by file name, as the library would hold them. ReadError for a file that cannot be read."""
    from corpus.ingest import find_files, read_document

    files, _ = find_files(paths)
    return {file.name: read_document(file).text for file in files}


def read_answers(path: Path, questions: list[Question]) -> dict[str, Answer]:
    """Answers by question id: {"id", "answer": text or null, "citations": [{"file", "quote"}]} a line.

    TracuuError for a line that is otherwise, a question answered twice or one that is not in the set.
    """
    known = {question.id for question in questions}
    found: dict[str, Answer] = {}
    for number, row in enumerate(json_lines(path), start=1):
        where = f"{path.name}, câu thứ {number}"
        id_ = str(row.get("id", row.get("_id", "")))
        if id_ not in known:
            raise TracuuError(f"{where}: mã “{id_[:40]}” không có trong bộ câu hỏi; hãy xem lại bộ câu hỏi.")
        if id_ in found:
            raise TracuuError(f"{where}: câu “{id_}” được trả lời hai lần; hãy giữ một.")
        found[id_] = _answer(row, where)
    return found


def _answer(row: Mapping[str, Any], where: str) -> Answer:
    said, cited = row.get("answer"), row.get("citations") or []
    if not (said is None or isinstance(said, str)):
        raise TracuuError(f'{where}: "answer" phải là chữ hoặc null; hãy sửa tệp câu trả lời.')
    try:
        citations = tuple(Cited(_text(one["file"]), _text(one["quote"])) for one in cited)
    except (TypeError, KeyError) as error:
        raise TracuuError(f'{where}: mỗi mục trong "citations" cần "file" và "quote".') from error
    return Answer((said or "").strip(), citations)


def _question(row: Mapping[str, Any], path: Path) -> Question:
    id_, text = row.get("id", row.get("_id")), row.get("query", row.get("text"))
    if id_ is None or text is None:
        raise TracuuError(f'{path.name}: có câu hỏi thiếu "id" hoặc "query"; hãy bổ sung.')
    wanted = row.get("answers", row.get("answer"))
    answers = [wanted] if isinstance(wanted, str) else wanted or []
    try:
        relevant = tuple(
            (_text(one["file"]), _text(one["quote"]), int(one["grade"])) for one in row.get("relevant", ())
        )
        short = tuple(_text(one) for one in answers if _text(one).strip())
    except (TypeError, KeyError, ValueError) as error:
        raise TracuuError(
            f'{path.name}, câu “{id_}”: "relevant" cần "file", "quote", "grade"; "answer" cần là chữ.'
        ) from error
    answerable = row.get("answerable", True)
    return Question(
        str(id_),
        str(text),
        str(row.get("kind") or ""),
        short if answerable else (),
        relevant if answerable else (),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value
