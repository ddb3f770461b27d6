"""Wind roses: only from figures that a user brings, with station, years and source; none is ever made up."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from zones.errors import InputError

DIRECTIONS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
"""Where the wind comes from, clockwise from north."""
ROUNDING = 1.0
"""Shares rounded to a tenth may miss 100 % by this many points."""


class WindRose(BaseModel):
    """How often the wind comes from each direction.

    Attributes
    ----------
    station, years, source : str
        Printed under the rose: a rose without them says nothing.
    calm : float
        Share of calms in percent.
    percent : dict of str to float
        Share in percent of each of the 16 directions; with `calm` they make 100.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    station: str = Field(min_length=1)
    years: str = Field(min_length=1)
    source: str = Field(min_length=1)
    calm: float = Field(default=0.0, ge=0, le=100)
    percent: dict[str, float]

    @field_validator("percent")
    @classmethod
    def _all_directions(cls, percent: dict[str, float]) -> dict[str, float]:
        if set(percent) != set(DIRECTIONS):
            wrong = sorted(set(percent) ^ set(DIRECTIONS))
            raise ValueError(f"the 16 directions must all stand there and nothing else; see {', '.join(wrong)}")
        if any(not 0 <= share <= 100 for share in percent.values()):
            raise ValueError("each share must lie between 0 and 100")
        return {name: percent[name] for name in DIRECTIONS}

    def missing_percent(self) -> float:
        """Return by how many points the shares miss 100."""
        return sum(self.percent.values()) + self.calm - 100


def wind_rose(path: Path) -> WindRose:
    """Return the wind rose in a TOML file.

    Raises
    ------
    InputError
        When the file cannot be used; names the field.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from None
    return parse_wind_rose(content, path.name)


def parse_wind_rose(content: bytes, name: str) -> WindRose:
    """Return the wind rose in the bytes of a TOML file called `name`.

    Raises
    ------
    InputError
        When the content cannot be used; names the field.
    """
    try:
        rose = WindRose.model_validate(tomllib.loads(content.decode("utf-8-sig")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{name}: this is no TOML file ({error}); see the manual for the form of a rose.") from None
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(step) for step in first["loc"]) or "file"
        raise InputError(f"{name}: {field}: {first['msg'].removeprefix('Value error, ')}.") from None
    if abs(rose.missing_percent()) > ROUNDING:
        total = 100 + rose.missing_percent()
        raise InputError(f"{name}: the 16 shares and calm make {total:g} %, not 100 %; correct the figures.")
    return rose
