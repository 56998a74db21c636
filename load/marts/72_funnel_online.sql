-- Question: how many web sessions reach each step of the online funnel, and how many go on?
-- Grain: breakdown, member and step; all time.
-- Sources: kpi_conversion.

select * exclude (period_kind, period, still_open_count, lost_count)

from kpi_conversion

where period_kind = 'all' and funnel_name = 'online'
