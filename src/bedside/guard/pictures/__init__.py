"""What a picture shows that its words do not say: text, faces, codes, and what the camera wrote into it.

Everything works offline; the models come with the packages of the `pictures` extra and are loaded with the
first picture. What it means is judged by the same rules as every other text (`bedside.guard.judge`).
"""

from bedside.guard.pictures.look import Unreadable, look
from bedside.guard.pictures.seen import Code, Face, Line, Seen
from bedside.guard.pictures.shapes import Box
from bedside.guard.pictures.strip import stripped

__all__ = ["Box", "Code", "Face", "Line", "Seen", "Unreadable", "look", "stripped"]
