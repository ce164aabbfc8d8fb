"""The verbs of a tab room, one module a noun; they call the domain and the repositories.

One rule: a service takes a unit of work and never opens one that outlives it.
"""
