-- Question: what is to be reached?
-- Grain: one target of one part of the company or person, for one measure and period, as delivered.
-- Sources: target, src.employee_ref, src look-ups.
-- Rows from: ods.target

with aimed as (
    select
        target.* exclude (period_on),
        src.period(target.period_on, target.period_year, target.period_month) as period_on,
        coalesce(word.meaning, lower(target.metric)) as metric_name,
        coalesce(
            word.meaning in ('revenue', 'bookings', 'cost', 'margin', 'spend', 'pipeline'),
            target.currency_code is not null
        ) as is_money,
        coalesce(target.currency_code, param.company_currency) as money_currency_code,
        param.company_currency
    from ods.target
    cross join src.param
    left join src.word_meaning as word on word.subject = 'target_metric' and word.word = target.metric
    where not target.is_deleted
)

select
    aimed.row_id,
    aimed.source_system,
    aimed.target_id,
    aimed.period_on,
    coalesce(src.day(aimed.period_on), -1) as period_date_key,
    aimed.metric_name as metric,
    aimed.metric as metric_word,
    aimed.is_money,
    coalesce(team.org_unit_key, division.org_unit_key, -2) as org_unit_key,
    aimed.division,
    aimed.team,
    coalesce(employee.employee_key, -2) as employee_key,
    aimed.product_line,
    aimed.amount as target_value,
    if(aimed.is_money, aimed.money_currency_code, null) as currency_code,
    case
        when not aimed.is_money then null
        when aimed.money_currency_code = aimed.company_currency then aimed.amount
        else src.converted(aimed.amount, rate.numerator, rate.denominator)
    end as reporting_amount,
    aimed.is_exact_duplicate,
    aimed.file_key as source_file_key,
    aimed.source_row

from aimed
left join src.org_unit_name as team on team.level = 'team' and team.name = aimed.team
left join src.org_unit_name as division on division.level = 'division' and division.name = aimed.division
-- Targets say "all" or "none" where they mean nobody: a word that is no employee's id names nobody.
left join src.employee_ref as employee on employee.told_id = aimed.employee_id
left join src.rate_day as rate
    on rate.currency_code = aimed.money_currency_code and rate.date_key = src.day(aimed.period_on)
