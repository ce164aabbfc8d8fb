"""The stage rooms of a round: the debates with their rooms, and the rooms that are free.

``rows`` the tables' rows, ``editing`` the field with the list of rooms, ``stage`` the page.

Rule: a room is named by what is typed or chosen; whether it can be had decides the service.
"""
