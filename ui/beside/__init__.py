"""Work beside the pages, and what is held for all visitors of the server.

In: a key by content and a function that makes something. Out: a `work.Work` with its progress, or
what was made. Begin with `work`, then `workers`, which decides what runs; `shelf` holds what was
made up to a number of bytes, `server` is the one of each that a server has, `cached` what pages ask
for.
"""
