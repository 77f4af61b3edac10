"""Finding and loading an encoder by what the user names: nothing, a directory, a hub name."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from corpus.errors import TracuuError
from indexer.encoders.forms import InputForm
from indexer.encoders.protocol import Encoder
from indexer.encoders.static import StaticEncoder

__all__ = ["BUNDLED", "SETTINGS", "TRAINED_ON", "load_encoder", "model_directory"]

BUNDLED = Path(__file__).resolve().parent.parent / "model"
"""The encoder that comes with the program."""

SETTINGS = "tracuu.json"
"""A file that may lie in a model's directory and says what the model itself does not:
{"input": "segmented", "prompts": {"query": "query: ", "passage": "passage: "}}, both optional."""

TRAINED_ON = "trained_on.json"
"""A file that may lie there and says what data the model has seen: evaluation/seen.py describes it."""


def load_encoder(spec: str | None = None, *, form: InputForm | None = None) -> Encoder:
    """The encoder named by `spec`: None is the bundled one, else a directory or a hub name.

    A hub model must be on this machine already; nothing is downloaded. How the model wants to read
    is, in this order, `form`, what `tracuu.json` in its directory says, what its vocabulary shows.
    Raises TracuuError with advice where there is no such model.
    """
    directory, name = _located(spec)
    settings = _Settings.read(directory)
    form = form or settings.form
    key = name or f"{directory.resolve().name}:{_content_hash(directory)}"
    part = _static_part(directory)
    if part is not None:
        return StaticEncoder(part, key=key, form=form)
    from indexer.encoders.sentence import SentenceEncoder  # torch

    return SentenceEncoder(directory, key=key, form=form, prompts=settings.prompts)


def model_directory(spec: str | None) -> Path:
    """Where the model lies that `load_encoder(spec)` loads. TracuuError with advice where there is none."""
    return _located(spec)[0]


def _located(spec: str | None) -> tuple[Path, str | None]:
    """The model's directory, and for a hub model its name with the commit."""
    if spec is None:
        if not (BUNDLED / "modules.json").is_file():
            raise TracuuError(
                "Bản cài đặt này thiếu mô hình đi kèm; hãy cài đặt lại, "
                "hoặc chọn mô hình khác bằng --model THƯ-MỤC."
            )
        return BUNDLED, None
    directory = Path(spec).expanduser()
    if not directory.is_dir():
        return _in_hub_cache(spec)
    if not any((directory / name).is_file() for name in ("modules.json", "config.json")):
        raise TracuuError(
            f"Thư mục {directory} không chứa mô hình sentence-transformers (thiếu modules.json); "
            "hãy chỉ đúng thư mục mô hình bằng --model."
        )
    return directory, None


def _in_hub_cache(spec: str) -> tuple[Path, str]:
    from huggingface_hub import snapshot_download

    try:
        directory = Path(snapshot_download(spec, local_files_only=True))
    except Exception as error:  # not a hub name, not downloaded: the same to the user
        raise TracuuError(
            f"Không có mô hình “{spec}” trên máy này; hãy chỉ một thư mục mô hình bằng --model, "
            "hoặc tải mô hình về trước khi ngắt mạng bằng lệnh `hf download TÊN-MÔ-HÌNH`."
        ) from error
    return directory, f"{spec}@{directory.name}"


@dataclass(frozen=True, slots=True)
class _Settings:
    """What `tracuu.json` says."""

    form: InputForm | None = None
    prompts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, directory: Path) -> "_Settings":
        path = directory / SETTINGS
        if not path.is_file():
            return cls()
        fields = _json(path)
        form: Any = fields.get("input") if isinstance(fields, dict) else ""
        prompts = fields.get("prompts", {}) if isinstance(fields, dict) else {}
        if not isinstance(prompts, dict) or form not in {None, *get_args(InputForm)}:
            raise TracuuError(
                f'{path} không đúng mẫu {{"input": "{"|".join(get_args(InputForm))}", "prompts": {{}}}}; '
                "hãy sửa hoặc xóa tệp này."
            )
        return cls(form, {str(name): str(text) for name, text in prompts.items()})


def _static_part(directory: Path) -> Path | None:
    """Where a model that is nothing but word vectors keeps them; None for any other model."""
    path = directory / "modules.json"
    modules = _json(path) if path.is_file() else []
    kinds = [str(module.get("type", "")).rpartition(".")[2] for module in modules]
    if kinds and kinds[0] == "StaticEmbedding" and set(kinds[1:]) <= {"Normalize"}:
        return directory / str(modules[0].get("path", ""))
    return None


def _json(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise TracuuError(f"Không đọc được {path} ({error}); hãy chép lại thư mục mô hình.") from error


def _content_hash(directory: Path) -> str:
    """16 hex digits that change with any file of the model: a changed model is another model.

    What is said of its training changes no vector, and no index need be built anew for it.
    """
    digest = hashlib.sha256()
    files = (path for path in directory.rglob("*") if path.is_file() and path.name != TRAINED_ON)
    for path in sorted(files):
        with path.open("rb") as file:
            part = hashlib.file_digest(file, "sha256").digest()
        digest.update(path.relative_to(directory).as_posix().encode() + b"\0" + part)
    return digest.hexdigest()[:16]
