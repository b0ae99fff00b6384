"""What several pages draw: tables, figures, the search field, downloads, an article.

In: tables and models. Out: what is on the screen. Begin with `widgets`.
"""
