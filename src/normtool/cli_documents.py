"""The verbs about dossiers: flags become one frozen request.

Nothing heavy is imported here; a verb imports what it needs when it runs, so that `--help` is quick.
"""

from pathlib import Path
from typing import Annotated, Any

import typer

from normtool.cli_help import NormtoolCommand, UsageProblem
from normtool.cli_options import Options, choices_of, common_of
from normtool.texts import Words

AUDIENCES = ("review", "board", "public")
PAGES = (".pdf", ".html")
TABLES = (".csv", ".xlsx")
WORKBOOK = (".xlsx",)


def add_documents(application: typer.Typer, words: Words, options: Options) -> None:
    """`report`, `board`, `compare`, `export` and `verify`."""
    _add_report(application, words, options)
    _add_board(application, words, options)
    _add_compare(application, words, options)
    _add_export(application, words, options)
    _add_verify(application, words, options)


def _dossiers(words: Words) -> Any:
    return typer.Argument(metavar=words.say("cli.metavar.dossiers"), help=words.say("cli.argument.dossiers"))


def check_suffix(target: Path, known: tuple[str, ...]) -> None:
    """Refuse a file name whose end says another kind of file than can be made."""
    if target.suffix.lower() not in known:
        raise UsageProblem("cli.wrong_suffix", found=target.name, choices=", ".join(known))


def _member_of(given: str | None) -> str:
    """The member that was asked for; one without a name is a slip, and does not mean the whole board."""
    if given is not None and not given.strip():
        raise UsageProblem("cli.usage.bad_value", name="--for")
    return (given or "").strip()


def _add_report(application: typer.Typer, words: Words, options: Options) -> None:
    one = typer.Argument(metavar=words.say("cli.metavar.dossier"), help=words.say("cli.argument.dossier"))

    @application.command(cls=NormtoolCommand.speaking(words), help=words.say("cli.help.report"))
    def report(
        dossier: Annotated[Path, one],
        output: Annotated[Path, options.target],
        audience: Annotated[str, options.option("--audience", metavar="|".join(AUDIENCES))] = "review",
        member: Annotated[str | None, options.member] = None,
        attach_evidence: Annotated[bool, options.option("--attach-evidence")] = False,
        house_style: Annotated[Path | None, options.house_style] = None,
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        quiet: Annotated[bool, options.quiet] = False,
        force: Annotated[bool, options.force] = False,
    ) -> int:
        common = common_of(words, locals())
        check_suffix(output, PAGES)
        if not audience.strip():
            raise UsageProblem("cli.usage.option_needs_value", option="--audience")
        chosen = choices_of("--audience", audience, AUDIENCES)
        if len(chosen) != 1:
            raise UsageProblem("cli.wrong_choice", option="--audience", found=audience, choices=", ".join(AUDIENCES))
        if member and chosen != ("board",):
            raise UsageProblem("cli.not_together", first="--for", second=f"--audience {chosen[0]}")
        if attach_evidence and (chosen != ("review",) or output.suffix.lower() != ".pdf"):
            raise UsageProblem("cli.attach_where")
        from normtool.app.reporting import ReportRequest
        from normtool.app.reporting import report as run_report

        return run_report(
            ReportRequest(
                common=common,
                dossier=dossier,
                target=output,
                audience=chosen[0],
                member=_member_of(member),
                attach_evidence=attach_evidence,
            )
        )


def _add_board(application: typer.Typer, words: Words, options: Options) -> None:
    @application.command(cls=NormtoolCommand.speaking(words), help=words.say("cli.help.board"))
    def board(
        dossiers: Annotated[list[Path], _dossiers(words)],
        output: Annotated[Path, options.target],
        member: Annotated[str | None, options.member] = None,
        anonymous: Annotated[bool, options.option("--anonymous")] = False,
        house_style: Annotated[Path | None, options.house_style] = None,
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        quiet: Annotated[bool, options.quiet] = False,
        force: Annotated[bool, options.force] = False,
    ) -> int:
        common = common_of(words, locals())
        check_suffix(output, WORKBOOK)
        if member and anonymous:
            raise UsageProblem("cli.not_together", first="--for", second="--anonymous")
        from normtool.app.boards import BoardRequest
        from normtool.app.boards import board as run_board

        return run_board(
            BoardRequest(
                common=common,
                dossiers=tuple(dossiers),
                target=output,
                member=_member_of(member),
                anonymous=anonymous,
            )
        )


def _add_compare(application: typer.Typer, words: Words, options: Options) -> None:
    @application.command(cls=NormtoolCommand.speaking(words), help=words.say("cli.help.compare"))
    def compare(
        dossiers: Annotated[list[Path], _dossiers(words)],
        output: Annotated[Path, options.target],
        anonymous: Annotated[bool, options.option("--anonymous")] = False,
        house_style: Annotated[Path | None, options.house_style] = None,
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        quiet: Annotated[bool, options.quiet] = False,
        force: Annotated[bool, options.force] = False,
    ) -> int:
        common = common_of(words, locals())
        check_suffix(output, PAGES)
        from normtool.app.comparing import CompareRequest
        from normtool.app.comparing import compare as run_compare

        return run_compare(
            CompareRequest(common=common, dossiers=tuple(dossiers), target=output, anonymous=anonymous)
        )


def _add_export(application: typer.Typer, words: Words, options: Options) -> None:
    @application.command(cls=NormtoolCommand.speaking(words), help=words.say("cli.help.export"))
    def export(
        dossiers: Annotated[list[Path], _dossiers(words)],
        output: Annotated[Path, options.target],
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        quiet: Annotated[bool, options.quiet] = False,
        force: Annotated[bool, options.force] = False,
    ) -> int:
        common = common_of(words, locals())
        check_suffix(output, TABLES)
        from normtool.app.exporting import ExportRequest
        from normtool.app.exporting import export as run_export

        return run_export(ExportRequest(common=common, dossiers=tuple(dossiers), target=output))


def _add_verify(application: typer.Typer, words: Words, options: Options) -> None:
    files_of = typer.Argument(metavar=words.say("cli.metavar.files"), help=words.say("cli.argument.verify"))

    @application.command(cls=NormtoolCommand.speaking(words), help=words.say("cli.help.verify"))
    def verify(
        files: Annotated[list[Path], files_of],
        house_style: Annotated[Path | None, options.house_style] = None,
        networks: Annotated[Path | None, options.networks] = None,
        lang: Annotated[str, options.lang] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        quiet: Annotated[bool, options.quiet] = False,
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.verifying import VerifyRequest
        from normtool.app.verifying import verify as run_verify

        return run_verify(VerifyRequest(common=common, files=tuple(files), networks=networks))
