-- rename_in_move_requests: a person's new name, wherever requests for another date name them
-- grain: one row per request
-- reads: move_requests
update move_requests
set
    asked_by = case when asked_by = $former then $name else asked_by end,
    answered_by = case when answered_by = $former then $name else answered_by end
where
    asked_by = $former
    or answered_by = $former
