"""The build: runs when sources changed, rests otherwise, and tells its failures in one sentence.

Node and npm are the real ones; the workshop is a small one without packages.
"""

import json

import pytest

from bedside.web.build import CannotBuild, Workshop, build

BUILD = """
import { mkdirSync, writeFileSync } from "node:fs";
mkdirSync("../built", { recursive: true });
writeFileSync("../built/app.css", "body {}");
"""


@pytest.fixture
def workshop(tmp_path):
    frontend = tmp_path / "frontend"
    (frontend / "css").mkdir(parents=True)
    (frontend / "build.mjs").write_text(BUILD)
    (frontend / "css" / "app.css").write_text("body {}")
    described = {"name": "small", "version": "1.0.0"}
    (frontend / "package.json").write_text(json.dumps(described))
    lock = {**described, "lockfileVersion": 3, "requires": True, "packages": {"": described}}
    (frontend / "package-lock.json").write_text(json.dumps(lock))
    (tmp_path / "icons.json").write_text("{}")
    return Workshop(frontend, tmp_path / "built", tmp_path / "icons.json")


def test_the_second_build_has_nothing_to_do(workshop):
    assert build(workshop)
    assert (workshop.built / "app.css").exists()
    assert not build(workshop)
    assert build(workshop, again=True)


@pytest.mark.parametrize("changed", ["frontend/css/app.css", "icons.json"])
def test_a_changed_source_is_built_again(workshop, changed):
    build(workshop)
    (workshop.frontend.parent / changed).write_text('{"a": "b"}')
    assert build(workshop)


def test_a_new_file_of_a_room_is_built(workshop):
    build(workshop)
    (workshop.frontend / "css" / "pages").mkdir()
    (workshop.frontend / "css" / "pages" / "inbox.css").write_text(".inbox {}")
    assert build(workshop)


def test_a_failure_is_told_with_the_tools_own_words_and_tried_again_next_time(workshop):
    (workshop.frontend / "build.mjs").write_text('throw new Error("the loom broke")')
    with pytest.raises(CannotBuild, match="the loom broke"):
        build(workshop)
    (workshop.frontend / "build.mjs").write_text(BUILD)
    assert build(workshop)


def test_without_sources_the_files_of_the_wheel_are_used(workshop, tmp_path):
    assert not build(Workshop(tmp_path / "nowhere", workshop.built, workshop.icons))
