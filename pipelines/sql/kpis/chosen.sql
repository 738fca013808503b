-- chosen: what the company steers by on a day
-- grain: one row per KPI
-- reads: chosen_kpis
select
    kpi,
    responsible,
    position
from chosen_kpis
where
    chosen_from <= $day
    and (chosen_to is null or $day < chosen_to)
order by position
