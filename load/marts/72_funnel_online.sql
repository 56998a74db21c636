-- Question: how many web sessions reach each step of their funnel, and how many go on?
-- Grain: funnel, breakdown, member and step; all time.
-- Sources: kpi_conversion, meta.funnel.

select
    conversion.* exclude (period_kind, period, still_open_count, lost_count)

from kpi_conversion as conversion
inner join meta.funnel as funnel using (funnel_name)

where conversion.period_kind = 'all' and funnel.counts = 'session'
