"""The verbs about the registry of networks: flags become one frozen request.

Nothing heavy is imported here; a verb imports what it needs when it runs, so that `--help` is quick.
"""

from pathlib import Path
from typing import Annotated

import typer

from normtool.cli_help import NormtoolCommand, verb_group
from normtool.cli_options import Options, common_of
from normtool.texts import Words


def networks_verbs(words: Words, options: Options) -> typer.Typer:
    """`networks` and its verbs."""
    verbs = verb_group(words, "networks")
    _add_reading(verbs, words, options)
    _add_checking(verbs, words, options)
    return verbs


def _add_reading(verbs: typer.Typer, words: Words, options: Options) -> None:
    speaking = NormtoolCommand.speaking(words)

    @verbs.command("list", cls=speaking, help=words.say("cli.help.networks_list"))
    def list_all(
        networks: Annotated[Path | None, options.networks] = None,
        on: Annotated[str, options.on_networks] = "",
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        quiet: Annotated[bool, options.quiet] = False,
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.networks import list_networks

        return list_networks(common, networks)

    @verbs.command(cls=speaking, help=words.say("cli.help.networks_show"))
    def show(
        name: Annotated[str, typer.Argument(metavar="ID", help=words.say("cli.argument.registered"))] = "",
        networks: Annotated[Path | None, options.networks] = None,
        on: Annotated[str, options.on_networks] = "",
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        quiet: Annotated[bool, options.quiet] = False,
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.networks import show_networks

        return show_networks(common, name, networks)


def _add_checking(verbs: typer.Typer, words: Words, options: Options) -> None:
    @verbs.command(cls=NormtoolCommand.speaking(words), help=words.say("cli.help.networks_check"))
    def check(
        file: Annotated[
            Path | None,
            typer.Argument(metavar=words.say("cli.metavar.file"), help=words.say("cli.argument.networks")),
        ] = None,
        networks: Annotated[Path | None, options.networks] = None,
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        quiet: Annotated[bool, options.quiet] = False,
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.networks import check_networks

        return check_networks(common, file or networks)
