"""normtool: self-assessment and peer review for Dutch regional oncology networks."""

__version__ = "0.4.0"
