-- remove: the address of somebody's calendar
-- grain: one row, or none
-- reads: calendar_feeds
-- why:   whoever has the address reads nothing from then on
delete from calendar_feeds
where account_id = $account_id
