"""The job framework: typed functions run in the background, locked, retried and observed.

Map: ``spec`` (the decorators and ``JobSpec``), ``kinds`` (ready decorators), ``params`` (validated
parameters), ``policies`` (retries), ``rates``, ``breakers`` (what is away is left alone),
``compose`` (chains and groups), ``batches`` (bulk work that goes on where it was), ``errors``,
``events``, ``ports`` (what a database must offer), ``context`` (what a job sees), ``progress``,
``outcome`` (``JobResult``), ``handle`` (what a caller sees), ``requests`` (a checked call),
``triggers`` (when schedules are due), ``moments`` (of
rounds), ``scheduler`` (what that means in time, and what wakes the program), ``due`` (what is due
now), ``resources`` (what jobs are lent), ``run`` (one run in
memory), ``waiting`` (who starts next), ``runner`` (one attempt), ``pool`` (the workers), ``queue``
(the door), ``letterbox`` (a door that never makes wait), ``overview`` (how a queue stands),
``metrics`` (how the runs of each job went), ``history`` (rows and events of runs), ``leases``
(owners and heartbeats), ``recovery`` (runs that lost their program), ``registry`` (finding specs),
``memory`` (ports without a database), ``testing``.

Its one rule: it knows no debating, no Qt and no SQL. This file imports nothing, so that reading
``ports`` alone stays cheap.
"""
