"""What a PDF says that is on no page, also when another program wrote it in its own way."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from normtool.files.pdf_reading import content_of


def test_a_description_that_is_an_object_of_its_own_is_read_as_well() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    described = pdf.make_indirect(pikepdf.String("voldoet"))
    pdf.Root.Figure = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, Alt=described))
    assert content_of(written(pdf)).beside == ("Alt: voldoet",)


def test_a_title_that_is_described_in_several_languages_is_one_title() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    with pdf.open_metadata(update_docinfo=False) as described:
        described["dc:title"] = "Toetsrapport"
    data = written(pdf)
    assert content_of(data).beside == ("Title: Toetsrapport",)
    one = b'<rdf:li xml:lang="x-default">Toetsrapport</rdf:li>'
    assert one in data
    pdf.Root.Metadata = pdf.make_stream(
        pdf.Root.Metadata.read_bytes().replace(one, one + one.replace(b"x-default", b"nl"))
    )
    pdf.Root.Metadata.Type, pdf.Root.Metadata.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    assert content_of(written(pdf)).beside == ("Title: Toetsrapport",)


def written(pdf: pikepdf.Pdf) -> bytes:
    """Its bytes."""
    target = BytesIO()
    pdf.save(target, compress_streams=False)
    return target.getvalue()
