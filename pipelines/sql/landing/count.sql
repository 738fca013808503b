-- count: how many deals there are
-- grain: one row
-- reads: deals
-- why:   reading few of them takes no time that anybody notices
select count(*) as deals
from deals
