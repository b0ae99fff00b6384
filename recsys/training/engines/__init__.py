"""The engines: one file each, one signature.

OpenMP's threads spin while they wait for each other, unless they are told to sleep: with another
process on the same cores a fit takes up to ten times as long. The setting is read once, when the
library is loaded, so it is made here, before any engine is.

implicit loads tqdm, which warns in a notebook that it cannot draw its bar; none is ever drawn.
"""

import os
import warnings

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import tqdm.auto  # noqa: F401
