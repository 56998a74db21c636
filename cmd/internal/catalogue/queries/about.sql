-- Question: what moment does the version speak for, and what should be known before trusting it?
select
    strftime(timezone(company_time_zone, as_of), '%Y-%m-%d %H:%M') as as_of,
    company_time_zone,
    company_currency,
    cast(run_id as varchar),
    cast(feed_count as varchar),
    cast(delivery_count as varchar),
    cast(quarantined_row_count as varchar),
    coalesce(late_feeds, '')

from about
