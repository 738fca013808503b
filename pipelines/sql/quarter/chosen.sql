-- chosen: what the company steered by on some days of a quarter
-- grain: one row per KPI and choice, oldest first
-- reads: chosen_kpis
select
    kpi,
    responsible,
    position,
    chosen_from,
    chosen_to
from chosen_kpis
where
    chosen_from < $end
    and (chosen_to is null or (chosen_to > $start and chosen_to > chosen_from))
order by
    chosen_from,
    position
