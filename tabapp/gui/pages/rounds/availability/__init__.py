"""The stage availability of a round."""
