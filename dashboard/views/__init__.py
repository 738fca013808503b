"""One script per page, of composition only; ``app.py`` runs the one that was asked for."""
