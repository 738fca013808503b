-- decisions: what a gap review has decided, with its actions and targets as they stand
-- grain: one row per KPI
-- reads: gap_decisions, actions, targets
select
    gap_decisions.kpi,
    gap_decisions.decision,
    gap_decisions.reason,
    actions.action_id,
    actions.title,
    actions.owner,
    actions.due_on,
    targets.target_id,
    targets.value,
    targets.max_value,
    targets.at_most,
    targets.per,
    targets.valid_from,
    gap_decisions.decided_by,
    gap_decisions.decided_at,
    gap_decisions.version
from gap_decisions
left join actions
    on gap_decisions.action_id = actions.action_id
left join targets
    on gap_decisions.target_id = targets.target_id
where gap_decisions.meeting_id = $meeting_id
order by gap_decisions.decided_at
