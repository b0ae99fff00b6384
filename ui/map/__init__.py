"""The map: the whole catalogue as a picture, and what is known of what one points at.

In: what a page has when it arrives. Out: the map and the panel beside it. Begin with `looking`.
"""
