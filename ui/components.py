"""Mounts our own browser modules (`ui/web/*.js`) as Streamlit components.

The script sent with each run is only a loader of two lines; the module itself comes from the static folder,
where the browser keeps it.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from ui.static_files import web_folder

LOADER = """const module = import(new URL("app/static/{folder}/{name}.js", document.baseURI).href);
export default (component) => module.then((loaded) => loaded.default(component));"""


@cache
def renderer(name: str, folder: str) -> Callable[..., Any]:
    """Return the mounting command of a module under a version of the web folder."""
    return st.components.v2.component(f"zones_{name}", js=LOADER.format(folder=folder, name=name), isolate_styles=False)


def mount(module: str, data: dict[str, Any], *, name: str = "", **triggers: Callable[[], None]) -> None:
    """Mount a module with its data.

    Parameters
    ----------
    module : str
        File name in `ui/web` without suffix.
    data : dict
        JSON data for the module.
    name : str, optional
        Tells several mounts of a module apart; the widget key is `web-` and this name.
    **triggers : callable
        `event=handler`: called, before the script runs, when the module sends that event;
        read its value with `said`.
    """
    handlers = {f"on_{event}_change": handler for event, handler in triggers.items()}
    renderer(module, web_folder())(key=f"web-{name or module}", data=data, height="content", **handlers)


def said(name: str, event: str) -> Any:  # noqa: ANN401 (whatever the module sent)
    """Return what a module sent with an event in this run."""
    return st.session_state[f"web-{name}"][event]
