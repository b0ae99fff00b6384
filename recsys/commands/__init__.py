"""The command line, one file a command.

In: the words of the shell. Out: a text, and an exit status. Begin with `parser`; each command has
`add_command`, which describes its options, and `run`. What a command computes with is named by its
wing (``neighbours.similar_items``), whose contents are imported when they are used first: so
``--help`` waits for nothing.
"""
