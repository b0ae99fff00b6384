from .engines.implicit import OnIteration as OnIteration, fit as fit
from .ensemble import (
    SIZE as SIZE,
    Ensemble as Ensemble,
    load_ensemble as load_ensemble,
    save_ensemble as save_ensemble,
)
from .pipeline import key_of as key_of, train as train
from .seeds import train_ensemble as train_ensemble
