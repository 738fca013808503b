-- take_back: a target that holds on no day any more
-- grain: one row
-- reads: targets
-- why:   nothing is deleted; what ends on its first day covers none
update targets
set valid_to = valid_from
where target_id = $target_id
