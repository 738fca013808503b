-- count: how many entries a filter lets through
-- grain: one row
-- reads: audit
-- why:   a page says how many there are in all
select count(*)
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
