"""The stage release of a round."""
