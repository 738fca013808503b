"""What the columns of canonical tables are called on pages."""

from dashboard.text import Language, text


def column_label(name: str, language: Language) -> str:
    """Return a canonical column in words; its own name if nobody gave it another."""
    labels = {
        "source": text("Source", language),
        "external_id": text("Number in the source", language),
        "file": text("File", language),
        "line": text("Line", language),
        "name": text("Name", language),
        "account": text("Customer", language),
        "owner": text("Person", language),
        "pipeline": text("Pipeline", language),
        "stage": text("Stage", language),
        "status": text("Status", language),
        "amount": text("Amount", language),
        "currency": text("Currency", language),
        "cost": text("Cost", language),
        "created_on": text("Created", language),
        "expected_close_on": text("Expected close", language),
        "closed_on": text("Closed", language),
        "loss_reason": text("Loss reason", language),
        "segment": text("Segment", language),
        "region": text("Region", language),
        "business_unit": text("Business unit", language),
        "product_line": text("Product line", language),
        "lead_source": text("Origin of the lead", language),
        "deal": text("Deal", language),
        "kind": text("Kind", language),
        "subject": text("Subject", language),
        "outcome": text("Outcome", language),
        "outcome_evidence": text("How the outcome is known", language),
        "planned_on": text("Planned", language),
        "done_on": text("Done on", language),
        "met_on": text("Day", language),
        "sent_on": text("Sent", language),
        "entered_on": text("Entered", language),
        "evidence": text("How it is known", language),
        "milestone": text("Milestone", language),
        "duration_min": text("Minutes", language),
        "is_selling": text("Selling time", language),
        "invoiced_on": text("Invoiced", language),
        "revenue": text("Revenue", language),
        "grain": text("Period", language),
        "start": text("Starts on", language),
        "value": text("Value", language),
        "numerator": text("First part", language),
        "denominator": text("Second part", language),
        "note": text("Note", language),
    }
    return labels.get(name, name)
