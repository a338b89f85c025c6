"""The verbs about evidence: flags become one frozen request.

Nothing heavy is imported here; a verb imports what it needs when it runs, so that `--help` is quick.
"""

from pathlib import Path
from typing import Annotated, Any

import typer

from normtool.cli_help import NormtoolCommand, UsageProblem
from normtool.cli_options import Options, check_years, choices_of, common_of, date_of, names_of
from normtool.texts import Words

ONLY = ("html", "pdf", "xlsx")
REQUIRE = ("core", "all")


def evidence_argument(words: Words) -> Any:
    """The workbooks, or a folder with them, as the argument of a verb."""
    return typer.Argument(metavar=words.say("cli.metavar.evidence"), help=words.say("cli.argument.evidence"))


def add_check(application: typer.Typer, words: Words, options: Options) -> None:
    """`check`: read, diagnose, show where each part stands."""
    evidence = evidence_argument(words)

    @application.command(cls=NormtoolCommand.speaking(words), help=words.say("cli.help.check"))
    def check(
        paths: Annotated[list[Path], evidence],
        annotate: Annotated[Path | None, options.annotate] = None,
        figures: Annotated[list[Path] | None, options.figures] = None,
        standards: Annotated[str, options.standards] = "",
        lang: Annotated[str, options.lang] = "",
        on: Annotated[str, options.on] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        quiet: Annotated[bool, options.quiet] = False,
        force: Annotated[bool, options.force] = False,
    ) -> int:
        common = common_of(words, locals())
        from normtool.app.assessing import check as run_check
        from normtool.app.reading import Given

        return run_check(common, Given(paths=tuple(paths), figures=tuple(figures or ()), annotate=annotate))


def add_assess(application: typer.Typer, words: Words, options: Options) -> None:
    """`assess`: check, score, write the documents."""
    evidence = evidence_argument(words)

    @application.command(cls=NormtoolCommand.speaking(words), help=words.say("cli.help.assess"))
    def assess(
        paths: Annotated[list[Path], evidence],
        output: Annotated[
            Path | None, options.option("--output", "-o", metavar=words.say("cli.metavar.folder"))
        ] = None,
        only: Annotated[str, options.option("--only", metavar="html,pdf,xlsx")] = "",
        draft: Annotated[bool, options.option("--draft")] = False,
        require: Annotated[str, options.option("--require", metavar="core|all")] = "",
        annotate: Annotated[Path | None, options.annotate] = None,
        figures: Annotated[list[Path] | None, options.figures] = None,
        standards: Annotated[str, options.standards] = "",
        lang: Annotated[str, options.lang] = "",
        on: Annotated[str, options.on] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        quiet: Annotated[bool, options.quiet] = False,
        force: Annotated[bool, options.force] = False,
    ) -> int:
        values = locals()
        common = common_of(words, values)
        required = choices_of("--require", require, REQUIRE)
        kinds = choices_of("--only", only, ONLY) or ONLY
        from normtool.app.assessing import AssessRequest
        from normtool.app.assessing import assess as run_assess
        from normtool.app.reading import Given

        return run_assess(
            AssessRequest(
                common=common,
                given=Given(paths=tuple(paths), figures=tuple(figures or ()), annotate=annotate),
                folder=output,
                only=kinds,
                draft=draft,
                require=required[-1] if required else "",
            )
        )


def add_template(application: typer.Typer, words: Words, options: Options) -> None:
    """`template`: the form, whole or in parts."""
    code = typer.Argument(metavar=words.say("cli.metavar.network"), help=words.say("cli.argument.network"))
    file, year_of = words.say("cli.metavar.file"), words.say("cli.metavar.year")

    @application.command(cls=NormtoolCommand.speaking(words), help=words.say("cli.help.template"))
    def template(
        network: Annotated[str, code],
        year: Annotated[int, options.option("--year", metavar=year_of)],
        output: Annotated[Path | None, options.option("--output", "-o", metavar=file)] = None,
        name: Annotated[str, options.option("--name", metavar=words.say("cli.metavar.name"))] = "",
        first_year: Annotated[int | None, options.option("--first-year", metavar=year_of)] = None,
        all_indicators: Annotated[bool, options.option("--all")] = False,
        last_year: Annotated[Path | None, options.option("--from", metavar=file)] = None,
        figures: Annotated[list[Path] | None, options.figures] = None,
        part: Annotated[list[str] | None, options.option("--for", metavar="ID")] = None,
        parts: Annotated[Path | None, options.option("--parts", metavar=words.say("cli.metavar.folder"))] = None,
        deadline: Annotated[str, options.option("--deadline", metavar=words.say("cli.metavar.date"))] = "",
        standards: Annotated[str, options.standards] = "",
        lang: Annotated[str, options.lang] = "",
        on: Annotated[str, options.on] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        quiet: Annotated[bool, options.quiet] = False,
        force: Annotated[bool, options.force] = False,
    ) -> int:
        common = common_of(words, locals())
        check_years(year, first_year)
        if parts is not None and (part or output is not None):
            raise UsageProblem("cli.not_together", first="--parts", second="--for" if part else "--output")
        if part and not names_of(part):
            raise UsageProblem("cli.usage.option_needs_value", option="--for")
        from normtool.app.forms import TemplateRequest
        from normtool.app.forms import template as run_template

        return run_template(
            TemplateRequest(
                common=common,
                network=network,
                name=name,
                year=year,
                first_year=first_year,
                target=output,
                all_indicators=all_indicators,
                last_year=last_year,
                figures=tuple(figures or ()),
                part=names_of(part or []),
                parts=parts,
                deadline=date_of(deadline),
            )
        )
