"""Independent checkers of what the program computes, by other algorithms.

One rule: an auditor shares no code with what it checks; types and the rules' text are all that
both may read.
"""
