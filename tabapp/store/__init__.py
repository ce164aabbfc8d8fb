"""The memory: schema, engine, units of work, journal, migrations, rows <-> domain values.

``database`` opens a file or a server and gives units; ``unit`` reads and writes, ``journal`` and
``undo`` remember every change; ``archive_*`` turns a tournament into a document and back,
``*_reads`` and ``*_rows`` single nouns; ``derived`` keeps results true; ``runs`` and ``leases``
are the ports of the job framework. One rule: nobody above this package sees SQL, and nothing is
written but through a write unit.
"""
