// Runs before the first paint, so that a chosen theme never flashes. theme-toggle.js holds the switch itself.
import { applyTheme, chosenTheme } from "./theme.js";

applyTheme(chosenTheme());
