"""The shell: what every page stands in. Layout, navigation, components, error pages, the Today page."""
