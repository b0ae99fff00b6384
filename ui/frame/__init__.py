"""What stands around every page: settings, menu, strip, the work that it waits for, the bar.

In: a page's title. Out: the workspace and the model that it shows. Begin with `page`: ``with
page.show(title)`` or ``with page.arrive(title)``; then `background`, what can be made beside a
page, and `waiting`, the one heartbeat.
"""
