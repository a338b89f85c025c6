"""One function per verb: joins the edges (files, documents) to the core and gives an exit code back."""
