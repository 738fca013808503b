-- decided: every decision as it was taken, with its meeting
-- grain: one row per decision, newest meeting first
-- reads: decisions, meetings
-- why:   a decision is looked for across meetings; who carries it out by when today is its action's
select
    decisions.decision_id,
    decisions.meeting_id,
    meetings.kind,
    meetings.held_on,
    meetings.status,
    decisions.blocker_id,
    decisions.text,
    decisions.owner,
    decisions.due_on,
    decisions.action_id,
    decisions.decided_at,
    decisions.author
from decisions
inner join meetings
    on decisions.meeting_id = meetings.meeting_id
where decisions.decision_id = $decision_id or $decision_id is null
order by
    meetings.held_on desc,
    decisions.decision_id
