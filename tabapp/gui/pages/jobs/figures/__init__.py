"""Figures of each kind of job: how often it runs, how well, and how long it takes."""
