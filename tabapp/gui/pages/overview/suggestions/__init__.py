"""The pane of suggestions: its list, what a suggestion rests on, and what is answered."""
