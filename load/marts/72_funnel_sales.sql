-- Question: how many pursuits reach each step of their funnel, and how many go on?
-- Grain: funnel, breakdown, member and step; all time.
-- Sources: kpi_conversion, meta.funnel.

select
    conversion.* exclude (period_kind, period)

from kpi_conversion as conversion
inner join meta.funnel as funnel using (funnel_name)

where conversion.period_kind = 'all' and funnel.counts = 'pursuit'
