"""Dialogs that several places share; what belongs to one place lives with its page.

One rule: ``open()`` and signals, never ``exec()``; Esc goes back and loses no typing.
"""
