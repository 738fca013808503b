-- entries: a page of the audit trail, newest first, each beside how many there are in all
-- grain: one row per entry
-- reads: audit
-- why:   an owner looks for who did what to which thing and when; a page says how many it is one of
with found as not materialized ( -- counting reads no texts that it does not look into
    select number, event_id, journal_number, at, actor, what, subject, before, after, hash
    from audit
    where (:actor is null or actor = :actor)
        and (:itself = 0 or actor is null)
        and (:what is null or what = :what or substr(what, 1, length(:what) + 1) = :what || '.')
        and (:subject is null or subject = :subject)
        and (:since is null or at >= :since)
        and (:until is null or at < :until)
        and (
            :words is null
            or instr(
                folded(
                    coalesce(actor, '') || ' ' || what || ' ' || subject || ' '
                    || coalesce(before, '') || ' ' || coalesce(after, '')
                ),
                :words
            ) > 0
        )
)

select
    number,
    event_id,
    journal_number,
    at,
    actor,
    what,
    subject,
    before,
    after,
    hash,
    (select count(*) from found) as in_all
from found
where :below is null or number < :below
order by number desc
limit :limit
