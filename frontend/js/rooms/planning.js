// The composer's small behaviors: marks under the words, thread parts, pictures, a channel's own wording, one-click changes.
// Everything here only rearranges the form; what the words mean is asked of the server (auto-save and look).
import "../planning/marked-text.js";
import "../planning/compose-desk.js";
import "../planning/link-cards.js";
import "../planning/says-when.js";
