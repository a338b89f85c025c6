"""From a dossier to bytes; nothing is computed here that the dossier does not hold."""
