-- A day of the company of large.sql: 1 % of new orders, lines, invoices, payments, parcels, web events, touches,
-- leads and stages. Schema changed tells of them as a run does.
insert into ods."order" by name
select
    * replace (
        row_id + 400000 * {scale} as row_id,
        'o' || row_id + 400000 * {scale} as order_id,
        if(session_id is null, null, 's' || cast(session_id[2:] as bigint) + 250000 * {scale}) as session_id,
        ordered_at + interval 1168 days as ordered_at,
        effective_at + interval 1168 days as effective_at
    )
from ods."order"
where row_id < 4000 * {scale};

insert into ods.order_line by name
select
    * replace (
        row_id + 1000000 * {scale} as row_id,
        'o' || cast(order_id[2:] as bigint) + 400000 * {scale} as order_id,
        effective_at + interval 1168 days as effective_at
    )
from ods.order_line
where row_id < 10000 * {scale};

insert into ods.invoice by name
select
    * replace (
        row_id + 400000 * {scale} as row_id,
        'i' || row_id + 400000 * {scale} as invoice_id,
        'o' || row_id + 400000 * {scale} as order_id,
        invoiced_on + 1168 as invoiced_on,
        due_on + 1168 as due_on,
        effective_at + interval 1168 days as effective_at
    )
from ods.invoice
where row_id < 3500 * {scale};

insert into ods.invoice_line by name
select
    * replace (
        row_id + 1000000 * {scale} as row_id,
        'i' || cast(invoice_id[2:] as bigint) + 400000 * {scale} as invoice_id,
        effective_at + interval 1168 days as effective_at
    )
from ods.invoice_line
where row_id < 8750 * {scale};

insert into ods.payment by name
select
    * replace (
        row_id + 400000 * {scale} as row_id,
        'y' || row_id + 400000 * {scale} as payment_id,
        'i' || row_id + 400000 * {scale} as invoice_id,
        if(order_id is null, null, 'o' || row_id + 400000 * {scale}) as order_id,
        paid_at + interval 1168 days as paid_at
    )
from ods.payment
where row_id < 3350 * {scale};

insert into ods.fulfilment by name
select
    * replace (
        row_id + 400000 * {scale} as row_id,
        'f' || row_id + 400000 * {scale} as fulfilment_id,
        'o' || row_id + 400000 * {scale} as order_id,
        shipped_at + interval 1168 days as shipped_at,
        delivered_at + interval 1168 days as delivered_at
    )
from ods.fulfilment
where row_id < 3800 * {scale};

insert into ods.web_event by name
select
    * replace (
        row_id + 1000000 * {scale} as row_id,
        's' || cast(session_id[2:] as bigint) + 250000 * {scale} as session_id,
        if(order_id is null, null, 'o' || cast(order_id[2:] as bigint) + 400000 * {scale}) as order_id,
        "at" + interval 1168 days as "at",
        effective_at + interval 1168 days as effective_at
    )
from ods.web_event
where row_id < 10000 * {scale};

-- The touches from the middle on: they are with any party.
insert into ods.activity by name
select
    * replace (
        row_id + 300000 * {scale} as row_id,
        'a' || row_id + 300000 * {scale} as activity_id,
        if(replies_to_activity_id is null, null, 'a' || row_id + 300000 * {scale} - 1) as replies_to_activity_id,
        "at" + interval 700 days as "at"
    )
from ods.activity
where row_id >= 200000 * {scale} and row_id < 205000 * {scale};

insert into ods.lead by name
select
    * replace (
        row_id + 50000 * {scale} as row_id,
        'l' || row_id + 50000 * {scale} as lead_id,
        timestamptz '2026-03-20 10:00:00+00' as created_at,
        timestamptz '2026-03-20 10:00:00+00' as effective_at
    )
from ods.lead
where row_id < 500 * {scale};

insert into ods.stage_event by name
select
    * replace (
        row_id + 400000 * {scale} as row_id,
        'h' || row_id + 400000 * {scale} as stage_event_id,
        'l' || cast(lead_id[2:] as bigint) + 50000 * {scale} as lead_id,
        timestamptz '2026-03-20 10:00:00+00' + to_hours(cast(row_id % 8 as integer)) as "at",
        timestamptz '2026-03-20 10:00:00+00' as effective_at
    )
from ods.stage_event
where lead_id in (select lead_id from ods.lead where row_id < 500 * {scale});

insert into changed."order" select row_id from ods."order" where row_id >= 400000 * {scale};

insert into changed.order_line select row_id from ods.order_line where row_id >= 1000000 * {scale};

insert into changed.invoice select row_id from ods.invoice where row_id >= 400000 * {scale};

insert into changed.invoice_line select row_id from ods.invoice_line where row_id >= 1000000 * {scale};

insert into changed.payment select row_id from ods.payment where row_id >= 400000 * {scale};

insert into changed.fulfilment select row_id from ods.fulfilment where row_id >= 400000 * {scale};

insert into changed.web_event select row_id from ods.web_event where row_id >= 1000000 * {scale};

insert into changed.activity select row_id from ods.activity where row_id >= 500000 * {scale};

insert into changed.lead select row_id from ods.lead where row_id >= 50000 * {scale};

insert into changed.stage_event select row_id from ods.stage_event where row_id >= 400000 * {scale};
