"""Scripts that let a shell complete the words of `bounds`, made by shtab from the parsers."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import shtab

from bounds.figures import FIGURES

SHELLS = tuple(shtab.SUPPORTED_SHELLS)


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """The script for one of `SHELLS`.

    Args:
        parser: of `bounds`, with the arguments of every command. What its words may be is put in.
        shell: its name.
    """
    for command, action in _arguments(parser):
        if action.metavar == "FILE" or (command, action.metavar) == ("decide", "CLAIM"):
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.metavar in ("DIR", "PATH"):
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        elif (command, action.metavar) == ("figure", "NAME"):
            action.choices = FIGURES
        elif (command, action.metavar) == ("verify", "ID"):
            action.choices = _claims()
    return shtab.complete(parser, shell)


def _arguments(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.Action]]:
    """Every argument of every command."""
    for commands in parser._actions:
        if isinstance(commands, argparse._SubParsersAction):
            for name, sub in commands.choices.items():
                yield from ((name, action) for action in sub._actions)


def _claims() -> tuple[str, ...]:
    from proofs_check import find_claims

    return tuple(claim.id for claim in find_claims())
