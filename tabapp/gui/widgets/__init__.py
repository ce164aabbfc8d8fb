"""The controls that pages are made of.

``buttons`` buttons with the caps of their keys; ``fields`` a label, a field and what is wrong with
it, search fields; ``segments`` one of a few; ``cards`` cards, banners and empty states;
``progress`` a running job and its bar; ``hints`` the line of keys, ``keycaps`` caps and rules;
``stages`` the stages of a round; ``floating`` what floats above the window.

Rule: a widget shows what it is given and reports what a person did; it knows no page, no service
and no text of its own (``stages`` alone has the words of a round's stages), and what can have the
keys has an accessible name.
"""
