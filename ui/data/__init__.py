"""The data set in use on the Data page: its profile, a part of it, and keeping it on the server.

Begin with `profile`; `ui.files` brings other data.
"""
