"""`python -m normtool`: the same as `normtool`, for machines that do not allow its own .exe."""

from normtool.cli import main

main()
