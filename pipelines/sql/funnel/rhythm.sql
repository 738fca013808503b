-- rhythm: how long most deals that were won took, stage by stage and in all (empty stage)
-- grain: one row per stage
-- reads: funnel_stays
create or replace temp table funnel_rhythm as
select
    stage,
    count(*) as won,
    quantile_disc(days_there, $share) as days_there,
    quantile_disc(days_to_win, $share) as days_to_win
from funnel_stays
group by stage
having count(*) >= $min_won
