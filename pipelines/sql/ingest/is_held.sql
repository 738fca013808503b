-- is_held: whether a table holds anything of a source
-- grain: one row
-- fills: the_table stands for a canonical table
select exists (
    from the_table
    where source = $source
) as is_held
