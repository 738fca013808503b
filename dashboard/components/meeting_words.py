"""The words of the meeting page that do not depend on what happens in it."""

from typing import Any

from dashboard.rhythm.meeting.model import Section
from dashboard.rhythm.meeting.words import topic_name
from dashboard.text import Language, render, text


def section_name(section: Section, language: Language) -> str:
    """Return what a section of the agenda is called."""
    return section.title or render(topic_name(section.topic), language)


def words(language: Language, *, assigns: bool = True) -> dict[str, Any]:
    """Return the words of the page, by the names its script uses.

    Args:
        assigns: Whether whoever reads them may give actions to others.
    """
    return {
        **_gap_words(language),
        "absent": text("Absent", language),
        "add": text("Add", language),
        "addBlocker": text("Another blocker", language),
        "addPoint": text("A point for this meeting", language),
        "addSection": text("Add a section", language),
        "addWin": text("A win worth telling", language),
        "agenda": text("Agenda", language),
        "agreed": text("Agreed in this meeting", language),
        "close": text("Close the meeting", language),
        "closeNow": text("Yes, close it", language),
        "closeSure": text("Close it for good? Its minutes are frozen then.", language),
        "concerns": text("Whom it concerns", language),
        "concernsHint": text("Names separated by commas. Empty: everybody.", language),
        "broken": text("Not kept", language),
        "decide": text("Decide", language),
        "decision": text("The decision", language),
        "dismiss": text("Dismiss", language),
        "correct": text("Correct", language),
        "due": text("By when", language),
        "earlier": text("earlier", language),
        "first": text("Add to top three", language),
        "forum": text("Where it will be decided", language),
        "invite": text("Invite somebody", language),
        "invited": text("Invited", language),
        "isBlocker": text("On the list of blockers", language),
        "isPractice": text("Kept as a good practice", language),
        "kept": text("Kept", language),
        "keptIt": text("Did we keep it?", language),
        "later": text("later", language),
        "loggedOut": text("Nothing was written: your login has ended. Log in again.", language),
        "makeBlocker": text("Make it a blocker", language),
        "makePractice": text("Keep as a good practice", language),
        "minutes": text("Minutes", language),
        "newAction": text("New action", language),
        "newActionHint": text("call back quote 1042, Zoé, Friday", language)
        if assigns
        else text("call back quote 1042, Friday", language),
        "noBlockers": text("Nothing is in the way.", language),
        "noCommitments": text("Nothing was promised for this week.", language),
        "note": _note_words(language),
        "notFirst": text("Remove from top three", language),
        "nothingAgreed": text("Nothing yet.", language),
        "notYet": text("Not yet", language),
        "notAdded": text("Not added yet:", language),
        # the script puts both in
        "notDecided": text(
            "Typed for “{name}”, but not decided: {text}", language, name="{name}", text="{text}"
        ),
        "notSettled": text("Not settled after all", language),
        "notSent": text("No connection: nothing was written. Try again in a moment.", language),
        "noBlocker": text("This is no blocker", language),
        "noWins": text("Nobody has told one yet.", language),
        "orPark": text("Or put on hold", language),
        "park": text("Put on hold", language),
        "parkUntil": text("When", language),
        "people": text("Who is here", language),
        "pickThree": text("Take the three with most votes", language),
        "points": text("Points", language),
        "present": text("Here", language),
        "reload": text("Nothing was written. Reload the page.", language),
        "rate": text("How was this meeting, from 1 to 10?", language),
        "remove": text("Remove", language),
        "section": text("Section", language),
        "settled": text("Settled", language),
        "takeBackVote": text("Take back the vote", language),
        "understand": text("Check it", language),
        "uninvite": text("Remove", language),
        "toMinutes": text("To the minutes", language),
        "vote": text("Vote for it", language),
        "what": text("What will be done", language),
        "who": text("Who", language),
        "whose": text("Whose", language),
    }


def _gap_words(language: Language) -> dict[str, str]:
    return {
        "acceptGap": text("Accept the gap", language),
        "actHint": text("what will be done, who, by when", language),
        "actOn": text("Act", language),
        "adjustTarget": text("Adjust the target", language),
        "changes": text("What changed in the data since the last review", language),
        "decideGap": text("What do we do about it?", language),
        "decideOtherwise": text("Decide otherwise", language),
        "decisive": text("What decides it", language),
        "from": text("From", language),
        "handOn": text("Hand to the next weekly meeting", language),
        "madeOf": text("What the gap is made of", language),
        "newTarget": text("New target", language),
        "per": text("Per", language),
        "reason": text("Why", language),
        "upperEnd": text("Upper end, for a range", language),
    }


def _note_words(language: Language) -> dict[str, str]:
    return {
        "both": text("Keep both", language),
        "changed": text("Somebody else wrote here meanwhile:", language),
        # the script puts the name in
        "changedBy": text("{name} wrote here meanwhile:", language, name="{name}"),
        "loggedOut": text(
            "Not saved: your login has ended. Log in again; the text is kept in this browser.",
            language,
        ),
        "mine": text("Keep mine", language),
        "offline": text(
            "Not saved yet: no connection. The text is kept in this browser.", language
        ),
        "reload": text("Not saved. Reload the page; the text is kept in this browser.", language),
        "restored": text("Found again in this browser; it is being saved.", language),
        "saved": text("Saved", language),
        "saving": text("Saving…", language),
        "theirs": text("Keep theirs", language),
    }
