-- infer_stage_entries: deals that stand in another stage than in the export before
-- reads: compared, stage_meanings (registered: stage, milestone)
-- why:   without stage dates in the file, the day we saw the change is the nearest we know
insert into stage_entries
select
    $source as source,
    compared.external_id as deal,
    compared.stage,
    $today as entered_on,
    stage_meanings.milestone,
    'inferred' as evidence,
    $import_id as import_id,
    compared.file_line
from compared
inner join stage_meanings on stage_meanings.stage = compared.stage
where
    compared.is_known
    and compared.is_changed
    and not compared.is_made
    and compared.stage is distinct from compared.stage_before
    and not exists (
        from stage_entries as held
        where
            held.source = $source
            and held.deal = compared.external_id
            and held.stage = compared.stage
            and held.entered_on = $today
    )
