-- name       breadth_over_work_items
-- title      Work items contributed to
-- unit       work items
-- kind       breadth
-- objective  engagement
-- direction  more is more engaged
-- events     credit in documents on the work item
-- exposure   one a document and work item
-- reads      contribution
-- caveat     where lists name no work item, the agenda item stands for it; a broad item counts like a narrow one
-- source     Rapporteur
-- privacy    organisation
-- since      0.1
with listed as (
    select
        organisation,
        body,
        period,
        meeting,
        day,
        credit,
        fact,
        unnest(string_to_array(replace(work_items, ',', ' '), ' ')) as work_item
    from contribution
    where object_kind = 'document'
      and work_items is not null
)
select
    organisation,
    body,
    period,
    meeting,
    day,
    work_item   as item,
    sum(credit) as events,
    1.0         as exposure,
    min(fact)   as fact
from listed
where work_item <> ''
group by organisation, body, period, meeting, day, work_item
