"""Everything that touches disk, one format per module."""
