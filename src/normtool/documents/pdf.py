"""HTML to PDF with WeasyPrint: tagged (PDF/UA-1), archivable (PDF/A-3a), offline, the same bytes every time."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import MethodType
from typing import Any

from normtool.documents.pdf_glyphs import in_our_glyphs
from normtool.documents.pdf_letters import give_letters
from normtool.documents.pdf_structure import add_structure

UA_DESCRIPTION = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of PDF/UA that the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
"""What PDF/A readers need to accept the claim of PDF/UA-1 beside their own."""

LONGEST = 8_000
"""Characters of a text beside the content: written out they stay under 32,767 bytes (ISO 19005-3, 6.1.13)."""


class PdfUnavailable(Exception):  # noqa: N818 (a state of the machine, not a fault)
    """WeasyPrint, or a system library it needs (Pango), is missing on this machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file inside the PDF; `relationship` is a word of PDF/A-3 (Source, Data, Supplement)."""

    name: str
    content: bytes
    description: str
    media_type: str = "application/json"
    relationship: str = "Source"


def render_pdf(page: str, *, templates: Path, day: date, attachments: tuple[Attachment, ...] = ()) -> bytes:
    """A page as PDF, dated `day`; only files below `templates` can be read while rendering.

    Raises:
        PdfUnavailable: WeasyPrint, or a system library it needs, is missing.
        ForbiddenAddressError: the page refers to something outside `templates`; a fault in our own templates.
    """
    weasyprint = _weasyprint()
    fetcher = _fetcher(templates.resolve())
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    page = in_our_glyphs(page, templates / "fonts")
    document = weasyprint.HTML(string=page, base_url=templates.resolve().as_uri() + "/", url_fetcher=fetcher).render(
        pdf_variant="pdf/a-3a", pdf_tags=True
    )
    document.metadata.created = document.metadata.modified = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    in_order = sorted(attachments, key=lambda item: item.name)  # the names in the file must be sorted
    document.metadata.attachments = [_attachment(weasyprint, item, moment) for item in in_order]
    document.metadata.title = (document.metadata.title or "")[:LONGEST]
    _claim_accessibility(document.metadata)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
        content: bytes = document.write_pdf(
            pdf_variant="pdf/a-3a",
            pdf_tags=True,
            pdf_identifier=_identifier(page),
            custom_metadata=False,
            finisher=lambda _, pdf: _finish(pdf, in_order),
        )
    return content


def _finish(pdf: Any, attachments: Sequence[Attachment]) -> None:
    """Say what WeasyPrint leaves out of a PDF/A: kinds of attached files; each named once; no smoothed pictures."""
    named: dict[bytes, int] = {}
    for item in pdf.objects:
        values: Any = item if isinstance(item, dict) else {}
        _shorten(values)
        if values.get("Type") == "/Filespec":
            named[values.reference] = int(values["EF"]["F"].split()[0])
        extra = getattr(item, "extra", {})
        if extra.get("Subtype") == "/Image":
            extra["Interpolate"] = "false"  # ISO 19005-3, 6.2.8
    for number, attached in zip(named.values(), attachments, strict=True):
        pdf.objects[number].extra["Subtype"] = f"/{attached.media_type.replace('/', '#2f')}"
    if named:
        pdf.catalog["AF"][:] = list(named)


def _shorten(values: Mapping[str, Any]) -> None:
    """Cut texts beside the content, such as what a picture shows, at what a string may hold."""
    for value in values.values():
        text = getattr(value, "string", "")
        if len(text) > LONGEST:
            value.string = text[:LONGEST]


def _weasyprint() -> Any:
    try:
        with redirect_stdout(io.StringIO()):  # it prints its own advice there when Pango is missing
            import weasyprint
            import weasyprint.pdf
    except (ImportError, OSError) as missing:
        raise PdfUnavailable(str(missing)) from missing
    weasyprint.pdf.add_tags = add_structure
    weasyprint.pdf.build_fonts_dictionary = _with_letters
    return weasyprint


def _with_letters(pdf: Any, fonts: Any, *others: Any) -> Any:
    """The fonts of a file as WeasyPrint writes them, after every glyph knows what it stands for."""
    from weasyprint.pdf.fonts import build_fonts_dictionary

    give_letters(fonts)
    return build_fonts_dictionary(pdf, fonts, *others)


def _fetcher(folder: Path) -> Any:
    """A fetcher that serves files of one folder and data addresses; anything else stops the rendering."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class ForbiddenAddressError(FatalURLFetchingError):  # type: ignore[misc]
        """Something outside the templates was asked for."""

    class TemplateFetcher(URLFetcher):  # type: ignore[misc]
        """Files of the templates only."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            inside = url.startswith(folder.as_uri() + "/") and ".." not in url
            if not (inside or url.startswith("data:")):
                raise ForbiddenAddressError(url)
            return super().fetch(url, headers)

    return TemplateFetcher(allowed_protocols={"file", "data"}, fail_on_errors=True)


def _attachment(weasyprint: Any, item: Attachment, moment: datetime) -> Any:
    return weasyprint.Attachment(
        string=item.content,
        name=item.name,
        description=item.description,
        relationship=item.relationship,
        created=moment,
        modified=moment,
    )


def _claim_accessibility(metadata: Any) -> None:
    """Add PDF/UA-1 to the metadata; WeasyPrint writes one claim only, so the generated RDF gets a second."""
    generate = type(metadata).generate_rdf_metadata

    def with_accessibility(self: Any, variant: str, version: int, conformance: str) -> bytes:
        rdf: bytes = generate(self, variant, version, conformance)
        return rdf.replace(b"</rdf:RDF>", UA_DESCRIPTION + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = MethodType(with_accessibility, metadata)


def _identifier(page: str) -> bytes:
    """An identifier that follows from the content, so that the same page gives the same file."""
    from hashlib import sha256

    return sha256(page.encode()).hexdigest()[:32].encode()
