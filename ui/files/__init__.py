"""Files on the Data page: where they come from, how they are read, what was read of them.

In: dropped files and what a person says of them. Out: a `Data` that is ready to be used. Begin with
`intake`; `told` holds what was said, the forms ask for it, `report` shows the account.
"""
