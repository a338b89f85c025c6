"""Sentences that more than one layer needs: diagnostics, norms, networks, and the account of a verdict."""
