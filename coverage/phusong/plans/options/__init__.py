"""Every way to serve a hamlet through the air: where it would stand, whom it serves, what it costs."""

from phusong.plans.options.listing import Options, list_options

__all__ = ["Options", "list_options"]
