"""Settings that decide no result: entry of data, feedback, publication and display."""

from __future__ import annotations

from typing import ClassVar, Literal

from tabapp.domain.formats.values import (
    AdjudicatorFields,
    Group,
    OverdueAction,
    PaperSize,
    SpeakerFields,
    Submission,
    Text,
    Whole,
    score,
    setting,
)

_PUBLISH = "Publish "


class FeedbackSettings(Group):
    """How judges are rated."""

    GROUP: ClassVar[str] = "Feedback"

    adj_min_score: float = score(0.0, "Lowest score of a judge")
    adj_max_score: float = score(5.0, "Highest score of a judge")
    feedback_paths: Literal[
        "minimal", "with-p-on-c", "with-t-on-c", "with-p-on-p", "all-adjs", "no-adjs"
    ] = setting("with-p-on-c", "Which judges rate which (p panellist, t trainee, c chair)")
    feedback_from_teams: Literal["orallist", "all-adjs", "no-one"] = setting(
        "orallist", "Which judges the teams rate")
    show_unexpected_feedback: bool = setting(True, "Show feedback that nobody was asked for")
    show_unaccredited: bool = setting(False, "Show which judges are trainees")
    feedback_introduction: Text = setting("", "Text above every feedback form")


class MotionSettings(Group):
    """What is recorded and shown of motions."""

    GROUP: ClassVar[str] = "Motions"

    enable_motions: bool = setting(True, "Ballots record the motion that was debated")
    motion_vetoes_enabled: bool = setting(True, "Ballots record each side's veto")
    show_motions_in_results: bool = setting(False, "Show the motion beside each result")
    public_motions_order: Literal["forward", "reverse"] = setting(
        "reverse", "Published motions begin with the first or with the last round")
    enable_motion_reuse: bool = setting(False, "A motion can be set in several rounds")


class DataEntrySettings(Group):
    """How ballots, feedback and check-ins come in, and what printed sheets ask for."""

    GROUP: ClassVar[str] = "Data entry"

    participant_ballots: Submission = setting("off", "Whether judges hand in their own ballots")
    participant_feedback: Submission = setting(
        "off", "Whether participants hand in their own feedback")
    public_use_password: bool = setting(False, "Public forms ask for a password")
    public_password: Text = setting("", "Password of the public forms")
    disable_ballot_confirms: bool = setting(False, "A ballot counts without a second person")
    enable_blind_checks: bool = setting(False, "The second person enters the ballot again, blind")
    ballot_one_person: bool = setting(  # ours
        False, "Whoever entered a ballot may check it too; the desk says so all the time")
    ballot_confirmed_by: Literal["volunteer", "adjudication_core", "tab_director"] = setting(
        "volunteer", "Who may confirm a ballot that somebody else entered")  # ours
    lock_minutes: float = setting(  # ours
        10.0, "Minutes without a key or a click after which the window locks; 0 is never",
        ge=0, le=600)
    assistant_access: Literal["all_areas", "results_draw", "results_only", "none"] = setting(
        "all_areas", "What assistants can open")
    checkin_window_people: float = setting(12.0, "Hours for which a person is checked in", ge=0)
    checkin_window_venues: float = setting(2.0, "Hours for which a room is checked in", ge=0)
    public_checkins_submit: bool = setting(False, "Participants check themselves in")
    ballots_confirm_digits: bool = setting(
        True, "Printed ballots ask for the digits to be circled")
    ballots_hide_motions: bool = setting(False, "Printed ballots leave out the motions")
    score_return_location: Text = setting(
        "TBA", "Where ballots are brought, printed on them; TBA hides it")
    feedback_return_location: Text = setting(
        "TBA", "Where feedback is brought, printed on it; TBA hides it")
    paper_size: PaperSize = setting(  # ours
        "a4", "Paper that everything printed and every PDF file is laid out for")
    enable_postponements: bool = setting(False, "Debates can be postponed")
    individual_ballots: bool = setting(False, "Each judge's ballot is entered by itself")


class DeadlineSettings(Group):
    """When a ballot is late, and what is done then."""

    GROUP: ClassVar[str] = "Deadlines"

    speech_minutes: float = setting(
        7.0, "Minutes of a substantive speech, from which the end of a round is expected",
        ge=0, le=120)
    reply_minutes: float = setting(4.0, "Minutes of a reply speech", ge=0, le=120)
    adjudication_minutes: float = setting(
        15.0, "Minutes from the last speech to the decision of the judges", ge=0, le=1440)
    ballot_warning_minutes: Whole = setting(
        10, "Minutes before its limit at which a room is called to mind", ge=0, le=1440)
    ballot_timeout_minutes: Whole = setting(
        20, "Minutes after the expected end of a round at which a ballot is overdue",
        ge=0, le=10_000)
    ballot_overdue_action: OverdueAction = setting(
        "flag", "What is done with a ballot that is overdue: it is marked, a side that never "
        "checked in forfeits, or nothing")
    ballot_unconfirmed_hours: float = setting(
        12.0, "Hours after which an entry that nobody confirmed, or a debate that goes on, is "
        "marked", ge=0, le=1000)
    ballot_unconfirmed_action: OverdueAction = setting(
        "flag", "What is done then: it is marked, a side that never checked in forfeits, or "
        "nothing")


class TabReleaseSettings(Group):
    """What is published once the tournament is over."""

    GROUP: ClassVar[str] = "Tab release"

    team_tab_released: bool = setting(False, _PUBLISH + "the team tab")
    team_tab_limit: Whole = setting(0, "Teams on the published tab; 0 for all", ge=0)
    speaker_tab_released: bool = setting(False, _PUBLISH + "the speaker tab")
    speaker_tab_limit: Whole = setting(0, "Speakers on the published tab; 0 for all", ge=0)
    replies_tab_released: bool = setting(False, _PUBLISH + "the tab of reply speakers")
    replies_tab_limit: Whole = setting(0, "Reply speakers on the published tab; 0 for all", ge=0)
    break_category_tabs_released: bool = setting(
        False, _PUBLISH + "a team tab for each break category")
    speaker_category_tabs_released: bool = setting(
        False, _PUBLISH + "a speaker tab for each public speaker category")
    motion_tab_released: bool = setting(False, _PUBLISH + "the balance of the motions")
    adjudicators_tab_released: bool = setting(False, _PUBLISH + "the scores of the judges")
    adjudicators_tab_shows: Literal["test", "final", "all"] = setting(
        "final", "Scores on the judges' tab: base score, final score, or every round's too")
    ballots_released: bool = setting(False, _PUBLISH + "every ballot")
    private_ballots_released: bool = setting(False, "Each participant can see the own ballots")
    all_results_released: bool = setting(
        False, _PUBLISH + "the results of silent and elimination rounds too")


class PublicSettings(Group):
    """What is published while the tournament runs."""

    GROUP: ClassVar[str] = "Public"

    public_participants: bool = setting(False, _PUBLISH + "the list of participants")
    public_institutions_list: bool = setting(False, _PUBLISH + "the list of institutions")
    public_diversity: bool = setting(False, _PUBLISH + "statistics by gender and region")
    public_checkins: bool = setting(False, _PUBLISH + "who is checked in")
    public_break_categories: bool = setting(False, _PUBLISH + "who can break in which category")
    public_side_allocations: bool = setting(False, _PUBLISH + "sides allocated beforehand")
    public_draw: Literal["off", "current", "all-released"] = setting(
        "off", _PUBLISH + "no draw, the current one, or all that are released")
    public_results: bool = setting(False, _PUBLISH + "results of rounds that are not silent")
    public_motions: bool = setting(False, _PUBLISH + "motions that are released")
    public_team_standings: bool = setting(False, _PUBLISH + "current wins or points")
    public_breaking_teams: bool = setting(False, _PUBLISH + "the teams that break")
    public_breaking_adjs: bool = setting(False, _PUBLISH + "the judges that break")
    feedback_progress: bool = setting(False, _PUBLISH + "who still owes feedback")
    public_record: bool = setting(True, _PUBLISH + "a page for each team and judge")


class DisplaySettings(Group):
    """What pages and screens show."""

    GROUP: ClassVar[str] = "Display"

    show_splitting_adjudicators: bool = setting(False, "Results show who dissented")
    team_code_names: Literal[
        "off", "all-tooltips", "admin-tooltips-code", "admin-tooltips-real", "everywhere"
    ] = setting("off", "Code names of teams: none, as a hint beside the real name, for the public "
                "alone with the code or the real name as a hint, or everywhere")
    participant_code_names: Literal["off", "everywhere"] = setting(
        "off", "Code names of participants: none or everywhere")
    show_emoji: bool = setting(True, "Teams have their emoji")
    show_team_institutions: bool = setting(True, "Lists show the institutions of teams")
    show_adjudicator_institutions: bool = setting(True, "Lists show the institutions of judges")
    show_speakers_in_draw: bool = setting(True, "The draw shows who speaks for a team")
    show_seed_in_importer: Literal["off", "numeric", "title"] = setting(
        "off", "Import asks for seeds: not at all, as numbers, or in words")


class RegistrationSettings(Group):
    """How teams are made up, and what is asked of people."""

    GROUP: ClassVar[str] = "Registration"

    speakers_in_team: Whole = setting(3, "Speakers that a team registers", ge=1, le=100)
    team_name_generator: Literal["user", "alphabetical", "numerical", "initials"] = setting(
        "user", "Teams are named by hand, by letters, by numbers or by initials")
    speaker_profile_fields: SpeakerFields = setting(
        ("name", "institution", "categories", "consent"),
        "What the record of a speaker holds when it is complete")
    adjudicator_profile_fields: AdjudicatorFields = setting(
        ("name", "institution", "base_score", "conflicts", "consent"),
        "What the record of a judge holds when it is complete")


class ForeignSettings(Group):
    """Settings of Tabbycat that have no effect here; files that carry them stay whole."""

    GROUP: ClassVar[str] = "Without effect"

    draw_skip_adj_checkins: bool = setting(False, "Every judge counts as available")
    draw_pullup_penalty: Whole = setting(0, "Cost of a pull-up")
    reply_to_name: Text = setting("Tabulation Team", "Sender of messages")
    reply_to_address: Text = setting("", "Address for replies to messages")
    enable_ballot_receipts: bool = setting(False, "Judges have a receipt of each ballot by mail")
    enable_api: bool = setting(True, "Other programs can read and write over the network")
