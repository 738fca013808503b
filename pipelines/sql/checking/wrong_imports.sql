-- wrong_imports: imports whose counts do not add up, or whose rejected rows are not all there
-- grain: one row per such import
select
    one.import_id,
    one.file_name
from imports as one
left join (
    select
        import_id,
        count(*) as rejected
    from import_rejects
    group by import_id
) as aside on aside.import_id = one.import_id
where
    one.rows_read <> one.added + one.changed + one.unchanged + one.rejected
    or one.rejected <> coalesce(aside.rejected, 0)
order by one.import_id
