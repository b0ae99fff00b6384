from .data_store import DataStore as DataStore, KeptData as KeptData
from .store import ModelStore as ModelStore
