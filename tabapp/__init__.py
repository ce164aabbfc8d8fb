"""tabapp runs debate tournaments on one laptop, with no network.

Layers, each of which knows only those to its right:
``app > gui | cli > tasks > services > store | jobs | exchange > domain > core``.
"""

__version__ = "0.1.0"
