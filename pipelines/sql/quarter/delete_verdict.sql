-- delete_verdict: take back what was decided about a thing
-- grain: one row per thing
-- reads: verdicts
delete from verdicts
where
    meeting_id = $meeting_id
    and subject = $subject
