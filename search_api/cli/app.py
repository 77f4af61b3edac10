"""The group `tracuu`: finds a command's module only when that command is asked for."""

from importlib import import_module
from typing import TYPE_CHECKING

import click

from corpus.errors import TracuuError
from search_api.cli.options import common_options
from search_api.cli.vietnamese import Command, VietnameseHelp

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["tracuu"]

_OWN = ("add", "search", "show", "documents", "remove", "restore", "reread", "check", "rebuild")
_GROUP = "tracuu.commands"
"""Entry points by which rooms above add commands: nothing here imports them."""


class _Tracuu(VietnameseHelp, click.Group):
    """Commands by name, own ones first, then those of other rooms."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order a newcomer needs them."""
        return [*_OWN, *sorted(set(_added()) - set(_OWN))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name; None if there is none."""
        if cmd_name in _OWN:
            module = import_module(f"search_api.cli.{cmd_name}")
            found: click.Command = getattr(module, cmd_name)
        elif entry := _added().get(cmd_name):
            try:
                found = entry.load()
            except (ImportError, AttributeError) as error:
                raise TracuuError(
                    f"Lệnh “{cmd_name}” thiếu một phần cài đặt ({error}): hãy cài lại tracuu đầy đủ."
                ) from error
        else:
            return None
        return _with_common_options(Command.adopt(found))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but likely commands are sought among all, not only those loaded."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            names = self.list_commands(ctx)
            raise click.exceptions.NoSuchCommand(error.command_name, possibilities=names, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands; one that cannot be loaded is left out, the others still show."""
        rows: list[tuple[str, str]] = []
        for name in self.list_commands(ctx):
            try:
                command = self.get_command(ctx, name)
            except TracuuError:
                continue
            if command is not None and not command.hidden:
                rows.append((name, command.get_short_help_str(limit=90)))
        with formatter.section("Lệnh"):
            formatter.write_dl(rows)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write options, then commands."""
        VietnameseHelp.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)


def _added() -> dict[str, "EntryPoint"]:
    from importlib.metadata import entry_points

    return {entry.name: entry for entry in entry_points(group=_GROUP)}


def _with_common_options(command: click.Command) -> click.Command:
    """Let the command take the global options after its name too."""
    has = {flag for parameter in command.params for flag in parameter.opts}
    command.params.extend(option for option in common_options() if not has.intersection(option.opts))
    return command


@click.command(
    cls=_Tracuu, params=common_options(), subcommand_metavar="LỆNH [THAM SỐ]…", options_metavar="[TÙY CHỌN]"
)
def tracuu() -> None:
    """Tra Cứu: tìm đúng đoạn văn trả lời trong các văn bản chính sách, không cần mạng."""
