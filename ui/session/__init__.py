"""What one visitor looks at, and its address.

In: the session's state and the address bar. Out: a `workspace.Workspace` (data, filter, strengths,
parameters) and a `links.View`. Begin with `workspace`, then `links`, which every page's address
goes through, and `following`, which keeps address and session together; `draft` is what is set on
Train and not trained yet, `bound` holds fields in the address.
"""
