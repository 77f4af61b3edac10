"""Finding and loading an encoder by what the user names: nothing, a directory, a hub name."""

import hashlib
import json
from pathlib import Path
from typing import Any, cast, get_args

from corpus.errors import TracuuError
from indexer.encoders.forms import InputForm
from indexer.encoders.protocol import Encoder
from indexer.encoders.static import StaticEncoder

__all__ = ["BUNDLED", "load_encoder"]

BUNDLED = Path(__file__).resolve().parent.parent / "model"
"""The encoder that comes with the program."""

SETTINGS = "tracuu.json"
"""A file in a model's directory that says how it wants to read: {"input": "segmented"}."""


def load_encoder(spec: str | None = None, *, form: InputForm | None = None) -> Encoder:
    """The encoder named by `spec`: None is the bundled one, else a directory or a hub name.

    `form` overrides how the model's input is prepared; by default `tracuu.json` in its directory
    says so, or its tokenizer shows it. Raises TracuuError with advice where there is no such model.
    """
    directory = BUNDLED if spec is None else Path(spec).expanduser()
    if spec is None and not (directory / "modules.json").is_file():
        raise TracuuError(
            "Bản cài đặt này thiếu mô hình đi kèm; hãy cài đặt lại, "
            "hoặc chọn mô hình khác bằng --model THƯ-MỤC."
        )
    if not directory.is_dir():
        return _sentence_encoder(str(spec), form)
    if not (directory / "modules.json").is_file():
        raise TracuuError(
            f"Thư mục {directory} không chứa mô hình sentence-transformers (thiếu modules.json); "
            "hãy chỉ đúng thư mục mô hình bằng --model."
        )
    form = form or _declared_form(directory)
    key = f"{directory.resolve().name}:{_content_hash(directory)}"
    part = _static_part(directory)
    if part is None:
        return _sentence_encoder(str(directory), form, key)
    return StaticEncoder(part, key=key, form=form)


def _sentence_encoder(name: str, form: InputForm | None, key: str | None = None) -> Encoder:
    from indexer.encoders.sentence import SentenceEncoder  # torch

    return SentenceEncoder(name, form=form, key=key)


def _static_part(directory: Path) -> Path | None:
    """Where a model that is nothing but word vectors keeps them; None for any other model."""
    modules = _json(directory / "modules.json")
    kinds = [str(module.get("type", "")).rpartition(".")[2] for module in modules]
    if kinds and kinds[0] == "StaticEmbedding" and set(kinds[1:]) <= {"Normalize"}:
        return directory / str(modules[0].get("path", ""))
    return None


def _declared_form(directory: Path) -> InputForm | None:
    path = directory / SETTINGS
    if not path.is_file():
        return None
    form = _json(path).get("input")
    if form not in get_args(InputForm):
        raise TracuuError(
            f'{path}: "input" phải là một trong {", ".join(get_args(InputForm))}; hãy sửa tệp này.'
        )
    return cast(InputForm, form)


def _json(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise TracuuError(f"Không đọc được {path} ({error}); hãy chép lại thư mục mô hình.") from error


def _content_hash(directory: Path) -> str:
    """16 hex digits that change with any file of the model: a changed model is another model."""
    digest = hashlib.sha256()
    for path in sorted(path for path in directory.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            part = hashlib.file_digest(file, "sha256").digest()
        digest.update(path.relative_to(directory).as_posix().encode() + b"\0" + part)
    return digest.hexdigest()[:16]
