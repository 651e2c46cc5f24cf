-- Which decision finds which reading.
select review, concat(reading, ' ', fact) as reading
from found
order by review, reading
