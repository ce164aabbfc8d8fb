"""The stage judges of a round."""
