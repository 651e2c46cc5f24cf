-- Words of adopted texts: one row a version and organisation, with the words that it proposed first and those that stand.
-- A version names its organisation, as commits do; or it is a document, whose N sources have 1/N each. Words of nobody known
-- are nobody's, and stay in the words of the text.
with version as (
    select
        target_id                                                      as text,
        min(body)                                                      as body,
        object_id,
        document,
        organisation,
        max(to_day)                                                    as day,
        sum(case when act = 'proposed' then amount else 0.0 end)       as n_proposed,
        sum(case when act = 'adopted-text' then amount else 0.0 end)   as n_standing,
        coalesce(min(case when act = 'adopted-text' then fact end), min(fact)) as fact
    from act
    where unit = 'words'
      and act in ('proposed', 'adopted-text')
      and target_kind = 'text'
    group by target_id, object_id, document, organisation
),
shared as (
    select document, organisation, 1.0 / count(*) over (partition by document) as part
    from source
),
whole as (
    select text, sum(n_standing) as n_text
    from version
    group by text
)
select
    coalesce(version.organisation, shared.organisation)                  as organisation,
    version.body,
    cast(cast(date_part('year', version.day) as bigint) as varchar)      as period,
    version.day,
    version.text,
    version.object_id                                                    as version,
    coalesce(shared.part, 1.0)                                           as part,
    coalesce(shared.part, 1.0) * version.n_proposed                      as n_proposed,
    coalesce(shared.part, 1.0) * version.n_standing                      as n_standing,
    whole.n_text,
    version.fact
from version
join whole on whole.text = version.text
left join shared on version.organisation is null and shared.document = version.document
where version.day is not null
  and coalesce(version.organisation, shared.organisation) is not null
