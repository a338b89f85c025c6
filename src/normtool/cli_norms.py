"""The verbs about norms, explanations and the program itself: flags become one frozen request.

Nothing heavy is imported here; a verb imports what it needs when it runs, so that `--help` is quick.
"""

from pathlib import Path
from typing import Annotated

import typer

from normtool.cli_help import NormtoolCommand, verb_group
from normtool.cli_options import Options, common_of
from normtool.texts import Words


def add_explain(application: typer.Typer, words: Words, options: Options) -> None:
    """`explain`: a diagnostic, an indicator or a verdict."""

    @application.command(cls=NormtoolCommand.speaking(words), help=words.say("cli.help.explain"))
    def explain(
        name: Annotated[str, typer.Argument(metavar="ID", help=words.say("cli.argument.explain"))],
        dossier: Annotated[Path | None, options.option("--dossier", metavar=words.say("cli.metavar.file"))] = None,
        standards: Annotated[str, options.standards] = "",
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.explaining import explain as run_explain

        return run_explain(common, name, dossier)


def add_demo_and_doctor(application: typer.Typer, words: Words, options: Options) -> None:
    """`demo` and `doctor`: a first look, and what this machine lacks."""
    speaking = NormtoolCommand.speaking(words)

    @application.command(cls=speaking, help=words.say("cli.help.demo"))
    def demo(
        folder: Annotated[
            Path,
            typer.Argument(metavar=words.say("cli.metavar.folder"), help=words.say("cli.argument.demo")),
        ] = Path("normtool-demo"),
        lang: Annotated[str, options.lang] = "",
        quiet: Annotated[bool, options.quiet] = False,
        force: Annotated[bool, options.force] = False,
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.demo import demo as run_demo

        return run_demo(common, folder)

    @application.command(cls=speaking, help=words.say("cli.help.doctor"))
    def doctor(
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.doctor import doctor as run_doctor

        return run_doctor(common)


def standards_verbs(words: Words, options: Options) -> typer.Typer:
    """`standards` and its verbs."""
    verbs = verb_group(words, "standards")
    _add_standards_reading(verbs, words, options)
    _add_standards_checking(verbs, words, options)
    return verbs


def _add_standards_reading(verbs: typer.Typer, words: Words, options: Options) -> None:
    speaking = NormtoolCommand.speaking(words)

    @verbs.command("list", cls=speaking, help=words.say("cli.help.standards_list"))
    def list_all(
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.norms import list_standards

        return list_standards(common)

    @verbs.command(cls=speaking, help=words.say("cli.help.standards_show"))
    def show(
        name: Annotated[str, typer.Argument(metavar="ID", help=words.say("cli.argument.indicator"))] = "",
        standards: Annotated[str, options.standards] = "",
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.norms import show_standards

        return show_standards(common, name)


def _add_standards_checking(verbs: typer.Typer, words: Words, options: Options) -> None:
    speaking = NormtoolCommand.speaking(words)

    @verbs.command(cls=speaking, help=words.say("cli.help.standards_check"))
    def check(
        folder: Annotated[
            str,
            typer.Argument(metavar=words.say("cli.metavar.folder"), help=words.say("cli.argument.standards")),
        ] = "",
        standards: Annotated[str, options.standards] = "",
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
    ) -> int:
        common = common_of(words, {**locals(), "standards": folder or standards})
        from normtool.app.norms import check_standards

        return check_standards(common)

    @verbs.command(cls=speaking, help=words.say("cli.help.standards_schema"))
    def schema(
        output: Annotated[
            Path | None, options.option("--output", "-o", metavar=words.say("cli.metavar.folder"))
        ] = None,
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        force: Annotated[bool, options.force] = False,
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.norms import write_schema

        return write_schema(common, output)
