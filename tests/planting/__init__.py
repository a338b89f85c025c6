"""Known faults planted at random places of a valid workbook, and what must be said of each."""
