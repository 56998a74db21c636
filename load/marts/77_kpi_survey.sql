-- Question: how satisfied are those who answered a survey?
-- Grain: survey, question, breakdown, member and period in which it was answered.
-- Sources: fact_survey_response, customer_overview, report_member, report_period.

with answered as (
    select
        coalesce(fact.survey, '(not told)') as survey,
        coalesce(fact.question, '(not told)') as question,
        fact.answered_date_key as date_key,
        fact.score,
        unnest([
            {'dimension': 'all', 'key': 0},
            {'dimension': 'employee', 'key': coalesce(overview.employee_key, -2)}
        ], max_depth := 2)
    from fact_survey_response as fact
    left join customer_overview as overview using (customer_key)
),

counted as (
    select
        answered.survey,
        answered.question,
        member.breakdown,
        member.member,
        period.period_kind,
        period.period,
        count(*) as answer_count,
        count(answered.score) as scored_count,
        cast(sum(answered.score) as bigint) as score_sum,
        max(answered.score) as best_score
    from answered
    inner join report_member as member using (dimension, key)
    inner join report_period as period using (date_key)
    group by all
)

select
    *,
    cast(score_sum / nullif(scored_count, 0) as decimal(18, 6)) as average_score

from counted
