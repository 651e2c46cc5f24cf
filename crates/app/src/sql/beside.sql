-- Names that begin alike and stand as two sources of one document: the document means two organisations.
select one.affiliation, other.affiliation as beside
from fact as one
join fact as other
  on one.snapshot = other.snapshot
 and one.object_id = other.object_id
 and one.place = other.place
 and split_part(lower(one.affiliation), ' ', 1) = split_part(lower(other.affiliation), ' ', 1)
where one.affiliation < other.affiliation
  and one.name is null and other.name is null
group by one.affiliation, other.affiliation
order by one.affiliation, other.affiliation
