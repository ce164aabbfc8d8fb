"""The job framework: typed functions run in the background, locked, retried and observed.

Map: ``spec`` (the decorators and ``JobSpec``), ``params`` (validated parameters), ``policies``
(retries), ``errors``, ``events``, ``ports`` (what a database must offer), ``context`` (what a job
sees), ``progress``, ``outcome`` (``JobResult``), ``handle`` (what a caller sees), ``requests`` (a
checked call), ``run`` (one run in memory), ``waiting`` (who starts next), ``runner`` (one attempt),
``pool`` (the workers), ``queue`` (the door), ``history`` (rows and events of runs), ``leases``
(owners and heartbeats), ``recovery`` (runs that lost their program), ``registry`` (finding specs),
``memory`` (ports without a database), ``testing``.

Its one rule: it knows no debating, no Qt and no SQL. This file imports nothing, so that reading
``ports`` alone stays cheap.
"""
