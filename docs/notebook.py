"""Make docs/library.ipynb from docs/library.md, with the results of every cell.

pip install .[notebook]
python docs/notebook.py
"""

import re
import sys
import tempfile
from pathlib import Path

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
DOCS = Path(__file__).resolve().parent
_BLOCK = re.compile(r"```(python|text)\n(.*?)```\n", re.DOTALL)


def parts(page: str) -> list[tuple[str, str]]:
    """The page in order: ``("markdown", …)``, ``("python", code)``, ``("text", output)``."""
    found, start = [], 0
    for block in _BLOCK.finditer(page):
        found.append(("markdown", page[start : block.start()].strip()))
        found.append((block[1], block[2].rstrip()))
        start = block.end()
    found.append(("markdown", page[start:].strip()))
    return [(kind, text) for kind, text in found if text]


def main() -> None:
    """Run the page's code in one notebook and write it."""
    try:
        import nbformat
        from nbclient import NotebookClient
    except ImportError:
        sys.exit("nbclient and ipykernel are needed: pip install .[notebook]")
    book = nbformat.v4.new_notebook()
    for kind, text in parts((DOCS / "library.md").read_text(encoding="utf-8")):
        if kind != "text":  # what a cell gives stands below it in the notebook
            new = nbformat.v4.new_code_cell if kind == "python" else nbformat.v4.new_markdown_cell
            book.cells.append(new(text))
    for number, cell in enumerate(book.cells):
        cell.id = f"cell-{number}"
    with tempfile.TemporaryDirectory() as folder:
        NotebookClient(book, resources={"metadata": {"path": folder}}).execute()
    for cell in book.cells:
        cell.metadata.clear()
    book.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    nbformat.write(book, DOCS / "library.ipynb")


if __name__ == "__main__":
    main()
