"""The one family of errors that bad input can cause, written for the person who reads them."""


class KindredError(Exception):
    """Something in the input is wrong.

    Parameters
    ----------
    what
        What was found, with the value.
    where
        The place: file, row, column or parameter. Empty where there is none.
    todo
        What to do about it.
    shell
        The option of the shell that does it, where there is one.

    Examples
    --------
    >>> import recsys
    >>> try:
    ...     recsys.ALSParams(factors=0)
    ... except recsys.KindredError as error:
    ...     print(error)
    factors: 0 is out of range. Give a whole number from 1 to 512.
    """

    def __init__(self, what: str, *, where: str = "", todo: str = "", shell: str = "") -> None:
        self.what, self.where, self.todo, self.shell = what, where, todo, shell
        place = f"{where}: " if where else ""
        super().__init__(f"{place}{what}" + (f" {todo}" if todo else ""))

    def in_shell(self) -> str:
        """The message with the option of the shell."""
        return f"{self} Option: {self.shell}" if self.shell else str(self)


class FileError(KindredError):
    """A file that cannot be read as what it should be."""


class SettingError(KindredError):
    """A strength or a parameter outside of what is allowed."""


class DataError(KindredError):
    """Files that can be read, but leave nothing to train on."""


class UnknownItemError(KindredError):
    """An id that is not in the model."""


class ModelFolderError(KindredError):
    """A folder that does not hold a model that this version can read."""


class Stopped(Exception):
    """A fit ended because it was asked to stop. Not an error of the input."""


class UnknownUserError(KindredError):
    """A person who is not in the model."""
