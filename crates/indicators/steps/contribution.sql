-- One row a document and organisation, with its share of the credit: 1/N among N sources. Credits of a document,
-- those of groups, officers and unaffiliated persons included, sum to one.
with sources as (
    select document, count(*) as n_sources
    from source
    group by document
)
select
    source.organisation,
    work.body,
    cast(cast(date_part('year', work.day) as bigint) as varchar) as period,
    work.meeting,
    work.day,
    work.document,
    work.object_kind,
    work.kind,
    work.work_items,
    work.n_numbers,
    sources.n_sources,
    1.0 / sources.n_sources                                      as credit,
    outcome.outcome,
    source.fact
from source
join work on work.document = source.document
join sources on sources.document = source.document
left join outcome on outcome.document = source.document
where source.organisation is not null
  and work.day is not null
