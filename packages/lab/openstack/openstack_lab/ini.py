"""Configuration files as dictionaries: section -> option -> value."""


def render(sections):
    """The text of an oslo.config file. Lists are joined by commas, as oslo.config reads them."""
    lines = []
    for name, options in sections.items():
        lines.append(f"[{name}]")
        lines += [f"{option} = {_text(value)}" for option, value in options.items()]
    return "\n".join(lines) + "\n"


def _text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ",".join(str(item) for item in value)
    return str(value)
