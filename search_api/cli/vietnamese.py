"""click in Vietnamese: help pages and usage errors."""

import click

__all__ = ["Command", "VietnameseHelp", "explain"]


class VietnameseHelp(click.Command):
    """A command whose help page is in Vietnamese throughout."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, those of the command first, then those every command takes."""
        records = (parameter.get_help_record(ctx) for parameter in self.get_params(ctx))
        rows = [(option, _notes(text)) for option, text in filter(None, records)]
        if rows:
            with formatter.section("Tùy chọn"):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The --help option with a Vietnamese text."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "In trang trợ giúp này rồi thoát."
        return option


def _notes(text: str) -> str:
    """What click adds to an option's help, in Vietnamese."""
    return text.replace("[default: ", "[mặc định: ").replace("required]", "bắt buộc]")


class Command(VietnameseHelp):
    """Class of a single command."""

    @classmethod
    def adopt(cls, command: click.Command) -> click.Command:
        """The same command with Vietnamese help pages, whichever room it comes from."""
        if isinstance(command, VietnameseHelp | click.Group):
            return command
        return cls(
            command.name,
            callback=command.callback,
            params=command.params,
            help=command.help,
            epilog=command.epilog,
            short_help=command.short_help,
            hidden=command.hidden,
            context_settings=command.context_settings,
            no_args_is_help=command.no_args_is_help,
        )


def explain(error: click.ClickException) -> str:
    """One plain Vietnamese line for an error that click found in the command line."""
    match error:
        case click.NoSuchOption():
            said = f"Không có tùy chọn {error.option_name}{_perhaps(error.possibilities)}."
        case click.exceptions.NoSuchCommand():
            said = f"Không có lệnh “{error.command_name}”{_perhaps(error.possibilities)}."
        case click.MissingParameter():
            said = f"Thiếu {_name(error.param)}."
        case click.BadOptionUsage():
            said = f"Tùy chọn {error.option_name} cần kèm một giá trị (công tắc thì không)."
        case click.BadParameter():
            said = f"Giá trị của {_name(error.param)} không hợp lệ: {error.message}"
        case click.FileError():
            said = f"Không mở được tệp {error.ui_filename}: hãy xem lại đường dẫn và quyền đọc."
        case _:
            said = error.message
    return f"{said}{_see_help(error)}"


def _perhaps(possibilities: object) -> str:
    names = list(possibilities or ())  # type: ignore[call-overload]
    return f" (có phải {' hoặc '.join(sorted(names)[:3])}?)" if names else ""


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "tham số"
    if isinstance(parameter, click.Argument):
        return f"tham số {parameter.metavar or (parameter.name or '').upper()}"
    return f"tùy chọn {max(parameter.opts, key=len)}"


def _see_help(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f" Xem: {context.command_path} --help" if context is not None else ""
