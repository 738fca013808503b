-- decisions: what a meeting decided, with who carries it out by when as of now
-- grain: one row per decision, oldest first
-- reads: decisions, actions
-- why:   whoever moves or hands over the action in the meeting means the decision too
select
    decisions.decision_id,
    decisions.blocker_id,
    decisions.text,
    coalesce(actions.owner, decisions.owner) as owner,
    coalesce(actions.due_on, decisions.due_on) as due_on,
    decisions.action_id,
    decisions.decided_at,
    decisions.author,
    decisions.version
from decisions
left join actions
    on decisions.action_id = actions.action_id
where decisions.meeting_id = $meeting_id
order by decisions.decision_id
