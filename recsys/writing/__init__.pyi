from .tables import (
    FORMATS as FORMATS,
    harmless as harmless,
    table_bytes as table_bytes,
    to_csv as to_csv,
    to_json as to_json,
    to_text as to_text,
    write_parts as write_parts,
)
