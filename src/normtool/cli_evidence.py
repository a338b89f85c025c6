"""The verbs about evidence: flags become one frozen request.

Nothing heavy is imported here; a verb imports what it needs when it runs, so that `--help` is quick.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from normtool.cli_help import NormtoolCommand, UsageProblem
from normtool.cli_options import Options, check_years, choices_of, common_of, date_of, names_of
from normtool.texts import Words

if TYPE_CHECKING:
    from normtool.app.reading import Given

ONLY = ("html", "pdf", "xlsx")
REQUIRE = ("core", "all")


def evidence_argument(words: Words) -> Any:
    """The workbooks, or a folder with them, as the argument of a verb."""
    return typer.Argument(metavar=words.say("cli.metavar.evidence"), help=words.say("cli.argument.evidence"))


def given_of(values: dict[str, Any]) -> "Given":
    """What `check` and `assess` were given, as one value; a region without a name is a usage error."""
    from normtool.app.reading import Given

    region = values["region"]
    if region is not None and not region.strip():
        raise UsageProblem("cli.usage.option_needs_value", option="--region")
    return Given(
        paths=tuple(values["paths"]),
        figures=tuple(values["figures"] or ()),
        annotate=values["annotate"],
        region=(region or "").strip(),
        networks=values["networks"],
        former=tuple(values.get("former") or ()),
    )


def add_check(application: typer.Typer, words: Words, options: Options) -> None:
    """`check`: read, diagnose, show where each part stands."""
    evidence = evidence_argument(words)

    @application.command(cls=NormtoolCommand.speaking(words), help=words.say("cli.help.check"))
    def check(
        paths: Annotated[list[Path], evidence],
        region: Annotated[str | None, options.option("--region", metavar=words.say("cli.metavar.region"))] = None,
        networks: Annotated[Path | None, options.networks] = None,
        annotate: Annotated[Path | None, options.annotate] = None,
        figures: Annotated[list[Path] | None, options.figures] = None,
        house_style: Annotated[Path | None, options.house_style] = None,
        standards: Annotated[str, options.standards] = "",
        lang: Annotated[str, options.lang] = "",
        on: Annotated[str, options.on] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        quiet: Annotated[bool, options.quiet] = False,
        force: Annotated[bool, options.force] = False,
    ) -> int:
        values = locals()
        common, given = common_of(words, values), given_of(values)
        if given.region:
            from normtool.app.regions import check_region

            return check_region(common, given)
        from normtool.app.assessing import check as run_check

        return run_check(common, given)


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
        region: Annotated[str | None, options.option("--region", metavar=words.say("cli.metavar.region"))] = None,
        networks: Annotated[Path | None, options.networks] = None,
        annotate: Annotated[Path | None, options.annotate] = None,
        figures: Annotated[list[Path] | None, options.figures] = None,
        former: Annotated[
            list[Path] | None, options.option("--from", metavar=words.say("cli.metavar.file"), told="former")
        ] = None,
        house_style: Annotated[Path | None, options.house_style] = None,
        jobs: Annotated[int | None, options.jobs] = None,
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
        from normtool.app.making import AssessRequest

        request = AssessRequest(
            common=common,
            given=given_of(values),
            folder=output,
            only=kinds,
            draft=draft,
            require=required[-1] if required else "",
        )
        if request.given.region:
            from normtool.app.regions import assess_region

            return assess_region(request)
        from normtool.app.assessing import assess as run_assess

        return run_assess(request)


def check_parts(part: list[str] | None, parts: Path | None, output: Path | None) -> None:
    """Refuse options about parts that do not go together, or name no part."""
    if parts is not None and (part or output is not None):
        raise UsageProblem("cli.not_together", first="--parts", second="--for" if part else "--output")
    if part and not names_of(part):
        raise UsageProblem("cli.usage.option_needs_value", option="--for")


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
        region: Annotated[Path | None, options.option("--region", metavar=file, told="region_file")] = None,
        networks: Annotated[Path | None, options.networks] = None,
        part: Annotated[list[str] | None, options.option("--for", metavar="ID")] = None,
        parts: Annotated[Path | None, options.option("--parts", metavar=words.say("cli.metavar.folder"))] = None,
        deadline: Annotated[str, options.option("--deadline", metavar=words.say("cli.metavar.date"))] = "",
        house_style: Annotated[Path | None, options.house_style] = None,
        standards: Annotated[str, options.standards] = "",
        lang: Annotated[str, options.lang] = "",
        on: Annotated[str, options.on] = "",
        format: Annotated[str, options.format] = "",  # noqa: A002 (the option's name is a contract)
        quiet: Annotated[bool, options.quiet] = False,
        force: Annotated[bool, options.force] = False,
    ) -> int:
        common = common_of(words, locals())
        check_years(year, first_year)
        check_parts(part, parts, output)
        from normtool.app.forms import TemplateRequest
        from normtool.app.forms import template as run_template
        from normtool.app.pre_filling import Given

        return run_template(
            TemplateRequest(
                common=common,
                network=network,
                name=name,
                year=year,
                first_year=first_year,
                target=output,
                all_indicators=all_indicators,
                given=Given(last_year=last_year, figures=tuple(figures or ()), region=region, networks=networks),
                part=names_of(part or []),
                parts=parts,
                deadline=date_of(deadline),
            )
        )
