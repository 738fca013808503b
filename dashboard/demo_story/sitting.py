"""A review while it is held: prepared, gone through section by section, rated and closed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from dashboard.demo_story.stage import Stage, later
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.meeting import closing, noting, preparing, running
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.meeting.reading import current_meeting
from dashboard.rhythm.meeting.reading import meeting as read_meeting
from dashboard.rhythm.quarter.model import QuarterReview
from pipelines.sample import OWNER, PEOPLE

#: Whom people are told of in the order they sit.
TEAM = (*PEOPLE, OWNER)


@dataclass
class AtHand:
    """What is known when a review closes, so that it is not computed again."""

    gaps: GapReview | None = None
    evidence: QuarterReview | None = None


@dataclass(frozen=True)
class Sitting:
    """How a review is held.

    Attributes:
        lengths: Minutes of each section.
        ratings: From 1 to 10, in the order of those who are there.
        notes: By position of the section.
    """

    kind: Kind
    chair: str
    begins: time
    lengths: tuple[float, ...]
    ratings: tuple[int, ...]
    absent: tuple[str, ...] = ()
    notes: tuple[tuple[int, str], ...] = ()

    def hold(self, stage: Stage, talk: Callable[[int, int], None], at_hand: AtHand) -> int:
        """Hold it on the day of the story.

        Args:
            talk: Told the number of the meeting and the section it has come to.

        Returns:
            The number of the meeting, closed.
        """
        number = self._prepared(stage)
        lead = stage.by(self.chair)
        review = stage.review()
        running.start(lead, number, review=review)
        for one in read_meeting(lead, number).attendees:
            running.mark(lead, number, one.name, one.version, present=one.name not in self.absent)
        begins = self.begins
        for section, minutes in enumerate(self.lengths, start=1):
            with stage.at(begins):
                if section > 1:
                    running.next_section(lead, number)
                for place, text in self.notes:
                    if place == section:
                        noting.save_note(lead, number, f"section {section}", text, 0)
                talk(number, section)
            begins = later(begins, minutes=minutes)
        there = [name for name in TEAM if name not in self.absent]
        with stage.at(later(begins, seconds=-20)):
            for name, score in zip(there, self.ratings, strict=True):
                closing.rate(stage.by(name), number, score)
        with stage.at(begins):
            closing.close(lead, number, review=review, gaps=at_hand.gaps, evidence=at_hand.evidence)
        return number

    def _prepared(self, stage: Stage) -> int:
        """Return the one that comes, as the last one planned it; the first is planned now."""
        found = current_meeting(stage.by(self.chair), self.kind)
        if found is not None:
            return found.meeting_id
        planned = preparing.plan_meeting(
            stage.by(self.chair), self.kind, stage.day, chair=self.chair, invited=TEAM
        )
        return planned.meeting_id
