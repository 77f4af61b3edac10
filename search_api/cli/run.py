"""Run the command line: exit codes, and errors as one plain line."""

import io
import os
import sys
from collections.abc import Sequence

import click

from corpus.errors import TracuuError
from search_api.cli.vietnamese import explain

__all__ = ["run"]

FAILURE, USAGE, INTERRUPTED, BROKEN_PIPE = 1, 2, 130, 141


def run(arguments: Sequence[str]) -> int:
    """Run `tracuu` with `arguments`; the exit code is 0, 1 for a failure, 2 for wrong usage.

    130 after Ctrl-C and 141 when the reader of a pipe went away, as in a shell, both without a word.
    """
    _speak_utf8()
    from search_api.cli.app import tracuu

    try:
        # Not `tracuu.main`, which has words of its own for Ctrl-C and a closed pipe.
        with tracuu.make_context("tracuu", list(arguments)) as context:
            code = tracuu.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as done:  # --help, --version
        return done.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # The interpreter flushes stdout once more when it ends: give it something to flush into.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except Exception as error:
        return _report(error, debug="--debug" in arguments)
    return code if isinstance(code, int) else 0


def _report(error: Exception, *, debug: bool) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return USAGE
    if isinstance(error, click.UsageError):
        _complain(explain(error))
        return USAGE
    if isinstance(error, click.ClickException):
        _complain(explain(error))
        return FAILURE
    if isinstance(error, TracuuError):
        _complain(str(error))
        return FAILURE
    return _unexpected(error, debug=debug)


def _unexpected(error: Exception, *, debug: bool) -> int:
    if debug:
        import traceback

        click.echo(traceback.format_exc(), err=True)
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    _complain(f"Sự cố ngoài dự kiến ({what}). Hãy chạy lại với --debug và gửi kết quả cho người quản trị.")
    return FAILURE


def _complain(line: str) -> None:
    click.echo(f"Lỗi: {' '.join(line.split())}", err=True)


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says; what cannot be encoded becomes '?' instead of a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
