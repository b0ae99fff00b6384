"""Folders that come and go as a whole."""

import shutil

from recsys.machine import remove_folder
from recsys.machine.folders import _TRIES


def test_a_file_made_while_a_folder_goes_does_not_keep_a_part_of_it(tmp_path, monkeypatch):
    folder, whole, times = tmp_path / "model", shutil.rmtree, []
    folder.mkdir()

    def late(path, **how):
        times.append(path)
        if len(times) == 1:  # somebody's file, after the folder was looked through
            (path / "late").write_text("x")
        else:
            whole(path, **how)

    monkeypatch.setattr(shutil, "rmtree", late)
    remove_folder(folder)
    assert not list(tmp_path.iterdir()) and len(times) == 2


def test_a_folder_that_cannot_be_removed_is_given_up(tmp_path, monkeypatch):
    (tmp_path / "model").mkdir()
    tries = []
    monkeypatch.setattr(shutil, "rmtree", lambda path, **how: tries.append(path))
    remove_folder(tmp_path / "model")
    assert len(tries) == _TRIES and not (tmp_path / "model").exists()


def test_where_there_is_none_nothing_happens(tmp_path):
    remove_folder(tmp_path / "nothing")
    assert not list(tmp_path.iterdir())
