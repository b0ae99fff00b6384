"""From a file of any kind to checked columns, with an account of every row."""
