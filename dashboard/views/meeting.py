"""The weekly meeting: prepared together, then run, on the screen of everybody who takes part."""

from dashboard.rhythm.meeting.model import Kind
from dashboard.state import selection
from dashboard.views.held import held

held(Kind.WEEKLY, selection().language)
