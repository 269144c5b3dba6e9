"""The chat widget and the full page: static modules, styles and the routes that serve them."""
