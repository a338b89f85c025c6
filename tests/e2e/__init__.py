"""The program from the outside: its verbs, its exit codes, its files."""
