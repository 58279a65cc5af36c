"""What can be wrong with a whole file. Told in a way that says what to do. Knows no database."""

from __future__ import annotations

from huying.foundation.errors import InvalidInput


class BadTable(InvalidInput):
    """This file is not a table that can be read: save it as .xlsx or .csv and try again."""

    code = "not-a-table"


class OldWorkbook(BadTable):
    """This is an old workbook (.xls) or one with a password: save it as .xlsx without a password."""

    code = "old-workbook"


class EmptyTable(BadTable):
    """There are no rows in this file: the first row names the columns, the customers stand below."""

    code = "empty-table"


class TooLarge(BadTable):
    """This file is too large, or grows too large when it is unpacked: part it and import the parts one after another."""

    code = "table-too-large"


class TooManyColumns(BadTable):
    """There are too many columns: remove those that are not needed."""

    code = "too-many-columns"


class TooManyRows(BadTable):
    """There are too many rows: part the file and import the parts one after another."""

    code = "too-many-rows"


class MergedCells(BadTable):
    """Cells are merged in this table: unmerge them, so that each row says everything itself."""

    code = "merged-cells"


class FormulasWithoutValues(BadTable):
    """Cells hold formulas whose results are not stored: open the file in a spreadsheet, save it, or paste the values."""

    code = "formulas-without-values"


class UnknownLetters(BadTable):
    """The letters of this file are neither UTF-8 nor GB18030: save it as 'CSV UTF-8' or as .xlsx."""

    code = "unknown-encoding"


KINDS: dict[str, type[BadTable]] = {
    kind.code: kind
    for kind in (
        BadTable,
        OldWorkbook,
        EmptyTable,
        TooLarge,
        TooManyColumns,
        TooManyRows,
        MergedCells,
        FormulasWithoutValues,
        UnknownLetters,
    )
}


def bad_table(code: str, details: dict[str, object]) -> BadTable:
    """The error of a code, as another process told it."""
    return KINDS.get(code, BadTable)("", **details)
