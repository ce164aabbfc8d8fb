"""The rules of debating as pure functions from frozen snapshots to frozen results.

One rule: no SQL, Qt, threads, clock, locale or global random. Randomness comes only from a seed
that is passed in; input order never matters, since every algorithm sorts canonically first.
"""
