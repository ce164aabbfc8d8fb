"""What is heard: patterns of beeps, one at a time, and nothing where sounds are switched off."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tabapp.gui.sounds import BEEPS, Sound, Sounds


def test_each_sound_beeps_as_often_as_it_should(qtbot: QtBot) -> None:
    heard: list[str] = []
    for sound in Sound:
        heard.clear()
        sounds = Sounds(beep=lambda: heard.append("beep"))
        sounds.play(sound)
        qtbot.waitUntil(lambda count=BEEPS[sound]: len(heard) == count)
    assert sorted(BEEPS.values()) == [1, 2, 3]


def test_a_new_sound_takes_the_place_of_the_one_before(qtbot: QtBot) -> None:
    heard: list[str] = []
    sounds = Sounds(beep=lambda: heard.append("beep"))
    sounds.play(Sound.COMPLETE)
    sounds.play(Sound.QUESTION)
    qtbot.wait(500)
    assert len(heard) == 2


def test_nothing_is_heard_where_sounds_are_switched_off(qtbot: QtBot) -> None:
    heard: list[str] = []
    sounds = Sounds(wanted=lambda: False, beep=lambda: heard.append("beep"))
    sounds.played.connect(heard.append)
    sounds.play(Sound.PROBLEM)
    assert heard == []
