"""The place of a round: ``page`` its heading and its line of stages, one package a stage.

``parts`` is what several stages show; ``sides_dialog``, with ``sides_paste``, the grid of sides
that are allocated before a draw. One rule: a stage is a ``Page`` that never imports another
stage; it goes there by ``session.go("rounds/judges", target)``.
"""
