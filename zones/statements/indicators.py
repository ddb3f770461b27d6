"""Indicators as the plans state them: typed where they are numbers, kept raw where they are not."""

from typing import Literal, Self

from pydantic import Field, model_validator

from zones.statements.passages import Model, Source, Text

Form = Literal["number", "range", "bound", "pair", "placeholder", "text", "missing"]
Comparator = Literal["=", ">", ">=", "<", "<=", "~"]


class Value(Model):
    """A baseline or a target.

    Only `form: number` has a `value`; a range has `low` and `high`, a bound has the one it gives. What
    is no number (a pair, a placeholder such as XX, a text, a dash) keeps `raw` and nothing else.
    """

    year: int | None = None
    form: Form = "number"
    value: float | None = None
    low: float | None = None
    high: float | None = None
    comparator: Comparator | None = None
    raw: str = Field(min_length=1)

    @model_validator(mode="after")
    def _numbers_fit_the_form(self) -> Self:
        given = {name for name in ("value", "low", "high") if getattr(self, name) is not None}
        allowed: dict[str, list[set[str]]] = {
            "number": [{"value"}],
            "range": [{"low", "high"}],
            "bound": [{"low"}, {"high"}],
        }
        if given not in allowed.get(self.form, [set()]):
            raise ValueError(f"form '{self.form}' does not go with {', '.join(sorted(given)) or 'no number'}")
        if self.form == "bound" and self.comparator in (None, "=", "~"):
            raise ValueError("a bound needs a comparator: >, >=, < or <=")
        return self


class Indicator(Model):
    """One quantified statement of a plan: a row of its target table, or a number in its text.

    `parts` are the indicators that the plan lists as making up this one.
    """

    indicator_id: str = Field(pattern=r"^[a-z]+\.indicator\.[a-z0-9-]+$")
    name: Text
    theme: str | None = Field(default=None, pattern=r"^[a-z0-9-]+$")
    unit: str
    scope: str
    origin: Literal["table", "text"]
    baseline: Value | None = None
    milestones: tuple[Value, ...] = ()
    target: Value | None = None
    attribute: Literal["expected", "binding"] | None = None
    parts: tuple[str, ...] = ()
    note: Text | None = None
    source: Source

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.baseline is None and self.target is None and not self.milestones:
            raise ValueError("needs a baseline, a target or a milestone")
        return self
