"""The headless face: one module for each group of commands, loaded when it is called.

One rule: a command reads its words, calls a service or a job, and prints; names, exit codes and
JSON keys are a contract.
"""
