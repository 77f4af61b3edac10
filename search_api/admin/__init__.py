"""What only an administrator may do over HTTP: adding, correcting, removing, restoring.

`access` knows who may, `desk` does it, `routes` is the JSON API; the pages are in `web/admin`.
"""
