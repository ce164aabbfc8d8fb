"""The stage rooms of a round."""
