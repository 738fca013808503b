-- entries: a page of the audit trail, newest first
-- grain: one row per entry
-- reads: audit
-- why:   an owner looks for who did what to which thing and when
select number, event_id, journal_number, at, actor, what, subject, before, after, hash
from audit
where (:below is null or number < :below)
    and (:actor is null or actor = :actor)
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
order by number desc
limit :limit
