"""Files given to a running server: received, read and indexed in the background.

`receiving` takes them in, `worker` starts a process whenever there is something to do, `working` is
the body of that process.
"""
