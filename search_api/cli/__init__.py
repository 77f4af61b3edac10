"""The command line `tracuu`. One module per command; nothing heavy is imported before it is needed."""

import sys

__all__ = ["main"]


def main() -> None:
    """Entry point of the console script."""
    from search_api.cli.run import run

    sys.exit(run(sys.argv[1:]))
