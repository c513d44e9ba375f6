"""The answers to the findings of a rule pack as a type, for editors and type checkers.

Generated from the rules by `sitriage schema --types FILE`: do not edit.
"""

from __future__ import annotations

from typing import Literal, TypedDict

__all__ = ["Answers"]


class Answers(TypedDict, total=False):
    """What a person answered, by finding id. Leave a key out if it was not asked: that is never no."""

    abdominal_pain: bool | Literal["unsure"]
    """new tummy pain"""

    afraid_to_move: bool | Literal["unsure"]
    """fear of moving or low mood"""

    age: int | Literal["unsure"]
    """your age: 0 to 120 years"""

    age_at_onset: int | Literal["unsure"]
    """age when it first began: 0 to 120 years"""

    alternating_buttock_pain: bool | Literal["unsure"]
    """pain swapping between the buttocks"""

    assessed_and_cleared: bool | Literal["unsure"]
    """a check-up that cleared exercise"""

    band_like_trunk_pain: bool | Literal["unsure"]
    """tight band of pain round the middle"""

    began_lifting_or_coughing: bool | Literal["unsure"]
    """start while lifting, bending or coughing"""

    better_on_getting_up: bool | Literal["unsure"]
    """night pain eased by getting up"""

    better_with_movement: bool | Literal["unsure"]
    """pain that eases with movement"""

    better_with_nsaids: bool | Literal["unsure"]
    """much relief from anti-inflammatory tablets"""

    birth_in_last_year: bool | Literal["unsure"]
    """a birth in the last year"""

    bleeding_after_menopause: bool | Literal["unsure"]
    """bleeding after periods have ended"""

    blistering_rash: bool | Literal["unsure"]
    """a strip of blisters"""

    bloating: bool | Literal["unsure"]
    """bloated tummy for three weeks"""

    blood_in_vomit_or_black_stool: bool | Literal["unsure"]
    """vomiting blood, or black or bloody poo"""

    blood_pressure_over_180_110: bool | Literal["unsure"]
    """very high last blood pressure"""

    blood_thinner: bool | Literal["unsure"]
    """a blood thinner or bleeding disorder"""

    both_legs_numbness: bool | Literal["unsure"]
    """numbness or tingling in both legs"""

    both_legs_only_on_walking: bool | Literal["unsure"]
    """ache in both legs for months, gone when you sit"""

    both_legs_pain: bool | Literal["unsure"]
    """pain down both legs (not buttocks)"""

    both_legs_weakness: bool | Literal["unsure"]
    """weakness in both legs"""

    bowel_incontinence: bool | Literal["unsure"]
    """new loss of control over poo"""

    breathless: bool | Literal["unsure"]
    """new shortness of breath"""

    bridge_easy: bool | Literal["unsure"]
    """an easy, pain-free bridge"""

    bruise_over_spine_or_pelvis: bool | Literal["unsure"]
    """bruise or graze over the sore place"""

    buttock_pain: bool | Literal["unsure"]
    """pain in the buttock"""

    caesarean: bool | Literal["unsure"]
    """birth by caesarean"""

    can_plank: bool | Literal["unsure"]
    """holding a plank with ease"""

    cancer_history: bool | Literal["unsure"]
    """cancer now or in the past"""

    cannot_bear_weight: bool | Literal["unsure"]
    """being unable to walk four steps"""

    cannot_get_on_floor: bool | Literal["unsure"]
    """being unable to use the floor"""

    cannot_turn_in_bed: bool | Literal["unsure"]
    """being unable to turn in bed"""

    cauda_equina_signs_unchanged_over_14_days: bool | Literal["unsure"]
    """same signs, unchanged over 14 days"""

    chest_pain: bool | Literal["unsure"]
    """chest pain"""

    chest_symptoms_on_effort: bool | Literal["unsure"]
    """chest pain or fainting with effort"""

    chills: bool | Literal["unsure"]
    """hot-and-cold shivers"""

    cold_pale_leg: bool | Literal["unsure"]
    """one cold and pale leg"""

    colicky_pain: bool | Literal["unsure"]
    """strong pain in waves, so that you cannot keep still"""

    confused_or_drowsy: bool | Literal["unsure"]
    """being confused or very drowsy"""

    constant_pain: bool | Literal["unsure"]
    """pain that is always there"""

    could_be_pregnant: bool | Literal["unsure"]
    """a possible pregnancy"""

    diabetes: bool | Literal["unsure"]
    """diabetes of any kind"""

    diastasis: bool | Literal["unsure"]
    """a gap or doming of the tummy"""

    duration_days: int | Literal["unsure"]
    """how many days this pain has gone on: 0 to 36500 days"""

    eased_sitting_or_leaning: bool | Literal["unsure"]
    """leg pain that goes when you sit or lean forward"""

    erectile_change: bool | Literal["unsure"]
    """new trouble getting an erection"""

    faint_or_clammy: bool | Literal["unsure"]
    """feeling faint, clammy or heart racing"""

    falls_or_dizziness: bool | Literal["unsure"]
    """two falls, or unsteady from dizziness"""

    family_history_psoriasis: bool | Literal["unsure"]
    """psoriasis in close family"""

    family_history_spondyloarthritis: bool | Literal["unsure"]
    """spine arthritis in close family"""

    feels_locked: bool | Literal["unsure"]
    """feeling locked or stuck"""

    feels_unstable: bool | Literal["unsure"]
    """a weak or unsteady hip or pelvis"""

    feels_unwell: bool | Literal["unsure"]
    """feeling very ill all over"""

    fever: bool | Literal["unsure"]
    """fever or high temperature"""

    first_ever_episode: bool | Literal["unsure"]
    """first ever bad back pain"""

    flank_pain: bool | Literal["unsure"]
    """pain in the side under the ribs"""

    fluid_leak: bool | Literal["unsure"]
    """waters leaking in pregnancy"""

    focal_bone_tenderness: bool | Literal["unsure"]
    """one very sore spot on the bone"""

    foot_drop: bool | Literal["unsure"]
    """a newly floppy or weak foot"""

    gait_disturbance: bool | Literal["unsure"]
    """newly unsteady walking or heavy legs"""

    genital_numbness: bool | Literal["unsure"]
    """loss of feeling in the private parts"""

    getting_better: bool | Literal["unsure"]
    """pain that is easing"""

    getting_worse: bool | Literal["unsure"]
    """pain clearly worse day by day"""

    gout: bool | Literal["unsure"]
    """known gout"""

    groin_pain: bool | Literal["unsure"]
    """pain in the groin"""

    hand_clumsiness: bool | Literal["unsure"]
    """newly clumsy hands or spine shocks"""

    hard_to_put_on_socks: bool | Literal["unsure"]
    """trouble putting on socks, stiff hip"""

    has_resistance_band: bool | Literal["unsure"]
    """having an exercise band"""

    has_swiss_ball: bool | Literal["unsure"]
    """having a small exercise ball"""

    heavy_bleeding_after_birth: bool | Literal["unsure"]
    """heavy bleeding or bad smell after birth"""

    heel_pain: bool | Literal["unsure"]
    """heel or tendon pain"""

    height_loss_or_new_stoop: bool | Literal["unsure"]
    """loss of height or a new stoop"""

    hip_osteoarthritis: bool | Literal["unsure"]
    """hip arthritis or groin pinch"""

    hip_pain: bool | Literal["unsure"]
    """pain at the hip"""

    hip_precautions: bool | Literal["unsure"]
    """a hip operation in the last 12 weeks, or hip rules to follow"""

    hip_replacement: bool | Literal["unsure"]
    """a replaced hip"""

    hot_swollen_joint: bool | Literal["unsure"]
    """a hot, swollen joint now"""

    hypermobility: bool | Literal["unsure"]
    """very bendy joints"""

    immunosuppression: bool | Literal["unsure"]
    """a weak defence against germs"""

    inflammatory_arthritis: bool | Literal["unsure"]
    """arthritis with swollen joints"""

    inflammatory_bowel_disease: bool | Literal["unsure"]
    """inflamed bowel illness"""

    insidious_onset: bool | Literal["unsure"]
    """a slow start without a reason"""

    irreducible_hernia: bool | Literal["unsure"]
    """painful or stuck lump or hernia"""

    iv_drug_use: bool | Literal["unsure"]
    """injecting drugs in the last year"""

    knee_brace_helped: bool | Literal["unsure"]
    """less pain after pushing your heels into a door frame"""

    knee_pain: bool | Literal["unsure"]
    """pain or stiffness at the knee"""

    knee_problem: bool | Literal["unsure"]
    """trouble kneeling or bending a knee"""

    knee_replacement: bool | Literal["unsure"]
    """a replaced knee"""

    known_aneurysm: bool | Literal["unsure"]
    """known bulge in the main artery"""

    known_axial_spondyloarthritis: bool | Literal["unsure"]
    """known inflammatory arthritis of the spine"""

    known_large_disc_or_past_cauda_equina: bool | Literal["unsure"]
    """a large disc bulge, or nerves squeezed in the past"""

    lateral_hip_pain: bool | Literal["unsure"]
    """pain on the outside of the hip"""

    latex_allergy: bool | Literal["unsure"]
    """an allergy to latex"""

    leg_cramps_on_walking: bool | Literal["unsure"]
    """walking cramps that stop when standing"""

    leg_length_difference: bool | Literal["unsure"]
    """a known leg length difference"""

    leg_numbness: bool | Literal["unsure"]
    """numbness or tingling in one leg"""

    leg_pain_below_knee: bool | Literal["unsure"]
    """pain below one knee"""

    leg_pain_worse_than_back: bool | Literal["unsure"]
    """leg pain worse than back pain"""

    leg_swelling: bool | Literal["unsure"]
    """one swollen, hot or red leg"""

    leg_weakness: bool | Literal["unsure"]
    """weakness in one leg"""

    limited_mobility: bool | Literal["unsure"]
    """moving less freely than usual"""

    limits_daily_life: bool | Literal["unsure"]
    """pain that stops everyday things"""

    limp: bool | Literal["unsure"]
    """a new limp"""

    long_standing_and_locked: bool | Literal["unsure"]
    """pain for a long time, and a joint that is stuck"""

    long_term_steroids: bool | Literal["unsure"]
    """steroid tablets for 3 months or more"""

    low_back_pain: bool | Literal["unsure"]
    """pain in the lower back"""

    low_energy_or_missed_periods: bool | Literal["unsure"]
    """eating too little for your sport, or missed periods"""

    lumbar_fusion: bool | Literal["unsure"]
    """fusion operation of the low back"""

    lump_or_shape_change: bool | Literal["unsure"]
    """new lump or changed back shape"""

    major_trauma: bool | Literal["unsure"]
    """serious accident at the start"""

    midline_pain_above_belt: bool | Literal["unsure"]
    """main pain mid-back, above the belt"""

    minor_trauma: bool | Literal["unsure"]
    """small fall or knock at the start"""

    morning_stiffness_over_30_min: bool | Literal["unsure"]
    """morning stiffness over 30 minutes"""

    neuro_rapid: bool | Literal["unsure"]
    """leg weakness or numbness worsening fast"""

    neuro_worsening: bool | Literal["unsure"]
    """weakness or numbness getting worse"""

    new_or_changed_pain: bool | Literal["unsure"]
    """pain that is new or has changed"""

    night_pain: bool | Literal["unsure"]
    """pain much worse at night"""

    night_sweats: bool | Literal["unsure"]
    """drenching sweats at night"""

    no_position_eases: bool | Literal["unsure"]
    """no position that eases it"""

    no_urine_today: bool | Literal["unsure"]
    """no pee all day"""

    not_better_with_rest: bool | Literal["unsure"]
    """pain that stays the same when you rest"""

    not_improving_after_6_weeks: bool | Literal["unsure"]
    """no progress after six weeks"""

    numbness_below_knee: bool | Literal["unsure"]
    """numbness or tingling below one knee"""

    obesity: bool | Literal["unsure"]
    """weight well above healthy"""

    old_trauma: bool | Literal["unsure"]
    """an older injury of back or pelvis"""

    on_and_off_over_3_months: bool | Literal["unsure"]
    """this kind of pain over 3 months"""

    osteoarthritis: bool | Literal["unsure"]
    """wear-and-tear arthritis of back or pelvis"""

    osteopenia: bool | Literal["unsure"]
    """slightly thin bones on a scan"""

    osteoporosis: bool | Literal["unsure"]
    """osteoporosis (very thin bones)"""

    pain_severity: int | Literal["unsure"]
    """worst pain in the last day: 0 to 10 0-10 numeric rating"""

    pain_side: Literal["left", "right", "both", "midline", "unsure"]
    """the sore side"""

    pain_through_from_upper_abdomen: bool | Literal["unsure"]
    """upper tummy pain through to back"""

    past_uveitis: bool | Literal["unsure"]
    """past uveitis (inflamed eye)"""

    pelvic_radiotherapy: bool | Literal["unsure"]
    """radiotherapy to the pelvis"""

    period_linked_pain: bool | Literal["unsure"]
    """pain linked to periods or sex"""

    postnatal_check_done: bool | Literal["unsure"]
    """a check 6 to 8 weeks after the birth, all well"""

    preeclampsia_signs: bool | Literal["unsure"]
    """bad headache, flashing lights or sudden swelling"""

    pregnancy_complication: bool | Literal["unsure"]
    """a pregnancy problem on our list"""

    pregnancy_week: int | Literal["unsure"]
    """week of pregnancy: 1 to 45 weeks"""

    pregnant: bool | Literal["unsure"]
    """being pregnant"""

    previous_fragility_fracture: bool | Literal["unsure"]
    """a bone broken by a small fall"""

    previous_similar_episode: bool | Literal["unsure"]
    """the same pain before"""

    procedure_was_labour_epidural: bool | Literal["unsure"]
    """only an epidural for a birth"""

    procedure_was_needling: bool | Literal["unsure"]
    """only acupuncture or dry needling"""

    prolapse_or_leaking: bool | Literal["unsure"]
    """a heavy feeling down below, or leaking pee for a long time"""

    prone_or_strain_limit: bool | Literal["unsure"]
    """an eye operation, head knock, fits, stoma or bad reflux"""

    psoriasis: bool | Literal["unsure"]
    """psoriasis, now or before"""

    pubic_pain: bool | Literal["unsure"]
    """pain at the front of the pelvis"""

    pulsating_abdomen: bool | Literal["unsure"]
    """a pulse-like beat in the tummy"""

    recent_abdominal_surgery: bool | Literal["unsure"]
    """tummy operation within 12 weeks"""

    recent_gut_or_genital_infection: bool | Literal["unsure"]
    """recent gut or private-parts infection"""

    recent_infection: bool | Literal["unsure"]
    """serious infection in the last 3 months"""

    recent_spinal_procedure: bool | Literal["unsure"]
    """back or pelvis procedure within 3 months"""

    recent_training_increase: bool | Literal["unsure"]
    """more training in recent weeks"""

    recurs_despite_exercises: bool | Literal["unsure"]
    """pain returning in spite of exercises"""

    red_painful_eye: bool | Literal["unsure"]
    """a red, painful eye now"""

    reduced_fetal_movements: bool | Literal["unsure"]
    """baby moving less than usual"""

    reduced_skin_feeling: bool | Literal["unsure"]
    """numb skin or poor blood flow"""

    regular_contractions: bool | Literal["unsure"]
    """backache in waves or tightenings"""

    repetitive_strain: bool | Literal["unsure"]
    """repeated twisting, bending or lifting"""

    rheumatoid_arthritis: bool | Literal["unsure"]
    """rheumatoid arthritis"""

    runner_or_jumper: bool | Literal["unsure"]
    """lots of running or jumping"""

    saddle_numbness: bool | Literal["unsure"]
    """new numbness between the legs"""

    sedentary: bool | Literal["unsure"]
    """sitting most of the day"""

    self_harm_thoughts: bool | Literal["unsure"]
    """thoughts of hurting yourself"""

    severe_abdominal_pain: bool | Literal["unsure"]
    """bad tummy pain or a hard tummy"""

    sex: Literal["female", "male", "unsure"]
    """sex at birth"""

    sharp_pain: bool | Literal["unsure"]
    """sharp, stabbing pain"""

    shooting_leg_pain: bool | Literal["unsure"]
    """shooting pain below the knee"""

    shoulder_problem: bool | Literal["unsure"]
    """trouble leaning on a shoulder or elbow"""

    shoulder_tip_pain: bool | Literal["unsure"]
    """pain at the shoulder tip"""

    si_region_pain: bool | Literal["unsure"]
    """pain beside the dimple"""

    sit_bone_pain: bool | Literal["unsure"]
    """pain at the sit-bone"""

    smoker: bool | Literal["unsure"]
    """smoking now or for years"""

    spinal_procedure_last_30_days: bool | Literal["unsure"]
    """back surgery or epidural within 30 days"""

    spine_fragility_fracture: bool | Literal["unsure"]
    """a weak-bone break in spine or pelvis"""

    spine_metastases: bool | Literal["unsure"]
    """cancer that has spread to bone"""

    stiffness: bool | Literal["unsure"]
    """feeling stiff"""

    sudden_onset: bool | Literal["unsure"]
    """pain that came on suddenly"""

    sudden_pelvic_or_testicular_pain: bool | Literal["unsure"]
    """sudden one-sided low tummy or testicle pain"""

    sudden_severe_pain: bool | Literal["unsure"]
    """sudden, terrible back or tummy pain"""

    tailbone_pain: bool | Literal["unsure"]
    """pain at the tip of the spine"""

    tb_or_brucella_exposure: bool | Literal["unsure"]
    """contact with tuberculosis or farm germs"""

    thigh_pain: bool | Literal["unsure"]
    """pain that spreads to the thigh"""

    told_not_to_exercise: bool | Literal["unsure"]
    """being told not to exercise"""

    treated_high_blood_pressure: bool | Literal["unsure"]
    """treated high blood pressure"""

    unable_to_sleep_wash_or_dress: bool | Literal["unsure"]
    """being unable to sleep, wash or dress"""

    uncontrolled_diabetes: bool | Literal["unsure"]
    """diabetes that is not well controlled"""

    unexplained_weight_loss: bool | Literal["unsure"]
    """weight loss without trying"""

    untreated_hernia: bool | Literal["unsure"]
    """a hernia that is not treated"""

    unusual_tiredness: bool | Literal["unsure"]
    """tiredness for weeks without reason"""

    upper_back_pain: bool | Literal["unsure"]
    """main pain in the upper back"""

    urinary_incontinence: bool | Literal["unsure"]
    """new leaking of pee"""

    urinary_retention: bool | Literal["unsure"]
    """new trouble passing pee"""

    urinary_symptoms: bool | Literal["unsure"]
    """burning or bloody pee"""

    vaginal_bleeding: bool | Literal["unsure"]
    """bleeding in a (possible) pregnancy"""

    vomiting: bool | Literal["unsure"]
    """being sick (vomiting)"""

    wakes_second_half_of_night: bool | Literal["unsure"]
    """waking up with pain late in the night"""

    walks_20_minutes: bool | Literal["unsure"]
    """walking 20 minutes without more pain"""

    weeks_of_exercise: int | Literal["unsure"]
    """weeks of gentle exercise: 0 to 520 weeks"""

    weeks_since_birth: int | Literal["unsure"]
    """weeks since the birth: 0 to 260 weeks"""

    worse_arching_back: bool | Literal["unsure"]
    """pain worse when arching back"""

    worse_bending_forward: bool | Literal["unsure"]
    """pain worse when bending forward"""

    worse_coughing: bool | Literal["unsure"]
    """pain made worse by coughing"""

    worse_lying_on_side: bool | Literal["unsure"]
    """pain worse lying on sore side"""

    worse_on_impact: bool | Literal["unsure"]
    """pain from running or jumping"""

    worse_on_weight_bearing: bool | Literal["unsure"]
    """pain with every step that goes when you lie down"""

    worse_parting_legs: bool | Literal["unsure"]
    """pain when opening the legs"""

    worse_rising_from_sitting: bool | Literal["unsure"]
    """pain worse getting up from sitting"""

    worse_sitting: bool | Literal["unsure"]
    """pain worse with long sitting"""

    worse_stairs: bool | Literal["unsure"]
    """pain worse on stairs"""

    worse_standing: bool | Literal["unsure"]
    """pain worse with standing"""

    worse_standing_on_one_leg: bool | Literal["unsure"]
    """pain worse on one leg"""

    worse_turning_in_bed: bool | Literal["unsure"]
    """pain worse when turning in bed"""

    worse_twisting: bool | Literal["unsure"]
    """pain worse when twisting"""

    worse_walking: bool | Literal["unsure"]
    """pain worse with walking"""

    wrist_problem: bool | Literal["unsure"]
    """being unable to lean on a hand"""
