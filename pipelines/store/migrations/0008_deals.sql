-- 0008 deals: what came out of a pipeline review keeps which deal it is about
alter table actions add column deal text;             -- its source and external_id, with a space between;
                                                      -- null: about no deal in particular
alter table blockers add column deal text;            -- as above
