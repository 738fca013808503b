-- drop_inferred_entries: what we guessed and an export now says
-- reads: incoming (registered)
delete from stage_entries
using incoming
where
    stage_entries.source = $source
    and stage_entries.evidence = 'inferred'
    and stage_entries.deal = incoming.deal
    and stage_entries.stage = incoming.stage
