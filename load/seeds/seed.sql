-- Question: what do the models need that no feed delivers?
-- Sources: $1, a JSON document of settings, funnels, channels and currencies (seed.go).

-- Quarter hours since 1970: no zone of the world cuts a day inside one. The
-- offset keeps times before 1970 on the right side of the integer division.
create or replace macro src.slot(moment) as
    (epoch_us(moment) + 900000000000000000) // 900000000 - 1000000000;

-- A date as yyyymmdd.
create or replace macro src.day(d) as
    cast(year(d) * 10000 + month(d) * 100 + day(d) as integer);

-- Whole days from one moment to another; negative where the second came first.
create or replace macro src.days_between(earlier, later) as
    cast((epoch_us(later) - epoch_us(earlier)) // 86400000000 as integer);

-- A moment as microseconds on the clock of the company, whose offset from UTC src.time_slot tells.
create or replace macro src.clock(moment, offset_minutes) as
    epoch_us(moment) + 60000000 * cast(offset_minutes as bigint);

-- Whole days between two such; days without a time of day stay whole days where the clocks change between them.
create or replace macro src.clock_days(earlier, later) as
    cast((later - earlier) // 86400000000 as integer);

-- First day of a period that is told as a date, or as year and month; null where that is no month.
create or replace macro src.period(on_date, in_year, in_month) as
    case
        when on_date is not null then on_date
        when in_year between 1900 and 2200 and coalesce(in_month, 1) between 1 and 12
            then make_date(cast(in_year as bigint), cast(coalesce(in_month, 1) as bigint), 1)
    end;

-- Words are compared in lower case, with one blank for _ - / and blanks.
create or replace macro src.plain(word) as
    trim(regexp_replace(lower(word), '[\s_/\-]+', ' ', 'g'));

-- Words of status and kind are also compared without accents: Échoué is echoue.
create or replace macro src.word(word) as
    replace(translate(strip_accents(src.plain(word)), 'łøđðħıŋ', 'loddhin'), 'ß', 'ss');

-- The word without what numbers or grades it: "03. Proposal (40 %)" is proposal.
create or replace macro src.bare(word) as
    trim(regexp_replace(
        trim(regexp_replace(regexp_replace(src.word(word), '[0-9.,]+ ?%', ' ', 'g'), '[^\p{L}\p{N}'']+', ' ', 'g')),
        '^((stage|phase|step|etape|etapa|fase|stufe|schritt|etap|faza) )?[0-9]+[a-z]? ',
        ''
    ));

-- A name in plain Latin letters, as Go folds it (dedupe.Fold): accents, apostrophes and points fall away, other
-- signs become one blank. Letters of other scripts stay.
create or replace macro src.latin(name) as
    trim(regexp_replace(
        regexp_replace(
            replace(replace(replace(replace(
                translate(strip_accents(lower(name)), 'łøđðħıŋ', 'loddhin'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
            '[''.`’ʼʹ\p{Mn}]+', '', 'g'
        ),
        '[^\p{L}\p{N}\p{Mc}]+', ' ', 'g'
    ));

-- Keys of things that have an id of their own: the same in every build. The
-- lower 63 bits; md5_number_lower cuts them out of a text of zeros and ones.
create or replace macro src.key_of(kind, id) as
    cast(md5_number(kind || chr(31) || id) & 9223372036854775807 as bigint);

-- Equal cleansed addresses are one address; -1 where nothing of it is known.
create or replace macro src.address_key(street, house_number, unit, postcode, city, region, country_code) as
    case
        when coalesce(street, house_number, unit, postcode, city, region, country_code) is null then -1
        else src.key_of(
            'address',
            coalesce(street, '') || chr(31) || coalesce(house_number, '') || chr(31) || coalesce(unit, '') || chr(31)
            || coalesce(postcode, '') || chr(31) || coalesce(city, '') || chr(31) || coalesce(region, '') || chr(31)
            || coalesce(country_code, '')
        )
    end;

-- Whole minutes from one moment to another; negative where the second came first.
create or replace macro src.minutes_between(earlier, later) as
    (epoch_us(later) - epoch_us(earlier)) // 60000000;

-- Minutes of business that have passed at a moment, whose quarter of an hour is a row of src.business_slot.
create or replace macro src.business_minute(quarter, moment) as
    quarter.minutes_before + case
        when quarter.is_business_day
            then least(
                greatest(
                    quarter.minute_of_day + (epoch_us(moment) - quarter.slot * 900000000) // 60000000 - quarter.opens_at,
                    0
                ),
                quarter.closes_at - quarter.opens_at
            )
        else 0
    end;

-- quantity x unit_price - discount, exact. Everyday values are multiplied in
-- 64 bits. The others take the wider cast, which makes the product a
-- DECIMAL(37, 8) that holds any two DECIMAL(18, 4) but is slow; null where the
-- result has more than 14 digits before the mark.
create or replace macro src.amount_of(quantity, unit_price, discount) as
    case
        when coalesce(discount, 0) = 0
            and quantity between -99999 and 99999
            and unit_price between -99999 and 99999
            then cast(quantity * unit_price as decimal(18, 4))
        else try_cast(cast(quantity as decimal(19, 4)) * unit_price - coalesce(discount, 0) as decimal(18, 4))
    end;

-- What is left of a line after its discount: of the amount before it where that is told, else of
-- quantity x unit_price.
create or replace macro src.amount_told(before_discount, quantity, unit_price, discount) as
    case
        when before_discount is not null
            then try_cast(cast(before_discount as decimal(19, 4)) - coalesce(discount, 0) as decimal(18, 4))
        else src.amount_of(quantity, unit_price, discount)
    end;

-- A DECIMAL(18, 4) as whole ten-thousandths.
create or replace macro src.units(amount) as
    cast(cast(amount as decimal(38, 4)) * 10000 as hugeint);

-- Likewise in 64 bits, for amounts between -900,000,000 and 900,000,000: DuckDB divides 128 bits some fifty times
-- slower than 64.
create or replace macro src.small_units(amount) as
    cast(cast(amount as decimal(13, 4)) * cast(10000 as decimal(5, 0)) as bigint);

-- A rate as a fraction of whole numbers: of ten-thousandths where it has no more places, which are divided faster,
-- else of 10^10.
create or replace macro src.rate_one(rate) as
    cast(if(rate = cast(rate as decimal(38, 4)), 10000, 10000000000) as hugeint);

create or replace macro src.rate_units(rate) as
    cast(cast(rate as decimal(38, 10)) * src.rate_one(rate) as hugeint);

-- amount x numerator / denominator, rounded half away from zero, in integers.
create or replace macro src.converted(amount, numerator, denominator) as
    case
        when amount between -1000000 and 1000000 and numerator <= 400000000 and denominator <= 400000000
            then try_cast(
                cast(
                    sign(amount) * (
                        (2 * abs(src.small_units(amount)) * cast(numerator as bigint) + cast(denominator as bigint))
                        // (2 * cast(denominator as bigint))
                    ) as decimal(19, 0)
                ) * cast(0.0001 as decimal(5, 4)) as decimal(18, 4)
            )
        else try_cast(
            cast(
                sign(amount) * (
                    (2 * abs(src.units(amount)) * numerator + denominator)
                    // (2 * denominator)
                ) as decimal(33, 0)
            ) * cast(0.0001 as decimal(5, 4)) as decimal(18, 4)
        )
    end;

-- What an amount that is charged every so many intervals comes to a month: a year has 12 months, 52 weeks, 365 days.
create or replace macro src.monthly(amount, unit, unit_count) as
    case
        when unit_count > 0 then src.converted(
            amount,
            cast(case unit when 'day' then 365 when 'week' then 52 else 1 end as hugeint),
            cast(case unit
                when 'day' then 12
                when 'week' then 12
                when 'month' then 1
                when 'quarter' then 3
                when 'half year' then 6
                when 'year' then 12
            end * unit_count as hugeint)
        )
    end;

-- The part of an amount between two running totals of shares, in millionths.
create or replace macro src.share(amount, total_before, total) as
    case
        when amount between -900000000 and 900000000
            then cast(
                src.small_units(amount) * total // 1000000 - src.small_units(amount) * total_before // 1000000
                as decimal(13, 0)
            ) * cast(0.0001 as decimal(5, 4))
        else cast(
            cast(src.units(amount) * total // 1000000 - src.units(amount) * total_before // 1000000 as decimal(33, 0))
            * cast(0.0001 as decimal(5, 4)) as decimal(18, 4)
        )
    end;

-- The discount on a line: as told, else a percentage of its amount before it, rounded half away from zero.
create or replace macro src.discount_of(discount_amount, discount_percent, before_discount) as
    coalesce(
        discount_amount,
        case
            when discount_percent is not null
                then src.converted(before_discount, src.units(discount_percent), 1000000)
        end
    );

create or replace table src.seed as
select
    unnest(
        from_json(
            $1,
            '{
                "param": [{"run_id": "BIGINT", "as_of": "BIGINT", "company_time_zone": "VARCHAR",
                    "company_currency": "VARCHAR", "fiscal_year_start": "INTEGER", "opens_at": "INTEGER",
                    "closes_at": "INTEGER", "business_days": ["INTEGER"], "holidays": ["VARCHAR"]}],
                "funnel": [{"funnel_name": "VARCHAR", "counts": "VARCHAR", "meaning": "VARCHAR",
                    "source_systems": "VARCHAR", "pipelines": ["VARCHAR"]}],
                "funnel_step": [{"funnel_name": "VARCHAR", "step_id": "VARCHAR", "step_name": "VARCHAR",
                    "step_number": "INTEGER"}],
                "funnel_stage": [{"stage_key": "BIGINT", "funnel_name": "VARCHAR", "stage_id": "VARCHAR",
                    "name": "VARCHAR", "stage_rank": "INTEGER", "step_id": "VARCHAR", "step_name": "VARCHAR",
                    "step_number": "INTEGER", "is_first": "BOOLEAN", "is_optional": "BOOLEAN",
                    "is_terminal": "BOOLEAN", "outcome": "VARCHAR", "meaning": "VARCHAR"}],
                "funnel_transition": [{"funnel_name": "VARCHAR", "from_stage_key": "BIGINT",
                    "to_stage_key": "BIGINT", "is_legal": "BOOLEAN", "is_skip": "BOOLEAN",
                    "is_regression": "BOOLEAN"}],
                "funnel_word": [{"funnel_name": "VARCHAR", "source_system": "VARCHAR", "entity": "VARCHAR",
                    "word": "VARCHAR", "stage_key": "BIGINT"}],
                "channel": [{"channel_key": "BIGINT", "channel_id": "VARCHAR", "name": "VARCHAR",
                    "channel_group": "VARCHAR", "is_paid": "BOOLEAN", "words": ["VARCHAR"]}],
                "touchpoint": [{"touchpoint_key": "BIGINT", "touchpoint_id": "VARCHAR", "name": "VARCHAR",
                    "touchpoint_group": "VARCHAR", "is_two_way": "BOOLEAN", "words": ["VARCHAR"]}],
                "meaning": [{"subject": "VARCHAR", "word": "VARCHAR", "meaning": "VARCHAR"}],
                "attribute": ["VARCHAR"],
                "currency": [{"currency_key": "BIGINT", "currency_code": "VARCHAR", "name": "VARCHAR",
                    "decimal_places": "INTEGER"}]
            }'
        )
    );

-- The run and the moment it speaks for: other ones each time.
create or replace table src.moment as
select
    item.run_id,
    make_timestamptz(item.as_of) as as_of
from (select unnest(param) as item from src.seed);

create or replace table src.param as
select
    item.company_time_zone,
    item.company_currency,
    item.fiscal_year_start,
    item.opens_at,
    item.closes_at,
    item.business_days,
    coalesce(item.holidays, []) as holidays
from (select unnest(param) as item from src.seed);

-- Whom segments selected for campaigns; a run fills it before.
create table if not exists src.selection (
    campaign_id varchar,
    source_customer_key bigint,
    selected_at timestamptz,
    source_system varchar
);

create or replace table src.channel as
select unnest(item) from (select unnest(channel) as item from src.seed);

create or replace table src.promoted as
select unnest(attribute) as attribute_name from src.seed;

create or replace table src.touchpoint as
select unnest(item) from (select unnest(touchpoint) as item from src.seed);
