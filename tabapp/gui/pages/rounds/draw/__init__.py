"""The stage draw of a round."""
