-- put_verdict: keep what was decided about a thing, in place of what was decided before
-- grain: one row
-- reads: nothing
insert or replace into verdicts (
    meeting_id,
    subject,
    verdict,
    reason,
    change,
    decided_by,
    decided_at,
    version
)
values (
    $meeting_id,
    $subject,
    $verdict,
    $reason,
    $change,
    $decided_by,
    $decided_at,
    $version
)
