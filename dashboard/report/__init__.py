"""Reports: a review as a document for people, and the document as a PDF."""

from dashboard.report.weekly import weekly_pdf

__all__ = ["weekly_pdf"]
