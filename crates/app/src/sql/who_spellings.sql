-- Names that stand for an organisation, with the rule, its reason, the number of facts and their first and last day.
select
    identity.mention,
    identity.rule,
    identity.reason,
    count(*)                       as facts,
    cast(min(act.from_day) as varchar) as first_day,
    cast(max(act.to_day) as varchar)   as last_day,
    identity.name
from identity
join act on act.affiliation = identity.mention
where identity.kind = 'organisation'
  and identity.entity = $organisation
group by identity.mention, identity.rule, identity.reason, identity.name
order by facts desc, identity.mention
