-- intakes: the files that brought something since the last gap review of a month, or of one before
-- grain: one row per import, oldest first; none before the first review
-- reads: frozen_reviews, imports, minutes
-- why:   a file that was taken in a second time says nothing new
select
    file_name,
    source,
    entity,
    imported_at,
    added,
    changed,
    rejected
from imports
where
    imported_at > (
        select max(minutes.closed_at)
        from frozen_reviews
        inner join minutes
            on frozen_reviews.meeting_id = minutes.meeting_id
        where
            frozen_reviews.kind = 'monthly'
            and frozen_reviews.starts_on <= $month
    )
    and imported_at <= $until
    and added + changed + rejected > 0
order by
    imported_at,
    entity,
    source,
    import_id
