"""The place of a round: ``page`` its heading and its line of stages, one package a stage.

``parts`` is what several stages show. One rule: a stage is a ``Page`` that never imports another
stage; it goes there by ``session.go("rounds/judges", target)``.
"""
