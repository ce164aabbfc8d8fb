"""The window: shows what the services know and asks what a person wants.

``tokens`` every colour, space and size as values; ``ink`` the colours in force as Qt's own;
``fonts``, ``icons``, ``names`` type, pictures, and names that must fit; ``style``, ``stylesheet``,
``theme`` make plain widgets look so; ``chips`` paints chips, badges and key caps; ``widgets`` the
controls; ``tables`` the one table. ``pages`` the places, ``frame`` what stands around
them, ``workplace`` both together for one person, ``main_window`` who has one now; ``preferences``
how a person arranged it. ``identity`` who is at the keyboard, ``roles`` what that person may do,
``door`` and ``locking`` how one gets in, ``put_away`` what goes out of sight meanwhile.

Rule: nothing outside ``tokens`` names a colour, a font or a size of type, and no text that a person
reads is written in here: whoever builds a page passes it.
"""
