"""An organization's say in what the guard looks for: its own rules, its weights, its waivers, its marks."""
