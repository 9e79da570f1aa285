// The script of every page: htmx, its settings, and the small custom elements. Each element is one behavior in one file.
import "./htmx.js";
import "./apply-words.js";
import "./auto-grow.js";
import "./auto-save.js";
import "./char-counter.js";
import "./command-palette.js";
import "./dialogs.js";
import "./drag-calendar.js";
import "./file-drop.js";
import "./idle-lock.js";
import "./key-help.js";
import "./list-keys.js";
import "./local-time.js";
import "./menus.js";
import "./notices.js";
import "./theme-toggle.js";
import "./vega-chart.js";
