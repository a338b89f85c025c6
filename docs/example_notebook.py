# ruff: noqa: D100, T201 (a notebook: its text stands in cells, and it prints)
# %% [markdown]
# # Networks in tables
#
# A notebook as a plain script: open it in Jupyter (with jupytext), VS Code or Spyder, or run it with Python.
# `FOLDER` holds dossiers, each in a folder of its own: `on-1-2026/dossier.json` and so on. Any dossier will do;
# `normtool demo` makes one. What each column means is told by `frames.data_dictionary()` and in docs/frames.md.

# %%
from __future__ import annotations

import os
from pathlib import Path

from normtool import frames

FOLDER = Path(os.environ.get("NORMTOOL_DOSSIERS", "."))
dossiers = frames.read(sorted(FOLDER.glob("*/dossier.json")))
frames.networks(dossiers)[["network", "network_name", "assessment_year", "edition", "stage"]]

# %% [markdown]
# ## How often does each verdict occur, per indicator?
#
# Only indicators that are asked count. There is no total per network: standards and networks are not added up.

# %%
indicators = frames.indicators(dossiers, language="en")
asked = indicators[indicators["open"] & (indicators["class"] == "core")]
verdicts = asked.groupby(["indicator", "indicator_title", "verdict"]).size().unstack(fill_value=0)
print(verdicts.to_string())

# %% [markdown]
# ## Which evidence is missing most often?

# %%
unknown = asked[asked["verdict"] == "unknown"]
missing = unknown.groupby(["indicator", "reason"]).size().sort_values(ascending=False)
print(missing.head(10).to_string())

# %% [markdown]
# ## Shares of patients, with their interval
#
# Small numbers are masked: then the share is missing and `masked` is true. The verdict rests on the true numbers.

# %%
measured = indicators[indicators["interval_low"].notna() | indicators["masked"]]
columns = ["network", "indicator", "share", "interval_low", "interval_high", "target", "masked", "verdict"]
print(measured[columns].to_string(index=False))

# %% [markdown]
# ## Volumes below a norm that is in force

# %%
volumes = frames.volumes(dossiers, language="en")
below = volumes[volumes["norm_binds"] & (volumes["norm_state"] != "met")]
print(
    below[["network", "location_name", "treatment_name", "year", "norm_total", "norm_minimum"]].to_string(index=False)
)

# %% [markdown]
# ## Bottlenecks, by who can solve them

# %%
bottlenecks = frames.bottlenecks(dossiers)
print(bottlenecks.groupby("owner", dropna=False).size().to_string())
