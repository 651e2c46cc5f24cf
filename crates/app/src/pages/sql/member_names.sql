-- Spellings that stand for an organisation, with the rule and its ground.
select identity.mention, identity.rule, identity.reason, count(*) as facts
from identity
join act on act.affiliation = identity.mention
where identity.kind = 'organisation'
  and identity.entity = $organisation
group by identity.mention, identity.rule, identity.reason
order by facts desc, identity.mention
