"""What is kept on the server's disk: models with their quality, seeds and maps, and data sets.

In: a folder and a bound in bytes. Out: what was kept, by its fingerprint. Begin with `store`;
`kept_places` writes maps, `data_store` keeps files, `kept_tables` what was read from them;
`rule_store` and `name_store` keep what people decided and what they called the topics, each in a
`journal`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
