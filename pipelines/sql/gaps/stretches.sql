-- stretches: stretches of days, as a list to join rows with
-- grain: one row per stretch
-- reads: nothing; the three lists have the same length
-- why:   stretches may overlap: a month lies within its quarter to date
select
    unnest($numbers) as stretch_number,
    unnest($firsts) as stretch_first,
    unnest($ends) as stretch_end
