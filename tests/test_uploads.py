"""Files of the upload box leave the memory with the box."""

from types import SimpleNamespace

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from ui.imports import uploads


def test_what_the_box_holds_no_more_leaves_the_memory(monkeypatch):
    manager = MemoryUploadedFileManager("/upload")
    for name in "abc":
        manager.add_file("me", UploadedFileRec(name, f"{name}.shp", "", b"0" * 1000))
    manager.add_file("other", UploadedFileRec("a", "a.shp", "", b"0" * 1000))
    monkeypatch.setattr(
        uploads, "get_script_run_ctx", lambda: SimpleNamespace(session_id="me", uploaded_file_mgr=manager)
    )
    monkeypatch.setattr(st, "session_state", {})

    def there(who="me"):
        return [each.file_id for each in manager.get_files(who, ["a", "b", "c"])]

    uploads.hold(["a", "b"])
    assert there() == ["a", "b", "c"]
    # A part added to a Shapefile leaves the others where they are.
    uploads.hold(["a", "b", "c"])
    assert there() == ["a", "b", "c"]
    uploads.hold(["b"])
    assert there() == ["b"]
    uploads.hold([])
    assert there() == []
    assert there("other") == ["a"]
