from .influence import Influence as Influence, most_influential as most_influential
from .pairing import Pair as Pair, pair as pair
from .together_readers import SharedReaders as SharedReaders, shared_readers as shared_readers
from .worth import (
    LEAST_FAIR as LEAST_FAIR,
    LEAST_STRONG as LEAST_STRONG,
    OneReader as OneReader,
    Support as Support,
    equal_for_one as equal_for_one,
    support as support,
)
