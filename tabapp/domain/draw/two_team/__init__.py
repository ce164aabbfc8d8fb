"""Draws of rooms for two teams.

Map, in the order of the work (rules.md, section 6): ``brackets`` puts teams into brackets that
can be paired, by ``pull_ups``, ``intermediate`` and ``bubble`` or, with allocated sides, by
``allocated``; ``pairing`` makes pairs of each bracket, by method and ``one_up_one_down`` or at
least cost; ``sides`` decides who affirms. ``whole_round`` pairs all brackets at once and
``by_lot`` a random draw; ``draw`` runs the steps for every draw type. Least cost: ``costs``
prices each meeting by the ``ranks`` of the teams, ``matching`` finds the optimum and
``relaxation`` proves it where there are many teams. ``values`` holds what passes from step to
step.

One rule: every choice by lot comes from the ``Lots`` that is handed down, in the order of the
draw, so that a seed gives one draw for ever.
"""
