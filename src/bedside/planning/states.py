"""The editorial moves of a post. What became of its deliveries is the publishing room's and computed for the screen."""

from bedside.foundation.states import moves

POST_MOVES = moves(
    "post",
    "draft",
    draft="submitted agreed withdrawn",  # straight to agreed: the recorded solo clearance
    submitted="draft agreed withdrawn",
    agreed="draft submitted withdrawn",  # any edit sends it back; a decision taken back lets it wait again
    withdrawn="draft",
)
