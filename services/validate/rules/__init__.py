"""The rules, in the order of the rule book. Adding one is a file in its family's folder and a line here."""

from services.validate.rule import Rule
from services.validate.rules.b.b_01_trial_format_cited import trial_format_cited
from services.validate.rules.b.b_02_superseded_regulation_cited import superseded_regulation_cited
from services.validate.rules.c.c_01_blank import blank
from services.validate.rules.c.c_02_placeholder import placeholder
from services.validate.rules.c.c_03_negative import negative
from services.validate.rules.c.c_04_fraction import fraction
from services.validate.rules.c.c_05_text import text
from services.validate.rules.c.c_06_unintelligible import unintelligible
from services.validate.rules.c.c_07_implausible_size import implausible_size
from services.validate.rules.c.c_08_amount_precision import amount_precision
from services.validate.rules.f.f_01_form_unrecognised import form_unrecognised
from services.validate.rules.f.f_02_outdated_form import outdated_form
from services.validate.rules.f.f_03_mixed_forms import mixed_forms
from services.validate.rules.f.f_04_table_absent import table_absent
from services.validate.rules.f.f_05_row_missing import row_missing
from services.validate.rules.f.f_06_figure_count import figure_count
from services.validate.rules.f.f_07_copies_differ import copies_differ
from services.validate.rules.f.f_08_label_altered import label_altered
from services.validate.rules.f.f_09_balance_note_missing import balance_note_missing
from services.validate.rules.f.f_10_unit_wrong import unit_wrong
from services.validate.rules.f.f_11_content_added import content_added
from services.validate.rules.f.f_12_table_unreadable import table_unreadable
from services.validate.rules.i.i_01_no_title import no_title
from services.validate.rules.i.i_02_title_without_agency import title_without_agency
from services.validate.rules.i.i_03_publisher import published_elsewhere
from services.validate.rules.i.i_04_name_in_two_forms import name_in_two_forms
from services.validate.rules.i.i_05_another_agency import another_agency
from services.validate.rules.i.i_06_foreign_guide import foreign_guide
from services.validate.rules.i.i_07_pronoun import pronoun_of_another_level
from services.validate.rules.l.l_01_internal_instruction import internal_instruction
from services.validate.rules.l.l_02_placeholder_left import placeholder_left
from services.validate.rules.l.l_03_guidance_copied import guidance_copied
from services.validate.rules.l.l_04_editing_remnant import editing_remnant
from services.validate.rules.l.l_05_secrecy_marking import secrecy_marking
from services.validate.rules.l.l_06_draft_title import draft_title
from services.validate.rules.m.m_01_fee_untold import fee_untold
from services.validate.rules.m.m_02_fee_half_told import fee_half_told
from services.validate.rules.m.m_03_local_items import local_items_missing
from services.validate.rules.n.n_01_received import received
from services.validate.rules.n.n_02_carried_in import carried_in
from services.validate.rules.n.n_03_handled import handled
from services.validate.rules.n.n_04_carried_out import carried_out
from services.validate.rules.n.n_05_disclosed import disclosed
from services.validate.rules.n.n_06_partly_disclosed import partly_disclosed
from services.validate.rules.n.n_07_disclosed_in_all import disclosed_in_all
from services.validate.rules.n.n_08_refused import refused
from services.validate.rules.n.n_09_not_available import not_available
from services.validate.rules.n.n_10_not_processed import not_processed
from services.validate.rules.n.n_11_single_outcome import single_outcome
from services.validate.rules.n.n_12_outcome_list import outcome_list
from services.validate.rules.n.n_13_applicants import applicants
from services.validate.rules.n.n_14_channels import channels
from services.validate.rules.n.n_15_parts import parts
from services.validate.rules.n.n_16_flow import flow
from services.validate.rules.n.n_17_no_applications import no_applications
from services.validate.rules.n.n_18_all_handled import all_handled
from services.validate.rules.n.n_19_no_cases import no_cases
from services.validate.rules.n.n_20_none_lost import none_lost
from services.validate.rules.n.n_21_reviews import reviews
from services.validate.rules.n.n_22_suits import suits
from services.validate.rules.n.n_23_case_list import case_list
from services.validate.rules.n.n_24_regulatory_documents import regulatory_documents
from services.validate.rules.n.n_25_decisions import decisions
from services.validate.rules.n.n_26_charges import charges
from services.validate.rules.n.n_27_scope import scope
from services.validate.rules.n.n_28_rates import rates
from services.validate.rules.n.n_29_told_twice import told_twice
from services.validate.rules.n.n_30_carry_over_unmentioned import carry_over_unmentioned
from services.validate.rules.n.n_31_fee import fee
from services.validate.rules.p.p_01_identity_number import identity_number
from services.validate.rules.p.p_02_mobile_number import mobile_number
from services.validate.rules.p.p_03_free_mailbox import free_mailbox
from services.validate.rules.p.p_04_bank_card import bank_card
from services.validate.rules.p.p_05_applicant_named import applicant_named
from services.validate.rules.q.q_01_repeated_sentence import repeated_sentence
from services.validate.rules.q.q_02_doubled_word import doubled_word
from services.validate.rules.q.q_05_likely_typo import likely_typo
from services.validate.rules.q.q_06_mojibake import mojibake
from services.validate.rules.q.q_07_unbalanced import unbalanced
from services.validate.rules.q.q_08_short_overview import short_overview
from services.validate.rules.s.s_01_overview_missing import overview_missing
from services.validate.rules.s.s_02_disclosure_missing import disclosure_missing
from services.validate.rules.s.s_03_applications_missing import applications_missing
from services.validate.rules.s.s_04_cases_missing import cases_missing
from services.validate.rules.s.s_05_problems_missing import problems_missing
from services.validate.rules.s.s_06_other_matters_missing import other_matters_missing
from services.validate.rules.s.s_07_out_of_order import out_of_order
from services.validate.rules.s.s_08_title_altered import title_altered
from services.validate.rules.s.s_09_heading_twice import heading_twice
from services.validate.rules.s.s_10_empty_chapter import empty_chapter
from services.validate.rules.s.s_11_half_of_problems import half_of_problems
from services.validate.rules.s.s_12_problem_without_measure import problem_without_measure
from services.validate.rules.s.s_13_aspect_missing import aspect_missing
from services.validate.rules.s.s_14_oversight_untold import oversight_untold
from services.validate.rules.s.s_15_parts_announced import parts_announced
from services.validate.rules.s.s_16_numbering_mixed import numbering_mixed
from services.validate.rules.t2.t2_01_stock_below_made import stock_below_made
from services.validate.rules.t2.t2_02_opened_above_total import opened_above_total
from services.validate.rules.t2.t2_03_no_rulemaking_power import no_rulemaking_power
from services.validate.rules.t2.t2_04_negative_items import negative_items
from services.validate.rules.t2.t2_05_decisions_without_items import decisions_without_items
from services.validate.rules.t2.t2_06_purchase_mismatch import purchase_mismatch
from services.validate.rules.t2.t2_08_enforcement_all_zero import enforcement_all_zero
from services.validate.rules.t3.t3_01_row_sum import row_sum
from services.validate.rules.t3.t3_02_balance import balance
from services.validate.rules.t3.t3_03_outcome_sum import outcome_sum
from services.validate.rules.t3.t3_04_subtotal import subtotal
from services.validate.rules.t3.t3_05_one_side_only import one_side_only
from services.validate.rules.t3.t3_06_suspect_cell import suspect_cell
from services.validate.rules.t3.t3_07_unpaid_without_notice import unpaid_without_notice
from services.validate.rules.t3.t3_08_others_unexplained import others_unexplained
from services.validate.rules.t3.t3_09_large_carry_over import large_carry_over
from services.validate.rules.t3.t3_10_column_shift import column_shift
from services.validate.rules.t4.t4_01_review_sum import review_sum
from services.validate.rules.t4.t4_02_direct_suit_sum import direct_suit_sum
from services.validate.rules.t4.t4_03_suit_after_review_sum import suit_after_review_sum
from services.validate.rules.xy.xy_01_carry_over import carry_over
from services.validate.rules.y.y_01_title_year import title_year
from services.validate.rules.y.y_02_period import period_not_the_year
from services.validate.rules.y.y_03_no_period import period_not_stated
from services.validate.rules.y.y_04_earlier_year import earlier_year
from services.validate.rules.y.y_05_plan_year import plan_year
from services.validate.rules.y.y_06_year_unsaid import year_unsaid
from services.validate.rules.y.y_07_published_early import published_early

FAMILIES: dict[str, str] = {
    "F": "格式：版本、缺表和表格的形状",
    "C": "单元格：填了什么",
    "T2": "表二：主动公开政府信息情况",
    "T3": "表三：收到和处理政府信息公开申请情况",
    "T4": "表四：政府信息公开行政复议、行政诉讼情况",
    "N": "正文：与表格、与前后文是否一致",
    "S": "结构：六个部分和应当写到的内容",
    "Y": "年度：写的是哪一年",
    "I": "机关：是谁的报告",
    "M": "必须报告的事项",
    "P": "个人信息",
    "L": "残留：不属于报告的文字",
    "Q": "文字质量",
    "B": "引用的依据",
    "XY": "跨年度：与上一年度报告的衔接",
}

RULES: tuple[Rule, ...] = (
    form_unrecognised,
    outdated_form,
    mixed_forms,
    table_absent,
    row_missing,
    figure_count,
    copies_differ,
    label_altered,
    balance_note_missing,
    unit_wrong,
    content_added,
    table_unreadable,
    blank,
    placeholder,
    negative,
    fraction,
    text,
    unintelligible,
    implausible_size,
    amount_precision,
    stock_below_made,
    opened_above_total,
    no_rulemaking_power,
    negative_items,
    decisions_without_items,
    purchase_mismatch,
    enforcement_all_zero,
    row_sum,
    balance,
    outcome_sum,
    subtotal,
    one_side_only,
    suspect_cell,
    unpaid_without_notice,
    others_unexplained,
    large_carry_over,
    column_shift,
    review_sum,
    direct_suit_sum,
    suit_after_review_sum,
    received,
    carried_in,
    handled,
    carried_out,
    disclosed,
    partly_disclosed,
    disclosed_in_all,
    refused,
    not_available,
    not_processed,
    single_outcome,
    outcome_list,
    applicants,
    channels,
    parts,
    flow,
    no_applications,
    all_handled,
    no_cases,
    none_lost,
    reviews,
    suits,
    case_list,
    regulatory_documents,
    decisions,
    charges,
    scope,
    rates,
    told_twice,
    carry_over_unmentioned,
    fee,
    overview_missing,
    disclosure_missing,
    applications_missing,
    cases_missing,
    problems_missing,
    other_matters_missing,
    out_of_order,
    title_altered,
    heading_twice,
    empty_chapter,
    half_of_problems,
    problem_without_measure,
    aspect_missing,
    oversight_untold,
    parts_announced,
    numbering_mixed,
    title_year,
    period_not_the_year,
    period_not_stated,
    earlier_year,
    plan_year,
    year_unsaid,
    published_early,
    no_title,
    title_without_agency,
    published_elsewhere,
    name_in_two_forms,
    another_agency,
    foreign_guide,
    pronoun_of_another_level,
    fee_untold,
    fee_half_told,
    local_items_missing,
    identity_number,
    mobile_number,
    free_mailbox,
    bank_card,
    applicant_named,
    internal_instruction,
    placeholder_left,
    guidance_copied,
    editing_remnant,
    secrecy_marking,
    draft_title,
    repeated_sentence,
    doubled_word,
    likely_typo,
    mojibake,
    unbalanced,
    short_overview,
    trial_format_cited,
    superseded_regulation_cited,
    carry_over,
)

# Ids of rules that no longer exist; an id is never used again for something else.
RETIRED: tuple[str, ...] = ()

_RANKS = {family: rank for rank, family in enumerate(FAMILIES)}


def rank(rule_id: str) -> tuple[int, str]:
    """Return what sorts rule ids in the order of the rule book."""
    return _RANKS[rule_id.split("-", maxsplit=1)[0]], rule_id
