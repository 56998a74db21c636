-- Question: how satisfied are those who answered a survey?
-- Grain: survey, question and period in which it was answered.
-- Sources: fact_survey_response, report_period.

with counted as (
    select
        coalesce(fact.survey, '(not told)') as survey,
        coalesce(fact.question, '(not told)') as question,
        period.period_kind,
        period.period,
        count(*) as answer_count,
        count(fact.score) as scored_count,
        cast(sum(fact.score) as bigint) as score_sum,
        max(fact.score) as best_score
    from fact_survey_response as fact
    inner join report_period as period on period.date_key = fact.answered_date_key
    group by all
)

select
    *,
    cast(score_sum / nullif(scored_count, 0) as decimal(18, 6)) as average_score

from counted
