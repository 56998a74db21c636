create view main.customer_360 (
    customer_key bigint,
    display_name varchar,
    party_type varchar,
    email varchar,
    phone varchar,
    postcode varchar,
    city varchar,
    country_code varchar,
    is_opted_out boolean,
    is_deleted boolean,
    source_systems varchar,
    source_record_count bigint,
    household_key bigint,
    contact_person varchar,
    contact_team varchar,
    contact_division varchar,
    order_count bigint,
    ordered_amount decimal(38, 4),
    invoiced_amount decimal(38, 4),
    paid_amount decimal(38, 4),
    receivable_amount decimal(38, 4),
    overdue_amount decimal(38, 4),
    margin_amount decimal(38, 4),
    first_ordered_on date,
    last_ordered_on date,
    days_since_order integer,
    recency_score integer,
    frequency_score integer,
    monetary_score integer,
    segment varchar,
    pursuit_count bigint,
    open_pursuit_count bigint,
    open_pursuit_amount decimal(38, 4),
    won_count bigint,
    won_amount decimal(38, 4),
    touch_count bigint,
    two_way_count bigint,
    last_touched_on date,
    last_spoken_on date,
    days_since_spoken integer,
    campaign_count bigint,
    response_count bigint,
    session_count bigint,
    case_count bigint,
    open_case_count bigint,
    subscription_count bigint,
    subscription_amount decimal(38, 4)
);

comment on view main.customer_360 is 'What do we know of each customer, all in one row? Grain: customer';
comment on column main.customer_360.customer_key is 'the deduplicated customer, see dim_customer';
comment on column main.customer_360.display_name is 'name to show';
comment on column main.customer_360.party_type is 'person, organisation or unknown';
comment on column main.customer_360.email is 'best e-mail address';
comment on column main.customer_360.phone is 'best phone number';
comment on column main.customer_360.postcode is 'postal code';
comment on column main.customer_360.city is 'town';
comment on column main.customer_360.country_code is 'country of the best address';
comment on column main.customer_360.is_opted_out is 'true where the customer refused marketing';
comment on column main.customer_360.is_deleted is 'true where every source that had the customer has deleted the record since';
comment on column main.customer_360.source_systems is 'systems that know the customer';
comment on column main.customer_360.source_record_count is 'records that were found to be this customer';
comment on column main.customer_360.household_key is 'persons at one address under one name share it';
comment on column main.customer_360.contact_person is 'employee of the latest touch';
comment on column main.customer_360.contact_team is 'team of that employee';
comment on column main.customer_360.contact_division is 'division of that employee';
comment on column main.customer_360.order_count is 'orders, cancelled ones left out';
comment on column main.customer_360.ordered_amount is 'value of all order lines in the company''s currency, cancelled ones taken off';
comment on column main.customer_360.invoiced_amount is 'net value billed less credited, in the company''s currency';
comment on column main.customer_360.paid_amount is 'money received less paid back, in the company''s currency';
comment on column main.customer_360.receivable_amount is 'what the customer owes, in the company''s currency';
comment on column main.customer_360.overdue_amount is 'of that, what is past its due date';
comment on column main.customer_360.margin_amount is 'margin as finance reports it, else order value less cost of goods';
comment on column main.customer_360.first_ordered_on is 'day of the first order';
comment on column main.customer_360.last_ordered_on is 'day of the latest order';
comment on column main.customer_360.days_since_order is 'days from the latest order to the as-of day';
comment on column main.customer_360.recency_score is '5 = ordered most lately to 1 = longest ago; equal days get equal scores';
comment on column main.customer_360.frequency_score is '5 = most orders to 1 = fewest; equal counts get equal scores';
comment on column main.customer_360.monetary_score is '5 = greatest value to 1 = least';
comment on column main.customer_360.segment is 'champion (all scores 4 or 5), new (one late order), loyal, promising, at risk (once good, long silent) or asleep';
comment on column main.customer_360.pursuit_count is 'pursuits, open and closed';
comment on column main.customer_360.open_pursuit_count is 'pursuits still open';
comment on column main.customer_360.open_pursuit_amount is 'value of those, in the company''s currency';
comment on column main.customer_360.won_count is 'pursuits that were won';
comment on column main.customer_360.won_amount is 'value of the pursuits that were won, in the company''s currency';
comment on column main.customer_360.touch_count is 'calls, mails, meetings, visits and replies';
comment on column main.customer_360.two_way_count is 'touches in which both sides took part';
comment on column main.customer_360.last_touched_on is 'day of the latest touch of any kind';
comment on column main.customer_360.last_spoken_on is 'day of the latest touch in which both sides took part';
comment on column main.customer_360.days_since_spoken is 'days from that to the as-of day';
comment on column main.customer_360.campaign_count is 'campaigns the customer was selected for';
comment on column main.customer_360.response_count is 'campaigns the customer responded to';
comment on column main.customer_360.session_count is 'web sessions';
comment on column main.customer_360.case_count is 'service cases';
comment on column main.customer_360.open_case_count is 'service cases not settled';
comment on column main.customer_360.subscription_count is 'subscriptions that run now';
comment on column main.customer_360.subscription_amount is 'what they bring a month, in the company''s currency; null where none runs';
