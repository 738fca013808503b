-- handed: the blockers that a meeting made of a KPI, whatever became of them
-- grain: one row per blocker, oldest first
-- reads: blockers
select blocker_id
from blockers
where
    raised_in = $meeting_id
    and kpi = $kpi
order by blocker_id
