"""Balance of motions, of sides and of positions: two parts of the place results.

``page`` holds both parts, ``details`` what is known of one motion, ``cards`` what is known of the
positions, ``plots`` and ``grid`` what is painted, ``sentences`` what is said below it. One rule:
no picture stands without a sentence that says what it shows, and nothing is told by colour alone.
"""
