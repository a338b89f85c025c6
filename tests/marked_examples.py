"""Workbooks as rich as people make them, for marks to be put into: of two libraries, and one written oddly."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from pathlib import Path
from typing import Any

import openpyxl
import openpyxl.formatting.rule
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

ANSWERS, SECOND, HIDDEN = "Antwoorden één", "D'r bij & zo", "_normtool"
USERS_COMMENT = "Dit heb ik nagevraagd bij de apotheek."


def picture() -> bytes:
    """A red dot as a PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
        + chunk(b"IEND", b"")
    )


def by_xlsxwriter(path: Path) -> Path:
    """Everything that XlsxWriter can put into a workbook and that marks might damage."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = xlsxwriter.Workbook(str(path))
        sheet = book.add_worksheet(ANSWERS)
        _fill_answers(book, sheet)
        _dress(book, sheet)
        _fill_second(book, book.add_worksheet(SECOND))
        hidden = book.add_worksheet(HIDDEN)
        hidden.hide()
        hidden.write_string("A1", "framework")
        page = book.add_chartsheet("Grafiek")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": [ANSWERS, 1, 1, 5, 1]})
        page.set_chart(chart)
        book.define_name("Alles", f"='{ANSWERS}'!$A$1:$D$9")
        book.define_name(f"'{ANSWERS}'!Hier", f"='{ANSWERS}'!$B$2")
        book.get_worksheet_by_name(SECOND).activate()
        book.close()
    return path


def _fill_answers(book: Any, sheet: Any) -> None:
    sheet.write_row("A1", ["Naam", "Aantal", "Uit", "Aandeel"], book.add_format({"bold": True}))
    for row in range(1, 9):
        sheet.write_string(row, 0, f"=rij {row} & <b>")
        sheet.write_number(row, 1, row * 1.5, book.add_format({"num_format": "0.00", "locked": False}))
        sheet.write_formula(row, 2, f"=B{row + 1}*2", None, row * 3)
        sheet.write_formula(row, 3, f'=IF(C{row + 1}>0,"goed","")', None, "goed")
    sheet.write_rich_string("F2", "Dit is ", book.add_format({"bold": True}), "vet", " en dit niet")
    sheet.write_url("F3", f"internal:'{SECOND}'!A1", string="ga")
    sheet.merge_range("H2:I4", "samen", book.add_format({"border": 1}))
    sheet.set_column("A:A", 30)
    sheet.set_row(3, 40)
    sheet.set_row(5, None, None, {"hidden": True})
    sheet.freeze_panes(1, 1)
    sheet.autofilter("A1:D9")
    sheet.print_area("A1:I20")
    sheet.repeat_rows(0)


def _dress(book: Any, sheet: Any) -> None:
    sheet.data_validation("B2:B9", {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 99})
    green = book.add_format({"bg_color": "#C6EFCE"})
    sheet.conditional_format(
        "B2:B9", {"type": "cell", "criteria": ">", "value": 5, "format": green, "stop_if_true": True}
    )
    sheet.conditional_format("C2:C9", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("D2:D9", {"type": "3_color_scale"})
    sheet.conditional_format("A2:A9", {"type": "formula", "criteria": "=$B2>3", "format": green})
    sheet.write_comment("B3", USERS_COMMENT, {"author": "Contactpersoon"})
    sheet.write_comment("C9", "Nog uitzoeken")
    sheet.insert_image("K2", "stip.png", {"image_data": io.BytesIO(picture())})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": [ANSWERS, 1, 1, 8, 1]})
    sheet.insert_chart("K8", chart)
    sheet.insert_button("M2", {"caption": "Druk"})
    sheet.add_sparkline("E2", {"range": "B2:D2"})
    sheet.set_header("&L&G", {"image_left": "stip.png", "image_data_left": io.BytesIO(picture())})
    sheet.ignore_errors({"number_stored_as_text": "A1:A9"})
    sheet.protect("", {"select_locked_cells": False})


def _fill_second(book: Any, sheet: Any) -> None:
    sheet.write_row("A1", ["x", "y"])
    sheet.write_column("A2", [1, 2, 3])
    sheet.write_column("B2", [4, 5, 6])
    sheet.add_table("A1:B4", {"name": "Cijfers", "columns": [{"header": "x"}, {"header": "y"}]})
    sheet.set_landscape()


def by_openpyxl(path: Path) -> Path:
    """A workbook as openpyxl writes it: formulas without results, its own way of comments, no strings shared."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = ANSWERS
    sheet.append(["Naam", "Aantal", "Uit"])
    for row in range(2, 10):
        sheet.append([f"rij {row}", row * 1.5, f"=B{row}*2"])
    sheet.merge_cells("H2:I4")
    sheet.freeze_panes = "B2"
    sheet.protection.sheet = True
    fill = PatternFill(bgColor="FFC7CE", fill_type="solid")
    formats: Any = sheet.conditional_formatting
    rules: Any = openpyxl.formatting.rule
    formats.add("B2:B9", rules.CellIsRule(operator="greaterThan", formula=["5"], fill=fill))
    formats.add("A2:A9", rules.FormulaRule(formula=["$B2>3"], fill=fill, stopIfTrue=True))
    formats.add("C2:C9", rules.DataBarRule("min", None, "max", None, color="FF638EC6"))
    choice = DataValidation(type="list", formula1='"ja,nee"')
    choice.add("D2:D9")
    sheet.add_data_validation(choice)
    sheet["B3"].comment = Comment(USERS_COMMENT, "Contactpersoon")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=9), titles_from_data=True)
    sheet.add_chart(chart, "K8")
    sheet.add_image(Image(io.BytesIO(picture())), "K2")
    second = book.create_sheet(SECOND)
    for line in (["x", "y"], [1, 4], [2, 5]):
        second.append(line)
    second.add_table(Table(displayName="Cijfers", ref="A1:B3"))
    hidden = book.create_sheet(HIDDEN)
    hidden.sheet_state = "hidden"
    book.defined_names["Alles"] = DefinedName("Alles", attr_text=f"'{ANSWERS}'!$A$1:$C$9")
    second.defined_names["Hier"] = DefinedName("Hier", attr_text=f"'{ANSWERS}'!$B$2")
    sheet.print_title_rows = "1:1"
    book.active = 1
    sheet.sheet_view.tabSelected = False
    book.save(path)
    return path


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ODD_SHEET = f"""\ufeff<?xml version='1.0' encoding='utf-8'?>
<!-- <x:sheetData> is nog niet begonnen -->
<x:worksheet xmlns:x='{MAIN}'
  xmlns:rel='{OFFICE}'
  xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' mc:Ignorable='y' xmlns:y='urn:y'
  y:uid='{{1}}'>
  <x:sheetData>
    <x:row><x:c t='inlineStr'><x:is><x:t>vraag</x:t></x:is></x:c><x:c><x:v>7</x:v></x:c></x:row>
    <x:row><x:c><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row>
  </x:sheetData>
  <x:conditionalFormatting sqref='A1'>
    <x:cfRule type='expression' priority='3' dxfId='0'><x:formula>A1=">"</x:formula></x:cfRule>
  </x:conditionalFormatting>
  <x:pageMargins left='1' right='1' top='1' bottom='1' header='1' footer='1'/>
  <mc:AlternateContent><mc:Choice Requires='y'><x:controls/></mc:Choice></mc:AlternateContent>
</x:worksheet>
"""


def written_oddly(path: Path) -> Path:
    """A workbook with other prefixes and quotes, absolute targets, ids out of order, hardly any styles, no views."""
    parts = {
        "[Content_Types].xml": f"""<?xml version='1.0'?><t:Types xmlns:t='{PACKAGE}/content-types'>
            <t:Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>
            <t:Default Extension='vml' ContentType='application/xml'/>
            <t:Override PartName='/xl/boek.xml' ContentType='{BOOK_TYPE}'/>
            <t:Override PartName='/xl/bladen/Sheet1.xml' ContentType='{SHEET_TYPE}'/>
            <t:Override PartName='/xl/styles.xml' ContentType='{STYLES_TYPE}'/></t:Types>""",
        "_rels/.rels": f"""<Relationships xmlns='{PACKAGE}/relationships'>
            <Relationship Target='/xl/boek.xml' Type='{OFFICE}/officeDocument' Id='a'/></Relationships>""",
        "xl/boek.xml": f"""<x:workbook xmlns:x='{MAIN}' xmlns:rel='{OFFICE}'>
            <x:sheets><x:sheet rel:id='rId2' sheetId='7' name='Antwoorden één'/></x:sheets></x:workbook>""",
        "xl/_rels/boek.xml.rels": f"""<p:Relationships xmlns:p='{PACKAGE}/relationships'>
            <p:Relationship Target='/xl/bladen/Sheet1.xml' Type='{OFFICE}/worksheet' Id='rId2'/>
            <p:Relationship Target='styles.xml' Type='{OFFICE}/styles' Id='rId1'/></p:Relationships>""",
        "xl/bladen/Sheet1.xml": ODD_SHEET,
        "xl/styles.xml": f"""<x:styleSheet xmlns:x='{MAIN}'>
            <x:cellXfs><x:xf/></x:cellXfs>
            <x:dxfs><x:dxf><x:font><x:b/></x:font></x:dxf></x:dxfs></x:styleSheet>""",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10)), text)
    return path
