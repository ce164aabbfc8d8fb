"""Sentences about ballots."""

MESSAGES: dict[str, str] = {
    "result_type_not_available": "{debate} has {sides} teams and a ballot of each judge ({kind}),"
    " which is counted only between two teams. Set one ballot per debate in the tournament's"
    " settings, or marks on every ballot.",
    "ballots_per_judge_in_large_rooms": "Rooms of {sides} teams cannot have one ballot for each"
    " judge. Set one ballot per debate, or let margins include dissenters.",
    "sheet_missing": "The ballot of {debate} holds no score sheet. Enter it.",
    "sheets_several": "The ballot of {debate} holds {count} score sheets, but its panel decides"
    " together. Enter one sheet for the whole room.",
    "sheet_of_one_judge": "The sheet of {debate} is that of {judge} alone, but its panel decides"
    " together. Enter it without a judge.",
    # sheets of single judges
    "sheet_without_judge": "A sheet of {debate} names no judge, but each judge votes there. Say"
    " whose sheet it is.",
    "judge_sheet_missing": "The sheet of {judge} in {debate} is missing. Enter it, or take {judge}"
    " off the panel.",
    "judge_sheet_twice": "{judge} has {count} sheets in {debate}. Keep one of them.",
    "judge_not_on_panel": "{judge} has a sheet in {debate} without sitting on its panel. Check the"
    " judge.",
    "sheet_of_trainee": "{judge} is a trainee in {debate}, so that the sheet does not count. Leave"
    " it out.",
    "panel_without_chair": "Nobody chairs {debate}, so that nobody decides an even split. Name the"
    " chair of its panel.",
    "sheets_differ_in_speakers": "{judge} and {other} have other speakers in {debate}. Correct the"
    " order of speakers on one of the sheets.",
    "sheets_differ_in_ghosts": "{judge} and {other} mark other speeches as ghosts in {debate}."
    " Correct the marks on one of the sheets.",
    "sheet_says_other_motion": "The sheet of {judge} in {debate} names the motion {motion}, its"
    " ballot {said}. Say once which motion was debated.",
    "sheet_says_other_forfeit": "The sheet of {judge} in {debate} lets {forfeit} forfeit, its"
    " ballot {said}. Say once who forfeited.",
    "winner_without_contest": "A sheet of {debate} names winners or places, but nobody wins where"
    " each judge marks a room of more than two teams. Remove them.",
    # ranks of speeches
    "speech_ranks_not_asked": "The ballot of {debate} ranks its speeches, which this tournament"
    " does not ask for. They are kept; turn speaker_ranks on where they shall be checked.",
    "speech_ranks_missing": "The ballot of {debate} ranks none of its speeches. Enter their ranks"
    " if the paper has them.",
    "speech_rank_missing": "Speech {position} of {side} in {debate} has no rank among the others."
    " Enter one of 1 to {last}.",
    "speech_rank_out_of_range": "Speech {position} of {side} in {debate} has the rank {rank}, but"
    " ranks go from 1 to {last}. Correct it.",
    "speech_rank_twice": "Speech {position} of {side} and speech {other_position} of {other} in"
    " {debate} both have the rank {rank}. Give each speech a rank of its own.",
    "speech_rank_against_score": "Speech {position} of {side} in {debate} has {score} and the rank"
    " {rank}, below speech {other_position} of {other} with {less} and the rank {better}. Correct"
    " the ranks or the scores.",
    "reply_ranked": "The reply of {side} in {debate} (speech {position}) has a rank, but only"
    " substantive speeches are ranked. Remove it.",
    "unknown_side": "{debate} has no side {side}. Use {sides}.",
    "side_twice": "The side {side} stands twice on the ballot of {debate}. Remove one of them.",
    "forfeit_twice": "The forfeit of {side} in {debate} is listed twice. Remove one of them.",
    "winner_twice": "{side} is ticked twice in {debate}. Tick it once.",
    "bye_has_no_ballot": (
        "{team} has a bye: nobody debates there, and no ballot comes. Choose another room."),
    "ballot_of_bye": "{debate} is a bye, and nobody debates there. Remove its ballot.",
    "criteria_missing": "Speech {position} of {side} in {debate} has no mark of {speaker} for"
    " {missing}. Enter it, or the score without any criterion.",
    "criterion_out_of_range": "The mark {mark} of {speaker} ({side}, speech {position}) for"
    " {criterion} in {debate} is not {range}. Correct it.",
    "criterion_off_step": "The mark {mark} of {speaker} ({side}, speech {position}) for {criterion}"
    " in {debate} is not on a step of {step} from {low}. Correct it.",
    "score_against_criteria": "{speaker} ({side}, speech {position}) has the score {score} in"
    " {debate}, but the marks by criterion add up to {total}, which is what counts. Correct one of"
    " them.",
    "criterion_unknown": "There is no scoring criterion {criterion}. Check the id.",
    "side_missing": "The ballot of {debate} says nothing of {team} ({side}). Enter its speeches,"
    " or mark it as a forfeit.",
    "forfeit_with_speeches": "{team} ({side}) forfeited {debate} and yet has speeches. Remove its"
    " speeches or the forfeit.",
    "speech_position_wrong": "{side} in {debate} has a speech {position}, but a side has speeches 1"
    " to {last}. Correct its number.",
    "speech_position_twice": "{side} in {debate} has speech {position} twice. Number its speeches"
    " anew.",
    "score_missing": "Speech {position} of {team} ({side}) in {debate} has no score. Enter it.",
    "score_out_of_range": "The score {score} of {speaker} ({side}, speech {position}) in {debate}"
    " is outside {low} to {high}. Correct it.",
    "score_off_step": "The score {score} of {speaker} ({side}, speech {position}) in {debate} is"
    " not on a step of {step} from {low}. Correct it.",
    "scores_not_asked": "{speaker} ({side}, speech {position}) has the score {score} in {debate},"
    " where no scores are given. Remove it.",
    "speaker_missing": "Speech {position} of {side} in {debate} has no speaker. Choose one.",
    "speaker_unknown": "{speaker} (speech {position} of {side} in {debate}) is nobody in this"
    " tournament. Choose a speaker of {team}.",
    "speaker_not_in_team": "{speaker} (speech {position} of {side} in {debate}) does not speak for"
    " {team}. Choose one of its speakers, or mark a substitute.",
    "substitute_for_stranger": "{speaker} (speech {position} of {side} in {debate}) stands in for"
    " {other}, who does not speak for {team}. Choose whom the substitute replaces.",
    "speaker_twice": "{speaker} gives speeches {first} and {second} of {side} in {debate}. Mark the"
    " one that shall not count as a ghost, or change the speaker.",
    "ghost_alone": "Speech {position} of {side} in {debate} is marked as a ghost, but {speaker} has"
    " no other speech that counts. Remove the mark.",
    "reply_by_last_speaker": "{speaker} gives both the last speech and the reply of {side} in"
    " {debate}. Check that the rules of this tournament allow it.",
    "reply_without_speech": "{speaker} gives the reply of {side} in {debate} without having spoken"
    " before. Choose a speaker of this debate.",
    "tied_totals": "{sides} both have a total of {total} in {debate}. Ask the panel for totals that"
    " differ.",
    "winner_missing": "The ballot of {debate} names nobody who won or advances. Tick them.",
    "wrong_number_advancing": "{count} teams are ticked in {debate}, but {needed} must be. Correct"
    " the ticks.",
    "winner_forfeited": "{side} forfeited {debate} and cannot win it. Remove the tick or the"
    " forfeit.",
    "winner_not_highest": "{side} is declared the winner of {debate} with a total of {total}"
    " against {best}. Correct the winner or the scores.",
    "margin_too_large": "The margin in {debate} is {margin}, and the largest that is allowed is"
    " {largest}. Correct the scores.",
    "rank_out_of_range": "{side} has the place {rank} in {debate}, but places go from 1 to {last}."
    " Correct it.",
    "ranks_wrong": "The places announced in {debate} do not give each team one of 1 to {last}."
    " Correct them.",
    "ranks_missing": "The ballot of {debate} has no places. Enter the place of every team.",
    "ranks_against_totals": "{side} is placed above {other} in {debate} with a total of {total}"
    " against {more}. Correct the places or the scores.",
    # on the form at the ballot desk
    "ballot_of_other_rules": "The ballot of {debate} has {had}, but the settings ask for {asked} by"
    " now. Set them back, or enter it from a file with the command tabapp ballot.",
    "panel_without_judges": "Nobody judges {debate}, and each judge hands in a ballot there. Put"
    " judges into the room.",
    "score_above": "{score} is above {high}, the highest score here. Type {range}.",
    "score_below": "{score} is below {low}, the lowest score here. Type {range}.",
    "score_between_steps": "{score} is between two marks here. Type {lower} or {upper}.",
    "score_not_a_number": '"{text}" is not a score. Type {range}.',
    "score_wanted": "The score of {speaker} is missing. Type {range}.",
    "criterion_wanted": "The mark of {speaker} for {criterion} is missing. Type {range}.",
    "criteria_out_of_range": "The criteria make {total}, but a score here is {range}. Check them.",
    "score_unusual": "{score} is unusual for {speaker}. Is that what the paper says?",
    "score_turned": "{score} is unusual for {speaker}. Does the paper say {score}, or {turned}?",
    "scores_swapped": "{speaker} has {first} and {other} has {second}. Does the paper say that, or"
    " the other way round?",
    "ranks_not_typed": "No speech of this sheet has a rank. Does the paper give none?",
    "reply_by_last": "{speaker} gives both the last speech of {team} and its reply. Does the paper"
    " say that?",
    "rank_wrong": '"{text}" is not a rank. Type 1 to {last}.',
    "totals_level": "{sides} have {total}. {format} has no ties: check the {count} scores.",
    "paper_total_differs": "The paper says {paper}, the scores of {side} make {total}. Does the"
    " paper really say {paper}?",
    "paper_place_differs": "The paper puts {side} in place {paper}, its scores in place {place}."
    " Does the paper really say that?",
    "paper_place_wrong": '"{text}" is not a place. Type 1 to {last} as on the paper, or nothing.',
    "paper_total_not_a_number": '"{text}" is not a total. Type the total on the paper, or nothing.',
    "winner_lower": "{side} is ticked with {total} against {best}. Correct the tick or the scores.",
    "advancing_wrong": "Teams ticked: {count}. Tick exactly {needed}.",
    "places_wrong": "The places are not 1 to {last}, each once. Correct them.",
    "motion_missing": "No motion is chosen. Choose the one that was debated.",
    "veto_debated": "This is the motion that was debated, so that nobody vetoed it. Correct one of"
    " them.",
    "sheets_speaker_differs": "{other} has {said} for this speech, this sheet {says}. Look at both"
    " papers and correct one.",
    "sheets_ghost_differs": "The sheet of {other} says otherwise whether this speech is a ghost."
    " Look at both papers and correct one.",
    "sheets_motion_differs": "The sheet of {other} names another motion. Look at both papers and"
    " correct one.",
    "sheets_veto_differs": "The sheet of {other} has another veto of this side. Look at both papers"
    " and correct one.",
    "reason_missing": "A correction needs a reason. Say why the ballot changes.",
    "ballot_without_panel": "Nobody judges {debate}, and yet a ballot came from there. Seat its"
    " judges in the draw.",
    "ballots_signed_by_stranger": "{name} signs {count} of these ballots ({debate} first), and is"
    " nobody at this keyboard. Check the name.",
    "ballot_confirmed_by_author": "{name} both entered and confirmed the ballot of {debate}, where"
    " a second person types it blind. Ask somebody else to check it.",
    "ballot_unchanged": "This says the same as the confirmed ballot. Change what is wrong, or go"
    " back.",
    "ballot_not_waiting": "This entry does not wait for a second look any more. Open the room"
    " again.",
    "ballot_confirmed_elsewhere": "Another window confirmed this ballot at {time}. Yours is kept as"
    " a draft.",
    "ballot_changed_elsewhere": "Another window changed this ballot at {time}. Yours is kept as a"
    " draft.",
    "ballot_taken_back_elsewhere": "The entry that you opened was taken back in another window."
    " Yours is kept as a draft.",
    "debate_changed_elsewhere": "The draw was changed in another window: other teams or other sides"
    " debate in {debate} now. What you typed is kept as a draft; open the room again.",
    "debate_gone_elsewhere": "{debate} is not in the draw any more. What you typed is kept as a"
    " draft; choose another room.",
    "ballot_draw_not_released": "The draw of {round} is not released. Teams and judges may not know"
    " their rooms yet.",
}
