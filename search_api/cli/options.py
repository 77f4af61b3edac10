"""Options that every command takes, before its name or after it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from search_api.settings import Settings

__all__ = ["Common", "common", "common_options", "settings"]


@dataclass(frozen=True, slots=True)
class Common:
    """What the global options say; None where an option was not given."""

    library: Path | None = None
    model: str | None = None
    quiet: bool = False
    debug: bool = False


def common() -> Common:
    """The global options of the command that runs."""
    found = click.get_current_context().find_root().obj
    return found if isinstance(found, Common) else Common()


def settings() -> Settings:
    """Settings of the command that runs: options, else environment, else defaults."""
    given = common()
    here = Settings.from_environment()
    return replace(here, library=given.library or here.library, model=given.model or here.model)


def common_options() -> list[click.Option]:
    """Fresh options to hang on the group and on every command; they pass nothing to the callback."""
    return [
        click.Option(
            ["--library"],
            type=click.Path(path_type=Path),
            metavar="THƯ_MỤC",
            help="Thư mục thư viện (hoặc biến TRACUU_LIBRARY).",
            **_remembered(),
        ),
        click.Option(
            ["--model"],
            metavar="MÔ_HÌNH",
            help="Mô hình nhúng: đường dẫn hoặc tên (hoặc biến TRACUU_MODEL). Mặc định: mô hình đi kèm.",
            **_remembered(),
        ),
        click.Option(["--quiet"], is_flag=True, help="Không hiện tiến độ và lời báo.", **_remembered()),
        click.Option(["--debug"], is_flag=True, help="Khi có sự cố, in đầy đủ chi tiết.", **_remembered()),
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help="In phiên bản rồi thoát.",
        ),
    ]


def _remembered() -> dict[str, Any]:
    return {"expose_value": False, "callback": _remember}


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:  # noqa: ANN401
    """Keep a given option on the outermost context; what stands later on the line wins."""
    root = context.find_root()
    if not isinstance(root.obj, Common):
        root.obj = Common()
    if value and parameter.name:
        root.obj = replace(root.obj, **{parameter.name: value})


def _show_version(context: click.Context, _: click.Parameter, value: bool) -> None:
    if not value:
        return
    from importlib.metadata import version

    click.echo(f"tracuu {version('tracuu')}")
    context.exit()
