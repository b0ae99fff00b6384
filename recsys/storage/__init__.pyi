from .data_store import (
    MAX_NAME as MAX_NAME,
    DataStore as DataStore,
    KeptData as KeptData,
    checked_name as checked_name,
)
from .name_store import NameStore as NameStore
from .rule_store import RuleStore as RuleStore
from .store import ModelStore as ModelStore
