"""Receipts of shapes at the desk that stand in no layer yet: a candidate of four sides, and a zone as it is drawn."""

import json

import shapely
import streamlit as st

from zones.proof.receipts import Receipt
from zones.proof.shape_receipts import shape_document, shape_receipts

KEY = "desk-shapes"
SIDES, DRAWN = "sides", "drawn"
"""Keys of marks: what the bench of four sides found, and what is being drawn."""


def keep(key: str, shape: shapely.Geometry, error_m: float, own_id: str | None) -> None:
    """Remember the shape whose area a bench shows, until its mark is pressed."""
    st.session_state.setdefault(KEY, {})[key] = (shape, error_m, own_id)


def receipt_of(key: str) -> Receipt | None:
    """Return the receipt of the area behind a mark."""
    held = st.session_state.get(KEY, {}).get(key)
    return None if held is None else shape_receipts(*held)[0]


def document(receipt: Receipt) -> bytes | None:
    """Return the file that carries a shape with its receipts; None for a receipt of no shape kept here."""
    for held in st.session_state.get(KEY, {}).values():
        if receipt in shape_receipts(*held):
            return (json.dumps(shape_document(*held), ensure_ascii=False) + "\n").encode()
    return None
