"""Errors a person may see: each carries one sentence that says what, where, found, and what to do."""


class ZonesError(Exception):
    """Base of every error the atlas raises on purpose; its text is shown as it stands."""


class InputError(ZonesError):
    """A file cannot be used as it is."""


class CrsError(ZonesError):
    """Coordinates have no known reference system, or systems are mixed."""


class UnknownZoneError(ZonesError):
    """A zone, plan, scheme or kind was asked for that the atlas does not hold."""


class GeometryError(ZonesError):
    """A shape cannot be measured or overlaid with a right answer."""


class ChoiceError(InputError):
    """A file can be read in more than one way, and only its owner knows which.

    Attributes
    ----------
    about : str
        What has to be told: `crs`, `encoding`, `layer`, `datum` or `south`.
    choices : tuple of str
        Values to choose from, likeliest first; empty where any may be right.
    """

    def __init__(self, sentence: str, about: str, choices: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.about = about
        self.choices = choices
